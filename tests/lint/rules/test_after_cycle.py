"""Tables that wait for each other in a circle: said once, with the path; the DAGs stay."""

from pathlib import Path
from time import process_time

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


def test_two_circles_of_one_table(folder: Path) -> None:
    problems = said(folder, a="analytics.b, analytics.c", b="analytics.a", c="analytics.b")
    assert [problem.partition("start: ")[2].partition(";")[0] for problem in problems] == [
        "analytics.a waits for analytics.b waits for analytics.a",
        "analytics.a waits for analytics.c waits for analytics.b waits for analytics.a",
    ]


def test_only_the_ends_of_a_long_circle_are_named(folder: Path) -> None:
    (problem,) = said(folder, **{f"t{i:03}": f"analytics.t{(i + 1) % 200:03}" for i in range(200)})
    assert "t000 waits for analytics.t001 waits for" in problem
    assert "waits for analytics.t199 waits for analytics.t000 (200 tables in all)" in problem
    assert len(problem) < 500


def test_many_circles_are_found_in_time(folder: Path) -> None:
    start = process_time()
    problems = said(folder, **{f"t{i}": f"analytics.t{i ^ 1}" for i in range(400)})
    assert len(problems) == 200
    assert process_time() - start < 10


@pytest.mark.parametrize(
    ("schedule", "outcome"),
    [
        ("{after: {any: [analytics.b, analytics.source]}}", "these tables would start each other again and again"),
        ("{after: {any: [analytics.b]}}", "none of these tables would ever start"),
        ('{at: "@daily", after: [analytics.b]}', "the runs of these tables would wait for each other in vain"),
    ],
)
def test_what_comes_of_it(folder: Path, schedule: str, outcome: str) -> None:
    (folder / "a.yaml").write_text(f"table: a\nschema: analytics\nmain_sql: SELECT 1 AS one\nschedule: {schedule}\n")
    (folder / "b.yaml").write_text(TABLE.format(name="b", after="analytics.a"))
    (problem,) = check_folder(folder).problems
    assert problem.message == f"{outcome}: analytics.a waits for analytics.b waits for analytics.a"
