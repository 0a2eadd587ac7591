"""LIMIT that takes any rows."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import limit_without_order
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize(
    "main_sql",
    [
        "SELECT id FROM raw_data.a ORDER BY ts LIMIT 10",
        "SELECT id FROM (SELECT id FROM raw_data.a ORDER BY ts FETCH FIRST 10 ROWS ONLY) AS part",
        "SELECT id FROM raw_data.a",
    ],
)
def test_ordered_limits(main_sql: str, tmp_path: Path) -> None:
    assert said(limit_without_order.RULE, tmp_path, config(main_sql)) == []


def test_every_limit_of_every_query(tmp_path: Path) -> None:
    main_sql = "SELECT id FROM (\n  SELECT id FROM raw_data.a LIMIT 100\n) AS part ORDER BY id LIMIT 10"
    more = "input_check:\n  - sql: SELECT id FROM raw_data.a LIMIT 1\n    count: 1\n"
    assert said(limit_without_order.RULE, tmp_path, config(main_sql, more)) == [
        "5:31+5 warning: LIMIT without ORDER BY takes any rows, and others in the next run; "
        "fix: write ORDER BY in front of it",
        "8:36+5 warning: LIMIT without ORDER BY takes any rows, and others in the next run; "
        "fix: write ORDER BY in front of it",
    ]
