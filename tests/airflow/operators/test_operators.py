"""The steps of a run, in Airflow, on a real warehouse: what a run leaves behind and what it says when it fails."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import jinja2
import psycopg
import pytest
from airflow.models.renderedtifields import RenderedTaskInstanceFields
from airflow.utils.session import create_session

from demo.sample_rows import answers, sessions
from summary_tables.airflow.operators import build
from summary_tables.runs import publish_step
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.templates.template import mistakes
from summary_tables.warehouse.publish import publish_version
from summary_tables.warehouse.session.errors import WarehouseError
from tests import expected_summaries
from tests.airflow.conftest import Project, failed_tasks, states
from tests.airflow.operators.recorded import failure, rows

DAY = datetime(2026, 11, 21, 3, tzinfo=UTC)

EXPECTED: dict[str, Callable[[], list[Any]]] = {
    "mau_summary": lambda: expected_summaries.mau_summary(sessions()),
    "channel_summary": lambda: expected_summaries.channel_summary(sessions()),
    "nps_summary": lambda: expected_summaries.nps_summary(answers()),
}


@pytest.fixture
def smallest(project: Project, admin: psycopg.Connection[Any]) -> Callable[..., Any]:
    """Runs a table made of what the test says; it has never been published before."""
    admin.execute("DROP VIEW IF EXISTS analytics.t")

    def run(logical_date: datetime | None = DAY, **keys: Any) -> Any:
        project.write("t", {"table": "t", "schema": "analytics", "main_sql": "SELECT 1 AS one", **keys})
        return project.run("t", logical_date)

    return run


@pytest.mark.parametrize("table", EXPECTED)
def test_every_cell_equals_the_independent_computation(
    project: Project, admin: psycopg.Connection[Any], table: str
) -> None:
    project.add(table)
    run = project.run(table)
    assert states(run) == dict.fromkeys(states(run), "success")
    assert rows(admin, table) == EXPECTED[table]()


def test_failed_input_check_builds_nothing_and_says_expected_and_actual(
    project: Project, admin: psycopg.Connection[Any]
) -> None:
    project.add("nps_summary")
    project.run("nps_summary", DAY)
    before = rows(admin, "nps_summary")
    project.add("nps_summary", input_check=[{"sql": "SELECT COUNT(1) FROM raw_data.nps", "count": 170000}])
    run = project.run("nps_summary", datetime(2026, 11, 22, 3, tzinfo=UTC))
    found = failure(run, "input_check.at_least_rows_in_raw_data_nps")
    live = re.sub(r"of \d{4}.*UTC", "of TIME UTC", str(found))
    assert live == (
        'Input check "at least 170,000 rows in raw_data.nps" of analytics.nps_summary failed: '
        "expected at least 170,000, got 160,000. "
        "The live table was not changed: it holds the build of TIME UTC."
    )
    assert states(run)["create"] == "upstream_failed"
    assert rows(admin, "nps_summary") == before


def test_failure_of_a_check_with_a_korean_name_is_known_to_the_alert(project: Project) -> None:
    check = {"name": "하루에 한 행 😀", "sql": "SELECT 0", "count": 1}
    project.write(
        "daily", {"table": "daily", "schema": "analytics", "main_sql": "SELECT 1 AS a", "input_check": [check]}
    )
    run = project.run("daily", DAY)
    (task_id,) = failed_tasks(run)
    assert str(failure(run, task_id)).startswith(
        'Input check "하루에 한 행 😀" of analytics.daily failed: expected at least 1, got 0.'
    )
    (ti,) = [ti for ti in run.get_task_instances() if ti.task_id == task_id]
    assert ti.task_display_name == "Check: 하루에 한 행 😀"


def test_failed_output_check_publishes_nothing_and_keeps_the_version(
    smallest: Callable[..., Any], admin: psycopg.Connection[Any]
) -> None:
    check = {"sql": "SELECT COUNT(1) FROM {schema}.temp_{table}", "count": 12}
    run = smallest(output_check=[check])
    found = failure(run, "output_check.at_least_rows")
    assert str(found) == (
        'Output check "at least 12 rows" of analytics.t failed: expected at least 12, got 1. '
        "There is no live table yet."
    )
    assert (found.check_index, found.step) == (0, "output_check")
    assert admin.execute(found.sql.encode()).fetchone() == (1,)
    assert states(run)["publish"] == "upstream_failed"


def test_named_checks_look_at_their_table_and_say_what_is_wrong_with_it(smallest: Callable[..., Any]) -> None:
    passing = [
        {"row_count": {"min": 1, "max": 1}},
        {"not_null": "one"},
        {"freshness": {"column": "at", "within_hours": 0.5}},
        {"no_rows": "SELECT one FROM {schema}.temp_{table} WHERE one > 1"},
    ]
    failing = {"accepted_values": {"column": "a b", "values": ["{{ ds }}", "it's"]}}
    run = smallest(
        main_sql="SELECT 1 AS one, 'a\"b' AS \"a b\", TIMESTAMP '{{ data_interval_end }}' AS at",
        input_check=[{"row_count": {"min": 1}, "table": "raw_data.nps"}],
        output_check=[*passing, failing],
    )
    assert failed_tasks(run) == ["output_check.accepted_values_a_b"]
    assert str(failure(run, "output_check.accepted_values_a_b")) == (
        'Output check "only "{{ ds }}", "it\'s" in a b" of analytics.t failed: '
        'expected only "{{ ds }}", "it\'s" in a b, got 1 row with another value ("a"b"). '
        "There is no live table yet."
    )
    assert states(run)["input_check.row_count_in_raw_data_nps"] == "success"


def test_other_columns_than_those_of_the_file_are_told_with_both_lists(smallest: Callable[..., Any]) -> None:
    run = smallest(columns=[{"name": "one", "type": "date", "checks": ["not_null"]}, {"name": "two"}])
    found = failure(run, "create")
    assert str(found) == (
        "Building analytics.t failed: The columns of the query are not those of `columns` in the file: "
        '"one" is integer and not date; "two" is missing. Mend the query, or, where the query is right, `columns`. '
        "There is no live table yet."
    )
    both_lists = (
        "in the file    in the query\n"
        "one  date      one  integer  <- another type\n"
        "two            -             <- missing"
    )
    assert found.details == both_lists
    assert states(run)["output_check.not_null_one"] == "upstream_failed"


def test_check_of_a_column_says_where_it_stands(smallest: Callable[..., Any]) -> None:
    run = smallest(
        columns=[{"name": "one", "pii": True, "checks": ["not_null", {"range": {"min": 2}}]}],
        output_check=[{"row_count": {"min": 1}}],
    )
    (task_id,) = failed_tasks(run)
    found = failure(run, task_id)
    assert (task_id, found.check_index, found.column) == ("output_check.range_one", 2, "one")
    assert found.actual == "1 row outside of that"


def test_error_of_the_warehouse_names_what_is_wrong(smallest: Callable[..., Any]) -> None:
    run = smallest(main_sql="SELECT LEFT(created_att, 10) AS date\nFROM raw_data.nps")
    assert str(failure(run, "create")) == (
        'Building analytics.t failed: There is no column "created_att", line 1 of the query. '
        'Perhaps you meant to reference the column "nps.created_at". There is no live table yet.'
    )


def test_unknown_connection_says_where_to_add_it(smallest: Callable[..., Any]) -> None:
    run = smallest(conn_id="nowhere")
    assert str(failure(run, "create")) == (
        "Building analytics.t failed: Airflow has no connection `nowhere`. Add it under Admin, Connections. "
        "The live table was not changed."
    )


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("postgres://builder:s3cret@127.0.0.1:1/w", "with its connection `down`: nothing listens there."),
        ("postgres://builder:s3cret@no.such.host.invalid/w", "with its connection `down`: its host is unknown."),
        ("http://builder:s3cret@127.0.0.1/", "The Airflow connection `down` cannot be used as a warehouse"),
    ],
)
def test_unusable_connection_says_why_without_the_password(
    smallest: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, address: str, reason: str
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_DOWN", address)
    found = failure(smallest(conn_id="down"), "create")
    assert "s3cret" not in repr(found)
    assert reason in found.error


REACHES = {
    "SELECT $x${{ self._TemplateReference__context.environment.loader.searchpath }}$x$ AS a": "`self` is not known",
    "SELECT $x${% raw %}{% endraw %}{% include 'summary_table_dags.py' %}$x$ AS a": "`include` is not among",
    "SELECT '{{ macros.uuid.os.environ }}' AS a": "`macros.uuid` is not known",
    "SELECT '{{ conn.warehouse.password }}' AS a": "`conn` is not known",
    "SELECT '{{ ds | attr(\"__class__\") }}' AS a": "`attr` is not a filter",
}


@pytest.mark.parametrize("sql", REACHES)
def test_query_reaches_dates_only(smallest: Callable[..., Any], sql: str) -> None:
    """Also where the file changed after Airflow read it: a run refuses it in the same words, and does not try again."""
    smallest()
    run = smallest(main_sql=sql, retries=1)
    (said,) = mistakes(sql, POSTGRES)
    assert said.message.startswith(REACHES[sql])
    assert failure(run, "create").error == (
        f"The query has a template that cannot be filled in: {said.message}; fix: {said.fix}."
    )
    assert {ti.try_number for ti in run.get_task_instances() if ti.task_id == "create"} == {1}


def test_check_reaches_dates_only(smallest: Callable[..., Any]) -> None:
    smallest()
    run = smallest(input_check=[{"sql": "SELECT '{{ var.value.slack_url }}'", "count": 1}])
    (task_id,) = failed_tasks(run)
    assert "`var` is not known in a query" in failure(run, task_id).error


def test_airflow_renders_nothing_itself_and_shows_the_query_all_the_same(
    smallest: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def rendered_by_airflow(*_: object, **__: object) -> None:
        raise AssertionError("a text of a config came into Airflow's own Jinja")

    monkeypatch.setattr(jinja2.Environment, "from_string", rendered_by_airflow)
    monkeypatch.setattr(jinja2.Environment, "get_template", rendered_by_airflow)
    run = smallest(main_sql="SELECT '{{ ds }}' AS day, '{schema}' AS s", description="{{ self }} x.md")
    (create,) = (ti for ti in run.get_task_instances() if ti.task_id == "create")
    with create_session() as session:
        shown = RenderedTaskInstanceFields.get_templated_fields(create, session=session)
    assert shown == {"sql": "SELECT '2026-11-21' AS day, 'analytics' AS s"}


def test_braces_that_are_text_are_published_as_they_are(
    smallest: Callable[..., Any], admin: psycopg.Connection[Any]
) -> None:
    smallest(
        main_sql="""SELECT '{{ '{{' }}' || v || '}}' AS a, v LIKE '{{ '{%' }}' AS b,
            {% raw %}'{# {% {{ #}'{% endraw %} AS c, '{ {1,2}, {3,4} }'::int[] AS d,
            '{"a": {"b": 1}}'::jsonb ->> 'a' AS e
            FROM (VALUES ('first_name'), ('{x')) AS t (v)"""
    )
    assert rows(admin, "t") == [
        ("{{first_name}}", False, "{# {% {{ #}", [[1, 2], [3, 4]], '{"b": 1}'),
        ("{{{x}}", True, "{# {% {{ #}", [[1, 2], [3, 4]], '{"b": 1}'),
    ]


def test_macros_compute_with_dates(smallest: Callable[..., Any], admin: psycopg.Connection[Any]) -> None:
    smallest(main_sql="SELECT '{{ macros.ds_add(ds, -7) }}' AS a, '{{ logical_date - macros.timedelta(days=1) }}' AS b")
    assert rows(admin, "t") == [("2026-11-14", "2026-11-20 03:00:00+00:00")]


def test_publish_that_fails_after_its_commit_says_that_the_new_build_is_live(
    smallest: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def published_and_then_lost(*arguments: Any, **options: Any) -> None:
        publish_version(*arguments, **options)
        raise WarehouseError("The connection to the warehouse was lost.")

    monkeypatch.setattr(publish_step, "publish_version", published_and_then_lost)
    assert str(failure(smallest(), "publish")) == (
        "Publishing analytics.t failed: The connection to the warehouse was lost. "
        "The live table holds the new build all the same."
    )


def test_statement_that_a_template_makes_is_refused_before_it_runs(smallest: Callable[..., Any]) -> None:
    run = smallest(main_sql="SELECT 1 AS one {{ '; DROP TABLE raw_data.nps' if ds else '' }}")
    assert str(failure(run, "create")) == (
        "Building analytics.t failed: The query may not run. One query only; a second statement starts here. "
        "There is no live table yet."
    )


def test_dates_of_a_run_with_a_logical_date_are_its_data_interval(
    smallest: Callable[..., Any], admin: psycopg.Connection[Any]
) -> None:
    names = ("ds", "data_interval_start", "data_interval_end", "ts_nodash")
    sql = "SELECT " + ", ".join(f"'{{{{ {name} }}}}' AS {name}" for name in names)
    smallest(main_sql=sql, schedule="0 3 * * *", logical_date=datetime(2026, 11, 20, 3, tzinfo=UTC))
    assert rows(admin, "t")[0] == (
        "2026-11-20",
        "2026-11-19 03:00:00+00:00",
        "2026-11-20 03:00:00+00:00",
        "20261120T030000",
    )


def test_dates_of_a_run_without_logical_date_are_the_moment_it_was_due(
    smallest: Callable[..., Any], admin: psycopg.Connection[Any]
) -> None:
    run = smallest(
        main_sql="SELECT '{{ ts }}' AS ts, '{{ data_interval_start }}' AS a, '{{ data_interval_end }}' AS b",
        logical_date=None,
    )
    due = run.run_after
    assert rows(admin, "t") == [(due.isoformat(), str(due), str(due))]


def test_signs_in_sql_mean_themselves(smallest: Callable[..., Any], admin: psycopg.Connection[Any]) -> None:
    sql = """SELECT 100 % 7 AS m, '%s {x} $1 :a 한글 😀' AS "이름", $$a$$ AS d,
        '{"k": {"v": 1}}'::jsonb -> 'k' AS j -- end"""
    run = smallest(main_sql=sql)
    assert failed_tasks(run) == []
    assert rows(admin, "t") == [(2, "%s {x} $1 :a 한글 😀", "a", {"v": 1})]


def test_query_whose_text_ends_like_a_file_name_is_not_taken_for_one(smallest: Callable[..., Any]) -> None:
    assert failed_tasks(smallest(main_sql="SELECT 1 AS one -- see mau.sql")) == []


def test_step_that_takes_too_long_says_so(smallest: Callable[..., Any], admin: psycopg.Connection[Any]) -> None:
    run = smallest(main_sql="SELECT 1 AS one, pg_sleep(600)::text AS slept", timeout_minutes=0.03)
    assert str(failure(run, "create")) == (
        "Building analytics.t failed: it took longer than 0.03 minutes (`timeout_minutes`) and was stopped. "
        "There is no live table yet."
    )
    left = (
        "SELECT COUNT(*) FROM pg_stat_activity "
        "WHERE query LIKE '%pg_sleep%' AND pid <> pg_backend_pid() AND state = 'active'"
    )
    assert admin.execute(left).fetchone() == (0,)


def test_error_that_nobody_foresaw_is_recorded_too(
    smallest: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(build, "build_version", broken)
    assert str(failure(smallest(), "create")) == (
        "Building analytics.t failed: an unexpected ZeroDivisionError ended it; its log says more. "
        "There is no live table yet."
    )


@pytest.mark.parametrize(("retries", "main_sql", "tries"), [(1, "SELECT nothing", 1), (1, "SELECT 1 AS one", 2)])
def test_what_cannot_get_better_is_not_tried_again(
    smallest: Callable[..., Any], retries: int, main_sql: str, tries: int
) -> None:
    check = {"sql": "SELECT 0", "count": 1}
    checks = [check] if tries == 2 else []
    run = smallest(main_sql=main_sql, retries=retries, retry_delay_minutes=0.001, input_check=checks)
    assert max(ti.try_number for ti in run.get_task_instances()) == tries
