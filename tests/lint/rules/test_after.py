"""Tables that wait for tables: what would never start is said, and the DAGs stay."""

from pathlib import Path

import pytest

from summary_tables.lint.build_check import check_folder

TABLE = "table: {name}\nschema: analytics\nmain_sql: SELECT 1 AS one\nschedule: {{after: [{after}]}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "dag_configs"
    found.mkdir()
    (found / "source.yaml").write_text("table: source\nschema: analytics\nmain_sql: SELECT 1 AS one\n")
    return found


def said(folder: Path, **tables: str) -> list[str]:
    for name, after in tables.items():
        (folder / f"{name}.yaml").write_text(TABLE.format(name=name, after=after))
    checked = check_folder(folder)
    assert {config.table.table for config in checked.configs} == {"source", *tables}
    return [str(problem) for problem in checked.problems]


def test_waiting_in_a_row_is_fine(folder: Path) -> None:
    assert said(folder, a="analytics.source", b="analytics.a, analytics.source", c="analytics.b, analytics.a") == []


def test_unknown_table_is_named_with_the_nearest_one(folder: Path) -> None:
    assert said(folder, a="analytics.source, analytics.sorce", b="raw_data.nps") == [
        "dag_configs/a.yaml:4:38: error[after] `after` names analytics.sorce, which no file here builds, "
        "so this table would never start; fix: write `analytics.source`",
        "dag_configs/b.yaml:4:20: error[after] `after` names raw_data.nps, which no file here builds, "
        "so this table would never start; fix: name tables that have a file here; others need no waiting for",
    ]


def test_a_schema_in_common_makes_no_two_tables_alike(folder: Path) -> None:
    assert said(folder, wg_e="analytics.gone_table") == [
        "dag_configs/wg_e.yaml:4:20: error[after] `after` names analytics.gone_table, which no file here builds, "
        "so this table would never start; fix: name tables that have a file here; others need no waiting for"
    ]


def test_table_that_waits_for_a_broken_file_is_no_second_problem(folder: Path) -> None:
    (folder / "source.yaml").write_text("")
    (folder / "a.yaml").write_text(TABLE.format(name="a", after="analytics.source"))
    assert [problem.file for problem in check_folder(folder).problems] == ["dag_configs/source.yaml"]
