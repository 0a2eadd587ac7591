"""A run is written once: what preview says of a file is what Airflow then does with it, on the same warehouse."""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from summary_tables.airflow.dag import build_dag
from summary_tables.commands.preview.result import PreviewResult
from summary_tables.configs.config import read
from summary_tables.runs.dates import RunDates, as_asked
from summary_tables.sql.query_grain import Span
from summary_tables.warehouse.session.session import Session
from tests.airflow.conftest import Project, failed_tasks, states
from tests.airflow.operators.recorded import failure
from tests.warehouse.postgres.previews import preview

FRESH = "{schema}.temp_{table}"
BY_TIME = (
    "SELECT at, extract(hour FROM at)::int AS hour FROM generate_series("
    "'2026-11-01'::timestamp, '2026-11-30', '1 hour') AS at "
    "WHERE at >= '{{ data_interval_start }}' AND at < '{{ data_interval_end }}'"
)
SEEN = (
    {"name": "the rows", "severity": "warn", "no_rows": f"SELECT * FROM {FRESH} ORDER BY 1 -- {{{{ ds }}}} ;"},
    {
        "name": "the columns",
        "severity": "warn",
        "no_rows": "SELECT attname::text, format_type(atttypid, atttypmod) FROM pg_attribute "
        f"WHERE attrelid = '{FRESH}'::regclass AND attnum > 0 ORDER BY attnum",
    },
    {"name": "how many", "sql": f"SELECT COUNT(1) FROM {FRESH};", "count": 100_000, "severity": "warn"},
)
"""Checks that say what they see of the new table."""
_NEW_TABLE = re.compile(r'"summary_tables"\."\w+"|(?:"pg_temp"|pg_temp)\."\w+"')


def config(main_sql: str, refresh: object = "replace", schedule: str = "0 3 * * *", **keys: Any) -> dict[str, Any]:
    outputs = [*keys.pop("output_check", ()), *SEEN]
    table = {"table": "same", "schema": "analytics", "schedule": schedule, "refresh": refresh, "main_sql": main_sql}
    return {**table, **keys, "output_check": outputs}


