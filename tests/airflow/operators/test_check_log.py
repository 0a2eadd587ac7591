"""What the checks of a run leave in the warehouse, in Airflow; and that nothing there can change what a check says."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from summary_tables.airflow import step_connection
from summary_tables.text.moments import UTC_NAME, due_text
from tests.airflow.conftest import Project, failed_tasks
from tests.airflow.forgotten import forget_builds, forget_incidents

COLUMNS = "step, position, check_name, severity, passed, expected, actual, error, version_name <> '' AS has_version"


@pytest.fixture
def run(project: Project, admin: psycopg.Connection[Any]) -> Callable[..., Any]:
    """Runs a table made of what the test says, for a day of November."""
    admin.execute("DROP VIEW IF EXISTS analytics.t")
    forget_builds(admin, "t")

    def run_for(day: int, **keys: Any) -> Any:
        project.write("t", {"table": "t", "schema": "analytics", "main_sql": "SELECT 1 AS one", **keys})
        return project.run("t", datetime(2026, 11, day, 3, tzinfo=UTC))

    return run_for


def stored(admin: psycopg.Connection[Any]) -> list[tuple[Any, ...]]:
    return admin.execute(f"SELECT {COLUMNS} FROM summary_tables.check_log ORDER BY checked_at").fetchall()


def test_every_check_that_was_run_is_a_row(run: Callable[..., Any], admin: psycopg.Connection[Any]) -> None:
    checks = [{"row_count": {"min": 1}}, {"not_null": "two"}, {"row_count": {"min": 2}, "severity": "warn"}]
    done = run(21, input_check=[{"row_count": {"min": 1}, "table": "raw_data.nps"}], output_check=checks)
    assert failed_tasks(done) == ["output_check.not_null_two"]
    at_least_2 = "at least 2 rows"
    unknown = 'There is no column "two".'
    rows = stored(admin)
    assert rows[0] == (
        *("input_check", 1, "at least 1 row in raw_data.nps", "error", True),
        *("at least 1 row", "160,000 rows", "", False),
    )
    assert sorted(rows[1:]) == [
        ("output_check", 1, "at least 1 row", "error", True, "at least 1 row", "1 row", "", True),
        ("output_check", 2, "no empty value in two", "error", False, "", "", unknown, True),
        ("output_check", 3, at_least_2, "warn", False, at_least_2, "1 row", "", True),
    ]
    facts = "SELECT DISTINCT schema_name, table_name, run_id, try_number, run_at FROM summary_tables.check_log"
    assert admin.execute(facts).fetchall() == [("analytics", "t", done.run_id, 1, done.run_after)]
    assert admin.execute("SELECT min(seconds) > 0 AND max(seconds) < 60 FROM summary_tables.check_log").fetchone() == (
        True,
    )


def test_a_check_that_goes_on_failing_says_since_when(
    run: Callable[..., Any], sent: list[str], admin: psycopg.Connection[Any]
) -> None:
    first = run(21, output_check=[{"row_count": {"min": 12}}])
    forget_incidents(admin)
    run(22, output_check=[{"not_null": "one"}, {"row_count": {"min": 20}}])
    since = f"Failing since {due_text(UTC_NAME, first.run_after)} (2 runs)."
    words = 'Output check "at least {0} rows" of analytics.t failed: expected at least {0} rows, got 1 row.'
    assert sent == [
        f"{words.format(12)} There is no live table yet.",
        f"{words.format(20)} {since} There is no live table yet.",
    ]


def test_a_warehouse_that_does_not_take_it_changes_nothing_about_the_check(
    run: Callable[..., Any], admin: psycopg.Connection[Any], sent: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    checks = [{"row_count": {"min": 1}}, {"row_count": {"min": 12}}]
    admin.execute("CREATE SCHEMA IF NOT EXISTS summary_tables; CREATE TABLE summary_tables.check_log (x integer)")
    done = run(21, output_check=checks)
    assert failed_tasks(done) == ["output_check.row_count_2"]
    assert sent == [
        'Output check "at least 12 rows" of analytics.t failed: expected at least 12 rows, got 1 row. '
        "There is no live table yet."
    ]
    logged = [line for line in capsys.readouterr().out.splitlines() if "could not be stored in the warehouse" in line]
    assert len(logged) == 2


def test_a_locked_log_neither_holds_a_failed_check_up_nor_changes_what_it_says(
    run: Callable[..., Any], admin: psycopg.Connection[Any], sent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(step_connection, "_ASIDE_SECONDS", 0.5)
    run(21)
    with psycopg.connect(admin.info.dsn, password=admin.info.password) as other:
        other.execute("LOCK TABLE summary_tables.build_log")
        done = run(22, input_check=[{"row_count": {"max": 1}, "table": "raw_data.nps"}], timeout_minutes=0.5)
    assert failed_tasks(done) == ["input_check.row_count_in_raw_data_nps"]
    assert sent == [
        'Input check "at most 1 row in raw_data.nps" of analytics.t failed: expected at most 1 row, got 160,000 rows. '
        "The live table was not changed."
    ]


def test_a_build_is_compared_with_the_one_before_and_with_what_readers_see(
    run: Callable[..., Any], sent: list[str]
) -> None:
    checks = [{"row_count_change": {"max_decrease_percent": 10}}, {"sum": {"column": "n", "max_decrease_percent": 10}}]
    first = run(21, main_sql="SELECT generate_series(1, 12) AS n", output_check=checks)
    assert failed_tasks(first) == []
    run(22, main_sql="SELECT generate_series(1, 7) AS n", output_check=checks)
    before = due_text(UTC_NAME, first.run_after)
    (words,) = sent
    assert words.replace(f" The live table was not changed: it holds the build of {before[:16]} UTC.", "") == (
        'Output check "rows at most 10% fewer than the previous build" of analytics.t failed: '
        "expected rows at most 10% fewer than the previous build, "
        f"got 7 rows, 41.7% fewer than the 12 of {before}. "
        'Output check "the sum of n at most 10% lower than readers see now" of analytics.t failed: '
        "expected the sum of n at most 10% lower than readers see now, "
        "got 28, 64.2% lower than the 78 that readers see now."
    )
