"""Dates in quotes that are reckoned with."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import untyped_date
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize(
    "condition",
    [
        "a > '{{ ds }}'::date - INTERVAL '7 days'",
        "a > DATE '2026-01-31' - INTERVAL '7 days'",
        "a > TIMESTAMP WITH TIME ZONE '2026-01-31 00:00:00' - INTERVAL '7 days'",
        "a > CAST('{{ ds }}' AS date) - 7",
        "a - '{{ ds }}' > INTERVAL '7 days'",
        "a = '2026-01-31'",
        "a > b + INTERVAL '1 day' + '{{ ds }}'",
        "a = '{{ dag.dag_id }}-7'",
        "a = b - '7' - INTERVAL '1 day'",
    ],
)
def test_a_type_is_said_or_not_needed(condition: str, tmp_path: Path) -> None:
    assert said(untyped_date.RULE, tmp_path, config(f"SELECT id FROM raw_data.a WHERE {condition}")) == []


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (
            "a > '{{ ds }}' - interval '7 days'",
            "5:13+10 error: PostgreSQL takes '{{ ds }}' for an interval here, because it stands beside one; "
            "fix: write `'{{ ds }}'::date`",
        ),
        (
            "a > '{{ data_interval_end | ds }}' - 7",
            "5:13+30 error: PostgreSQL takes '{{ data_interval_end | ds }}' for a number here, because it stands "
            "beside one; fix: write `'{{ data_interval_end | ds }}'::date`",
        ),
        (
            "a > INTERVAL '1 day' + '2026-01-31 03:00'",
            "5:32+18 error: PostgreSQL takes '2026-01-31 03:00' for an interval here, because it stands beside one; "
            "fix: write `'2026-01-31 03:00'::timestamp`",
        ),
    ],
)
def test_a_text_beside_an_interval_or_a_number(condition: str, words: str, tmp_path: Path) -> None:
    assert said(untyped_date.RULE, tmp_path, config(f"SELECT id FROM raw_data.a\nWHERE {condition}")) == [words]