def due(day: int, hour: int = 3) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`before` are the days whose runs come first, each with what the file says then, or as it is."""

    file: dict[str, Any]
    due: datetime = datetime(2026, 11, 22, 3, tzinfo=UTC)
    asked: Mapping[str, object] | None = None
    before: tuple[tuple[datetime, dict[str, Any]], ...] = ()


GROWING = config(BY_TIME, "append")
COMPARING = [
    {"row_count_change": {"max_decrease_percent": 10}},
    {"sum": {"column": "hour", "max_decrease_percent": 10}},
    {"unique": "at", "whole_table": True},
    {"row_count": {"min": 30}, "whole_table": True, "severity": "warn"},
]
FULL_REFRESH = {"full_refresh": True}
CASES = {
    "checks of every sort": Case(
        file=config(
            "SELECT '{{ ds }}'::date AS day, n, '{schema}' AS s FROM generate_series(1, 3) AS n;",
            indexes=[{"columns": ["n"], "unique": True}],
            columns=[{"name": "day", "type": "date"}, {"name": "n", "checks": [{"range": {"min": 2}}]}, {"name": "s"}],
            input_check=[
                {"row_count": {"min": 1}, "table": "raw_data.nps"},
                {"sql": "SELECT 1 WHERE '{{ ds }}' = 'x'", "count": 1, "severity": "warn"},
                {"sql": "SELECT '{{ macros.nothing() }}'", "count": 1, "severity": "warn"},
                {"no_rows": "SELECT '{{ ds }}' AS day;", "severity": "warn"},
            ],
            output_check=[
                {"freshness": {"column": "day", "within_hours": 24}, "severity": "warn"},
                {"sql": f"SELECT 1, 2 FROM {FRESH}", "count": 1, "severity": "warn"},
                {"sql": f"SELECT n FROM {FRESH}", "count": 1, "severity": "warn"},
                {"sql": f"SELECT nothing FROM {FRESH}", "count": 1, "severity": "warn"},
                {"sql": "DELETE FROM raw_data.nps", "count": 1, "severity": "warn"},
                {"sql": "SELECT LENGTH('{earlier_builds}{live_table}')", "count": 28},
            ],
        ),
        before=((due(21), {"input_check": [], "output_check": []}),),
    ),
    "compared with what was built before": Case(
        file=config("SELECT hour, hour AS at FROM generate_series(1, 7) AS hour", output_check=COMPARING),
        before=((due(21), {"main_sql": "SELECT hour, hour AS at FROM generate_series(1, 12) AS hour"}),),
    ),
    "an increment": Case(file={**GROWING, "output_check": [*COMPARING, *SEEN]}, before=((due(20), {}), (due(21), {}))),
    "the rest of an interval": Case(
        file={**GROWING, "schedule": "0 0 * * *", "output_check": [*COMPARING, *SEEN]},
        due=due(22, 0),
        before=((due(22), {"schedule": "0 3 * * *"}),),
    ),
    "a full refresh": Case(
        file={**GROWING, "output_check": [*COMPARING, *SEEN]},
        asked=FULL_REFRESH,
        before=((due(20), {}), (due(21), {})),
    ),
    "a full refresh that loses rows": Case(
        file={**GROWING, "main_sql": f"{BY_TIME} AND at >= '2026-11-20'"},
        asked=FULL_REFRESH,
        before=((due(20), {"main_sql": BY_TIME}),),
    ),
    "another interval": Case(
        file=GROWING, asked={"data_interval_start": "2026-11-20 01:00", "data_interval_end": "2026-11-20 05:00"}
    ),
    "rows of another time": Case(
        file=config("SELECT timestamp '2026-01-01' AS at", {"delete_insert": {"time_column": "at"}})
    ),
    "a key that stands twice": Case(
        file=config(
            "SELECT '{{ ds }}' AS day, 1 AS n",
            {"merge": {"unique_key": "day"}},
            output_check=[{"unique": "n", "whole_table": True}],
        ),
        before=((due(21), {}),),
    ),
    "a statement that a template makes": Case(file=config("SELECT 1 AS one {{ '; DROP TABLE raw_data.nps' if ds }}")),
    "a template that cannot be filled in": Case(
        file=config("SELECT '{{ macros.nothing() }}' AS one"), before=((due(21), {"main_sql": "SELECT 1 AS one"}),)
    ),
    "other columns than the file's": Case(file=config("SELECT 1 AS one", columns=[{"name": "one", "type": "date"}])),
    "too many rows": Case(file=config("SELECT generate_series(1, 3) AS n", max_rows=2)),
    "an index on no column": Case(file=config("SELECT 1 AS one", indexes=[{"columns": ["two"]}])),
    "rows that break an index": Case(
        file=config("SELECT 1 AS one FROM generate_series(1, 2)", indexes=[{"columns": ["one"], "unique": True}])
    ),
    "columns that do not fit": Case(
        file=config("SELECT 'x' AS one"), before=((due(21), {"main_sql": "SELECT 1 AS one"}),)
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a run. `queries` are those of the file as they were sent."""

    checks: Sequence[tuple[object, ...]]
    queries: set[str]
    refusal: str
    details: str
    columns: list[str]
    rows: int
    interval: Span | None
    publishes: bool
    why_not_published: str


