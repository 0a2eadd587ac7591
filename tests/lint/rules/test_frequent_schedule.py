"""More than twelve builds an hour: said with the number a day and what to write."""

from pathlib import Path

import pytest

from summary_tables.configs.folder import read_folder
from summary_tables.lint.rules import frequent_schedule
from summary_tables.lint.rules.rule import problems


def said(folder: Path, schedule: str, defaults: str = "") -> list[str]:
    path = folder / "dag_configs"
    path.mkdir()
    (path / "a.yaml").write_text(f"table: a\nschema: analytics\nmain_sql: SELECT 1 AS one\n{schedule}")
    (path / "defaults.yaml").write_text(defaults or "owner: data\n")
    found = read_folder(path)
    return [str(problem) for file in found.files for problem in problems(frequent_schedule.RULE, file, found)]


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (
            "* * * * *",
            'every minute: 1,440 builds a day, each of the whole query; fix: for once an hour write "0 * * * *"',
        ),
        (
            "* 3 * * 1",
            "every minute from 03:00 to 03:59 UTC, every Monday: 60 builds a day, each of the whole query; "
            'fix: for once a day write "0 3 * * 1"',
        ),
        (
            "*/2 9-17 * * *",
            "every 2 minutes from 09:00 to 17:58 UTC: 270 builds a day, each of the whole query; "
            'fix: for once an hour write "0 9-17 * * *"',
        ),
    ],
)
def test_frequent(tmp_path: Path, schedule: str, words: str) -> None:
    assert said(tmp_path, f'schedule: "{schedule}"\n') == [
        f"dag_configs/a.yaml:4:11: warning[frequent-schedule] this builds the table {words}"
    ]


@pytest.mark.parametrize("schedule", ["*/5 * * * *", "@hourly", "none", "0,1,2 3 * * *", "99 * * * *"])
def test_not_frequent(tmp_path: Path, schedule: str) -> None:
    assert said(tmp_path, f'schedule: "{schedule}"\n') == []


def test_schedule_of_defaults_is_not_looked_at(tmp_path: Path) -> None:
    assert said(tmp_path, "", 'schedule: "* * * * *"\n') == []
