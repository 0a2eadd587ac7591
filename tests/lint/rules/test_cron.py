"""A schedule that Airflow cannot use: at the field that is wrong, and once where defaults.yaml has it."""

from pathlib import Path

import pytest

from summary_tables.lint.build_check import check_folder

TABLE = "table: a\nschema: analytics\nmain_sql: SELECT 1 AS one\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    found.mkdir()
    return found


def said(folder: Path, schedule: str) -> list[str]:
    (folder / "a.yaml").write_text(f"{TABLE}schedule: {schedule}\n")
    return [str(problem) for problem in check_folder(folder).problems]


def test_the_wrong_field_is_named(folder: Path) -> None:
    assert said(folder, "0 25 * * *") == ["dag_configs/a.yaml:4:13: error[cron] hour 25 does not exist (0-23)"]


def test_caret_is_as_long_as_what_is_meant(folder: Path) -> None:
    (folder / "a.yaml").write_text(f"{TABLE}schedule: 0 0 30,31 2 *\n")
    (found,) = check_folder(folder).problems
    assert (found.line, found.column, found.length) == (4, 15, 7)


def test_table_that_waits_or_is_built_by_hand_has_no_cron(folder: Path) -> None:
    assert said(folder, "none") == []
    (folder / "b.yaml").write_text(TABLE.replace("table: a", "table: b"))
    assert said(folder, "{after: [analytics.b]}") == []


def test_schedule_of_defaults_is_said_of_each_table_that_inherits_it(folder: Path) -> None:
    (folder / "defaults.yaml").write_text('schedule: "0 25 * * *"\n')
    (folder / "b.yaml").write_text(TABLE.replace("table: a", "table: b"))
    assert said(folder, "0 3 * * *") == [
        'dag_configs/b.yaml: error[cron] `schedule` is "0 25 * * *" in defaults.yaml: hour 25 does not exist (0-23)'
    ]
