"""Tables that wait for each other in a circle: said once, with the path; the DAGs stay."""

from pathlib import Path

import pytest

from summary_tables.config_check import check_folder

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


def test_table_that_waits_for_itself(folder: Path) -> None:
    assert said(folder, a="analytics.a") == [
        "dag_configs/a.yaml:4:20: error[after-cycle] none of these tables would ever start: "
        "analytics.a waits for analytics.a; fix: take one of them out of an `after`"
    ]


def test_every_cycle_is_named_with_its_path(folder: Path) -> None:
    tables = {"a": "analytics.c", "b": "analytics.a", "c": "analytics.source, analytics.b", "d": "analytics.e"}
    assert said(folder, **tables, e="analytics.d") == [
        "dag_configs/a.yaml:4:20: error[after-cycle] none of these tables would ever start: analytics.a waits for "
        "analytics.c waits for analytics.b waits for analytics.a; fix: take one of them out of an `after`",
        "dag_configs/d.yaml:4:20: error[after-cycle] none of these tables would ever start: analytics.d waits for "
        "analytics.e waits for analytics.d; fix: take one of them out of an `after`",
    ]
