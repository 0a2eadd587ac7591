"""Types from values."""

import pytest

from summary_tables.commands.query_tests.value_types import type_of_values, written
from summary_tables.lint.facts.query_tests import Value
from summary_tables.text.written_number import fraction


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, None, -(2**31)], "integer"),
        ([1, 2**31], "bigint"),
        ([2**63], "numeric"),
        ([1, float("1.5")], "numeric"),
        ([True, False, None], "boolean"),
        (["2026-01-31", "2024-02-29"], "date"),
        (["2026-01-31 10:00", "2026-01-31T10:00:59.123456"], "timestamp"),
        (["2026-01-31", "2026-01-31 10:00:00"], "timestamp"),
        (["2026-02-30"], "text"),
        (["2026-1-31"], "text"),
        (["2026-01-31 10:00:00+09"], "text"),
        (["abc"], "text"),
        (["1"], "text"),
        ([1, "a"], "text"),
        ([True, 1], "text"),
        (["2026-01-31", 1], "text"),
        ([None], "text"),
        ([], "text"),
    ],
)
def test_type_that_holds_all_values(values: list[Value], expected: str) -> None:
    assert type_of_values(values) == expected


def test_values_as_postgresql_reads_them() -> None:
    assert [written(value) for value in (True, False, 1, fraction("1.10"), "it's", None)] == [
        "true",
        "false",
        "1",
        "1.10",
        "it's",
        None,
    ]