@pytest.fixture(autouse=True)
def no_table(admin: psycopg.Connection[Any]) -> Iterator[None]:
    admin.execute("DROP VIEW IF EXISTS analytics.same")
    if admin.execute("SELECT to_regclass('summary_tables.build_log')").fetchone() != (None,):
        admin.execute("DELETE FROM summary_tables.build_log WHERE table_name = 'same'")
    yield
    admin.execute("DROP VIEW IF EXISTS analytics.same")


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries that sessions send for people."""
    found: list[str] = []
    run, first_rows = Session._run, Session.first_rows

    def spied_run(self: Session, statement: str, query: str) -> Any:
        found.extend([query] if query else [])
        return run(self, statement, query)

    def spied_first_rows(self: Session, query: str, count: int) -> Any:
        found.append(query)
        return first_rows(self, query, count)

    monkeypatch.setattr(Session, "_run", spied_run)
    monkeypatch.setattr(Session, "first_rows", spied_first_rows)
    return found


@pytest.mark.parametrize("name", CASES)
def test_preview_says_what_airflow_does(
    project: Project, admin: psycopg.Connection[Any], sent: list[str], name: str
) -> None:
    case = CASES[name]
    for moment, changes in case.before:
        project.write("same", {**case.file, **changes})
        run_in_airflow(project, moment, None)
    project.write("same", case.file)
    previewed = previewed_run(project, case, sent)
    sent.clear()
    run = run_in_airflow(project, case.due, case.asked)
    assert airflows_run(admin, run, sent) == previewed


def previewed_run(project: Project, case: Case, sent: list[str]) -> Done:
    file = read("same", project.configs)
    dates = RunDates(logical_date=case.due, start=case.due - timedelta(days=1), end=case.due, due=case.due)
    dates = as_asked(dates, case.asked, file.table.refresh)
    sent.clear()
    given = json.loads(os.environ["AIRFLOW_CONN_WAREHOUSE"])
    login = {"user": given["login"], "password": given["password"], "dbname": given["schema"]}
    with psycopg.connect(host=given["host"], port=given["port"], **login) as connection:
        result = preview(connection, file, dates, 5)
    checks = [
        (
            *(check.step, check.position, check.name.label, check.severity),
            *(check.passed, check.expected, check.actual, check.error),
        )
        for check in (*result.input_checks, *result.output_checks)
    ]
    return Done(
        checks=checks,
        queries=plain(sent),
        refusal=result.build_error,
        details=result.refusal.details if result.refusal else "",
        columns=[column.name for column in result.built.columns] if result.built else [],
        rows=result.built.rows if result.built else 0,
        interval=(result.part or dates.span) if result.built else None,
        publishes=result.passed,
        why_not_published=why_not_published(result),
    )


def why_not_published(result: PreviewResult) -> str:
    found = result.publishing
    return found.words if found and found.refused and not result.failed_checks else ""


def run_in_airflow(project: Project, moment: datetime, asked: Mapping[str, object] | None) -> Any:
    dag = build_dag(read("same", project.configs))
    return dag.test(logical_date=moment, run_after=moment, run_conf=dict(asked) if asked else None)


def airflows_run(admin: psycopg.Connection[Any], run: Any, sent: list[str]) -> Done:
    checks = logged(admin, run, "check_log", "step, position, check_name, severity, passed, expected, actual, error")
    built = logged(admin, run, "build_log", "column_names, row_count, interval_start, interval_end")
    names, rows, start, end = built[0] if built else ("[]", 0, None, None)
    failed = failed_tasks(run)
    create = failure(run, "create") if "create" in failed else None
    return Done(
        checks=checks,
        queries=plain(sent),
        refusal=create.error if create else "",
        details=create.details if create else "",
        columns=json.loads(names),
        rows=rows,
        interval=(start.astimezone(UTC), end.astimezone(UTC)) if start else None,
        publishes=states(run)["publish"] in ("success", "skipped"),
        why_not_published=failure(run, "publish").error if "publish" in failed else "",
    )


def logged(admin: psycopg.Connection[Any], run: Any, log: str, columns: str) -> list[tuple[Any, ...]]:
    if admin.execute("SELECT to_regclass(%s)", (f"summary_tables.{log}",)).fetchone() == (None,):
        return []
    query = f"SELECT {columns} FROM summary_tables.{log} WHERE table_name = 'same' AND run_id = %s ORDER BY 1, 2"
    return admin.execute(query.encode(), (run.run_id,)).fetchall()


def plain(queries: list[str]) -> set[str]:
    """Each once, whatever the new table is called."""
    return {_NEW_TABLE.sub("NEW", query) for query in queries}
