"""Replacing the rows of an interval needs runs that have one."""

from pathlib import Path

import pytest

from summary_tables.lint.build_check import check_folder
from summary_tables.lint.rules import refresh_interval
from tests.lint.rules.one_rule import config, said

REFRESH = "refresh: {delete_insert: {time_column: day}}\n"
FIX = 'write a schedule such as `schedule: "0 3 * * *"`, or a `refresh` of another kind: `append` or `merge`'


@pytest.mark.parametrize(
    "more",
    [
        f'schedule: "0 3 * * *"\n{REFRESH}',
        "schedule: none\nrefresh: append\n",
        "schedule: none\nrefresh: {merge: {unique_key: day}}\n",
        "schedule: none\n",
    ],
)
def test_runs_with_an_interval_and_strategies_that_need_none(more: str, tmp_path: Path) -> None:
    assert said(refresh_interval.RULE, tmp_path, config("SELECT 1 AS day", more)) == []


def test_schedule_of_the_defaults_counts(tmp_path: Path) -> None:
    text = config("SELECT 1 AS day", REFRESH)
    assert said(refresh_interval.RULE, tmp_path, text, defaults='schedule: "@daily"\n') == []


@pytest.mark.parametrize(
    ("schedule", "how"),
    [
        ("", "started by hand"),
        ("schedule: none\n", "started by hand"),
        ("schedule: {after: [analytics.a]}\n", "built after other tables"),
    ],
)
def test_runs_without_an_interval(schedule: str, how: str, tmp_path: Path) -> None:
    found = said(refresh_interval.RULE, tmp_path, config("SELECT 1 AS day", REFRESH + schedule))
    assert found == [
        "5:11+13 error: `delete_insert` replaces the rows of a run's data interval, "
        f"and a run that is {how} has none; fix: {FIX}"
    ]


def test_airflow_gets_no_dag_of_it(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(config("SELECT 1 AS day", REFRESH), "utf-8")
    found = check_folder(tmp_path)
    assert found.configs == ()
    assert [problem.rule for problem in found.problems] == ["refresh-interval"]


def test_day_of_no_calendar_is_a_problem_of_the_file_there_too(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(config("SELECT 1 AS day", 'refresh: {append: {start: "2026-02-30"}}'), "utf-8")
    found = check_folder(tmp_path)
    assert found.configs == ()
    assert [problem.message for problem in found.problems] == [
        '`start` is "2026-02-30", a day that is not in the calendar'
    ]
