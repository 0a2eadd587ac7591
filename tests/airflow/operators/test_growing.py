"""Runs of a table that grows, in Airflow, on a warehouse: what they say where nothing is left to be done."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import psycopg
import pytest

from summary_tables.airflow.dag import build_dag
from summary_tables.airflow.operators import build as build_operators
from summary_tables.configs.config import read
from summary_tables.model.build import Build, BuildRun, MissingRuns
from summary_tables.model.table import SummaryTable
from summary_tables.runs.missing_rows import hole_words, missing_words
from summary_tables.runs.run_configuration import wanted_interval
from summary_tables.warehouse.build import build_version
from summary_tables.warehouse.publish import publish_version
from summary_tables.warehouse.session.session import Session
from summary_tables.warehouse.sources.source import Source
from tests.airflow.conftest import Project, failed_tasks, states
from tests.airflow.operators.growing_table import GROWING
from tests.airflow.operators.recorded import failure, logged, rows

CHECKED = {**GROWING, "output_check": [{"row_count": {"min": 1}}]}
TASK = "output_check.row_count"


@pytest.fixture(autouse=True)
def no_table(admin: psycopg.Connection[Any]) -> Iterator[None]:
    """Nor does the log of builds know of one."""
    admin.execute("DROP VIEW IF EXISTS analytics.grows")
    if admin.execute("SELECT to_regclass('summary_tables.build_log')").fetchone() != (None,):
        admin.execute("DELETE FROM summary_tables.build_log WHERE table_name = 'grows'")
    yield
    admin.execute("DROP VIEW IF EXISTS analytics.grows")


def due(day: int, hour: int = 3) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_run_of_what_the_whole_table_holds_succeeds_and_adds_nothing(
    project: Project, admin: psycopg.Connection[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("grows", {**CHECKED, "refresh": "replace"})
    project.run("grows", due(20))
    before = rows(admin, "grows")
    project.write("grows", CHECKED)
    run = project.run("grows", due(19))
    assert (str(run.state), states(run)["publish"]) == ("success", "skipped")
    assert rows(admin, "grows") == before
    assert (
        "which covers this run's interval, 2026-11-18 03:00 to 2026-11-19 03:00 UTC; adding its rows would double "
        "them. Nothing needs to be done."
    ) in logged(capsys)


def test_check_that_is_cleared_after_its_rows_were_added(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def build_and_publish(
        session: Session, table: SummaryTable, run: BuildRun, source: Source, *, samples: bool
    ) -> Build:
        build = build_version(session, table, run, source, samples=samples)
        publish_version(session, table, build.version)
        return build

    project.write("grows", CHECKED)
    project.run("grows", due(19))
    monkeypatch.setattr(build_operators, "build_version", build_and_publish)
    run = project.run("grows", due(20))
    assert failed_tasks(run) == [TASK]
    words = str(failure(run, TASK))
    start, _, rest = words.partition(" were added to analytics.grows at ")
    assert start == (
        'Output check "at least 1 row" of analytics.grows failed: The rows of this run, that of 2026-11-19 03:00 to '
        "2026-11-20 03:00 UTC,"
    )
    assert rest.partition(" UTC")[2].partition(" The live table")[0] == (
        ", and what had been built of them beside the table is gone: nothing is left to be checked or published. "
        "To build, check and add them once more, clear `create` of this run in Airflow."
    )


def test_the_backfill_that_is_proposed_has_the_runs_that_are_missing(project: Project) -> None:
    from airflow.sdk.timezone import parse
    from airflow.serialization.serialized_objects import DagSerialization

    project.write("grows", GROWING)
    config = read("grows", project.configs)
    words = missing_words(config.table, MissingRuns(spans=((due(19), due(21)),))).split()
    first, last = (parse(words[words.index(option) + 1]) for option in ("--from-date", "--to-date"))
    dag = DagSerialization.from_dict(DagSerialization.to_dict(build_dag(config)))
    runs = [info.data_interval for info in dag.iter_dagrun_infos_between(first, last)]
    assert [(run.start, run.end) for run in runs if run] == [(due(19), due(20)), (due(20), due(21))]


@pytest.mark.parametrize(
    "span", [(due(19, 1), due(22, 5)), (due(19), due(22)), (due(19, 1), due(19, 2)), (due(19, 1), due(20))]
)
@pytest.mark.parametrize(
    "words", [hole_words, lambda table, spans: missing_words(table, MissingRuns(spans=tuple(spans)))]
)
def test_what_is_proposed_adds_just_the_time_that_is_missing(
    project: Project,
    words: Callable[[SummaryTable, list[tuple[datetime, datetime]]], str],
    span: tuple[datetime, datetime],
) -> None:
    from airflow.sdk.timezone import parse
    from airflow.serialization.serialized_objects import DagSerialization

    where = "WHERE at >= '{{ data_interval_start }}' AND at < '{{ data_interval_end }}'"
    project.write("grows", {**GROWING, "main_sql": f"SELECT at FROM raw_data.a {where}"})
    config = read("grows", project.configs)
    said = words(config.table, [span])
    asked = [
        wanted_interval(json.loads(found), config.table.timezone)
        for found in re.findall(r"configuration (\{\"data.*?\})", said)
    ]
    backfills = re.findall(r"--from-date (\S+) --to-date (\S+)", said)
    dag = DagSerialization.from_dict(DagSerialization.to_dict(build_dag(config)))
    for first, last in backfills:
        runs = [info.data_interval for info in dag.iter_dagrun_infos_between(parse(first), parse(last))]
        asked += [(run.start, run.end) for run in runs if run]
    pieces = sorted(found for found in asked if found)
    assert (pieces[0][0], pieces[-1][1]) == span
    assert all(before[1] == after[0] for before, after in pairwise(pieces))


def test_a_row_that_an_earlier_run_has_added_is_found_before_readers_see_it_twice(
    project: Project, admin: psycopg.Connection[Any]
) -> None:
    main_sql = "SELECT 1 AS id, '{{ data_interval_start }}' AS day WHERE '{{ data_interval_end }}' <> ''"
    checks = [{"unique": "id"}, {"unique": "id", "whole_table": True}, {"row_count": {"max": 1}, "whole_table": True}]
    project.write("grows", {**GROWING, "main_sql": main_sql, "output_check": checks})
    assert str(project.run("grows", due(19)).state) == "success"
    before = rows(admin, "grows")
    run = project.run("grows", due(20))
    unique, count = "output_check.unique_id_in_the_whole_table", "output_check.row_count_in_the_whole_table"
    assert failed_tasks(run) == sorted([unique, count])
    assert (failure(run, unique).expected, failure(run, unique).actual) == (
        "one row for each id",
        "1 value that stands in several rows (1)",
    )
    assert failure(run, count).subject == 'Output check "at most 1 row in the whole table" of analytics.grows'
    assert failure(run, count).reason == "expected at most 1 row, got 2 rows."
    assert rows(admin, "grows") == before
