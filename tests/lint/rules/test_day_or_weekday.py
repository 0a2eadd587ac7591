"""A day of the month and a weekday together: either is enough, and that is said."""

from pathlib import Path

import pytest

from summary_tables.configs.folder import read_folder
from summary_tables.lint.rules import day_or_weekday
from summary_tables.lint.rules.rule import problems


def said(folder: Path, schedule: str) -> list[str]:
    path = folder / "dag_configs"
    path.mkdir()
    (path / "a.yaml").write_text(f"table: a\nschema: analytics\nmain_sql: SELECT 1 AS one\nschedule: {schedule}\n")
    found = read_folder(path)
    return [str(problem) for file in found.files for problem in problems(day_or_weekday.RULE, file, found)]


def test_both_are_named(tmp_path: Path) -> None:
    assert said(tmp_path, "0 3 1 * MON") == [
        "dag_configs/a.yaml:4:11: info[day-or-weekday] a day of the month and a weekday are both named, and either is "
        "enough: on day 1 of every month and every Monday at 03:00 UTC; "
        "fix: if only one of them was meant, write `*` for the other"
    ]


@pytest.mark.parametrize("schedule", ["0 3 1 * *", "0 3 * * 1", "0 3 ? * 1", "0 3 32 * 1", '"@weekly"', "none"])
def test_one_is_named(tmp_path: Path, schedule: str) -> None:
    assert said(tmp_path, schedule) == []
