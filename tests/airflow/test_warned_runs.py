"""Checks of severity `warn`, in Airflow on a real warehouse: the run goes on, and one message tells of them."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from tests.airflow.conftest import Project, failed_tasks, states, tell_digest
from tests.airflow.operators.recorded import logged

FEW = {"row_count": {"min": 12}, "severity": "warn"}
FEW_WORDS = 'Output check "at least 12 rows" of analytics.t warned: expected at least 12 rows, got 1 row.'


@pytest.fixture
def run(project: Project, admin: psycopg.Connection[Any]) -> Callable[..., Any]:
    admin.execute("DROP VIEW IF EXISTS analytics.t")

    def run_once(**keys: Any) -> Any:
        project.write("t", {"table": "t", "schema": "analytics", "main_sql": "SELECT 1 AS one", **keys})
        return project.run("t")

    return run_once


def test_table_is_published_and_one_message_tells_of_all_warnings(
    run: Callable[..., Any], sent: list[str], admin: psycopg.Connection[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    odd = {"no_rows": "SELECT '값' AS a FROM raw_data.nps LIMIT 2", "severity": "warn", "samples": False}
    done = run(input_check=[odd], output_check=[FEW, {"not_null": "one", "severity": "warn"}])
    assert set(states(done).values()) == {"success"}
    assert sent == []
    tell_digest()
    assert admin.execute("SELECT one FROM analytics.t").fetchall() == [(1,)]
    odd_words = 'Input check "no rows" of analytics.t warned: expected no rows, got 2 rows.'
    assert sent == [f"{odd_words} {FEW_WORDS} The table was published all the same."]
    told = logged(capsys)
    assert [told.count(f"[warning ] {words} The run goes on") for words in (odd_words, FEW_WORDS)] == [1, 1]


def test_a_check_that_cannot_be_answered_does_not_stop_the_run_either(run: Callable[..., Any], sent: list[str]) -> None:
    unanswerable: list[dict[str, Any]] = [
        {"not_null": "two"},
        {"freshness": {"column": "secret", "within_hours": 1}, "samples": False},
        {"sql": "SELECT COUNT(pg_sleep(600)::text)", "count": 2},
    ]
    checks = [{**check, "severity": "warn"} for check in unanswerable]
    done = run(main_sql="SELECT 1 AS one, 's3cret' AS secret", output_check=checks, timeout_minutes=0.1)
    assert failed_tasks(done) == []
    tell_digest()
    assert sent == [
        'Output check "no empty value in two" of analytics.t could not be answered: '
        'There is no column "two". '
        'Output check "the newest secret within 1 hour" of analytics.t could not be answered: A value cannot be '
        "converted to the type timestamp with time zone. What the warehouse says is not shown, as it may quote values "
        "(`samples: false` or `pii: true`); run the query yourself to see it. "
        'Output check "at least 2" of analytics.t could not be answered: it took longer than 0.1 minutes '
        "(`timeout_minutes`) and was stopped. The table was published all the same."
    ]


def test_message_of_a_failed_run_has_the_warnings_at_its_end(run: Callable[..., Any], sent: list[str]) -> None:
    done = run(output_check=[{**FEW, "name": "enough rows"}, {"row_count": {"min": 2}}])
    assert failed_tasks(done) == ["output_check.row_count"]
    assert sent == [
        'Output check "at least 2 rows" of analytics.t failed: expected at least 2 rows, got 1 row. '
        "There is no live table yet. "
        'Output check "enough rows" of analytics.t warned: expected at least 12 rows, got 1 row.'
    ]
