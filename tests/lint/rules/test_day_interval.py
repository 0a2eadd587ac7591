"""Intervals from 03:00 to 03:00, and days."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import day_interval
from tests.lint.rules.one_rule import config, said

GROWING = 'schedule: "0 3 * * *"\nrefresh: {delete_insert: {time_column: day}}\n'
BOUNDS = "ts >= '{{ data_interval_start }}' AND ts < '{{ data_interval_end }}'"


@pytest.mark.parametrize(
    ("column", "where", "more"),
    [
        ("ts::date", "ts >= '{{ data_interval_start | ds }}' AND ts < '{{ data_interval_end | ds }}'", GROWING),
        ("ts::date", "ts >= '{{ data_interval_start }}'::date", GROWING),
        ("ts", BOUNDS, GROWING),
        ("ts::date", BOUNDS, GROWING.replace("0 3 *", "0 0 *")),
        ("ts::date", BOUNDS, GROWING.replace("0 3 * * *", "@daily")),
        ("ts::date", BOUNDS, GROWING.replace("{delete_insert: {time_column: day}}", "append")),
    ],
)
def test_whole_days_moments_and_midnight(column: str, where: str, more: str, tmp_path: Path) -> None:
    text = config(f"SELECT {column} AS day FROM raw_data.a WHERE {where}", more)
    assert said(day_interval.RULE, tmp_path, text) == []


@pytest.mark.parametrize("column", ["ts::date", "CAST(ts AS DATE)", "DATE(ts)", "TO_DATE(ts, 'YYYY-MM-DD')"])
def test_parts_of_two_days(column: str, tmp_path: Path) -> None:
    found = said(
        day_interval.RULE, tmp_path, config(f"SELECT\n{column} AS day\nFROM raw_data.a\nWHERE {BOUNDS}", GROWING)
    )
    assert found == [
        f"7:{place} warning: `{name}` is not midnight here, and `day` is a date: parts of two days would be a run's; "
        f"fix: write `{{{{ {name} | ds }}}}`, its day"
        for place, name in (("16+25", "data_interval_start"), ("53+23", "data_interval_end"))
    ]
