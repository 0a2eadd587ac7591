"""Dates of the clock where the run has its own."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import current_date
from tests.lint.rules.one_rule import config, said

SAYS = "is when the query happens to run: a run that is repeated gives another result"


@pytest.mark.parametrize(
    "main_sql",
    [
        "SELECT id FROM raw_data.a WHERE ts < '{{ data_interval_end }}'::date",
        "SELECT id, NOW() AS built_at FROM raw_data.a",
        "SELECT CURRENT_TIMESTAMP::timestamp AS built_at, id FROM raw_data.a",
        "SELECT id FROM raw_data.a WHERE note = 'CURRENT_DATE' -- NOW()",
    ],
)
def test_dates_of_the_run_and_the_time_of_the_build(main_sql: str, tmp_path: Path) -> None:
    assert said(current_date.RULE, tmp_path, config(main_sql)) == []


def test_checks_may_ask_the_clock(tmp_path: Path) -> None:
    more = "input_check:\n  - sql: SELECT COUNT(1) FROM raw_data.a WHERE ts > NOW() - INTERVAL '1 day'\n    count: 1\n"
    assert said(current_date.RULE, tmp_path, config("SELECT 1 AS one", more)) == []


def test_each_clock_is_said_once_with_what_to_write(tmp_path: Path) -> None:
    main_sql = (
        "SELECT id, CURRENT_DATE - born AS age\nFROM raw_data.a\n"
        "WHERE ts < current_date AND ts > CURRENT_DATE - 7 AND ts < now()"
    )
    assert said(current_date.RULE, tmp_path, config(main_sql)) == [
        f"4:14+12 warning: `CURRENT_DATE` {SAYS} (also on line 6); "
        "fix: write `'{{ ds }}'::date` for the day that the run is about, "
        "`'{{ data_interval_end }}'::date` for the day on which it is due",
        f"6:62+5 warning: `now()` {SAYS}; "
        "fix: write `'{{ data_interval_end }}'::timestamptz`, the moment at which the run is due",
    ]


def test_clock_without_time_zone(tmp_path: Path) -> None:
    assert said(current_date.RULE, tmp_path, config("SELECT id FROM raw_data.a WHERE ts < LOCALTIMESTAMP")) == [
        f"4:40+14 warning: `LOCALTIMESTAMP` {SAYS}; "
        "fix: write `'{{ data_interval_end }}'::timestamp`, the moment at which the run is due"
    ]
