"""A run that is triggered to roll back builds nothing and publishes an earlier build: in Airflow, on a warehouse."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from summary_tables.airflow.dag import build_dag
from summary_tables.configs.config import read
from tests.airflow.conftest import Project, failed_tasks, states
from tests.airflow.operators.recorded import failure, logged, rows

SMALLEST = {
    "table": "t",
    "schema": "analytics",
    "input_check": [{"sql": "SELECT COUNT(1) FROM raw_data.nps", "count": 1}],
    "output_check": [{"sql": "SELECT COUNT(1) FROM {schema}.temp_{table}", "count": 1}],
}


@pytest.fixture
def twice(project: Project, admin: psycopg.Connection[Any]) -> Iterator[list[Any]]:
    """`analytics.t` was published with the value 1, then with 2; the runs."""
    admin.execute("DROP VIEW IF EXISTS analytics.t")
    runs = []
    for value in (1, 2):
        project.write("t", {**SMALLEST, "main_sql": f"SELECT {value} AS one"})
        runs.append(project.run("t"))
    yield runs
    admin.execute("DROP VIEW analytics.t")


def run_with(project: Project, **configuration: object) -> Any:
    return build_dag(read("t", project.configs)).test(run_conf=configuration)


def versions(admin: psycopg.Connection[Any]) -> int:
    (found,) = admin.execute("SELECT count(*) FROM summary_tables.build_log WHERE table_name = 't'").fetchone() or (0,)
    return int(found)


@pytest.mark.parametrize("key", ["roll_back_to", "Roll back to"])
def test_an_earlier_build_is_published_again(
    project: Project, admin: psycopg.Connection[Any], twice: list[Any], key: str
) -> None:
    built = versions(admin)
    run = run_with(project, **{key: twice[0].run_id})
    assert set(states(run).values()) == {"success"}
    assert rows(admin, "t") == [(1,)]
    assert versions(admin) == built
    by = admin.execute(
        "SELECT rolled_back_by FROM summary_tables.roll_back_log ORDER BY rolled_back_at DESC"
    ).fetchone()
    assert by == ("dag_test (Airflow)",)


def test_the_next_run_says_that_it_ends_the_roll_back(
    project: Project, admin: psycopg.Connection[Any], twice: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    run_with(project, roll_back_to=twice[0].run_id)
    capsys.readouterr()
    project.run("t")
    assert "It replaces a version to which dag_test (Airflow) had rolled the table back at" in logged(capsys)
    assert rows(admin, "t") == [(2,)]


def test_a_run_that_is_not_known_fails_with_those_that_are(
    project: Project, admin: psycopg.Connection[Any], twice: list[Any]
) -> None:
    run = run_with(project, roll_back_to="yesterday")
    assert failed_tasks(run) == ["publish"]
    words = str(failure(run, "publish"))
    assert words.startswith(
        "Publishing analytics.t failed: No version of analytics.t that stands in the warehouse is of the run "
        '"yesterday". These can be shown:\n'
    )
    assert all(run.run_id in words for run in twice)
    assert rows(admin, "t") == [(2,)]


@pytest.mark.parametrize("configuration", [{}, {"roll_back_to": ""}, {"roll_back_to": None}, {"full_refresh": False}])
@pytest.mark.usefixtures("twice")
def test_any_other_run_builds(
    project: Project, admin: psycopg.Connection[Any], configuration: dict[str, object]
) -> None:
    built = versions(admin)
    run_with(project, **configuration)
    assert versions(admin) == built + 1


@pytest.mark.usefixtures("twice")
def test_a_query_cannot_read_the_configuration(project: Project) -> None:
    project.write("t", {**SMALLEST, "main_sql": "SELECT '{{ dag_run.conf }}' AS secret"})
    run = run_with(project, roll_back_to="")
    assert "`dag_run` is not known in a query" in str(failure(run, "create"))
