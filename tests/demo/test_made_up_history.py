"""The weeks that the demo makes up: alive to look at, and in nobody's way."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import TupleRow

from demo import made_up_history
from summary_tables.checks import CheckResult
from summary_tables.configs.config import read
from summary_tables.model.build import BuildRun
from summary_tables.model.check_run import CheckRun
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.history.orphans import leftovers
from summary_tables.warehouse.history.versions import known_tables, versions_of_table
from summary_tables.warehouse.live_table import look_up
from summary_tables.warehouse.logs.check_log import log_check
from summary_tables.warehouse.session.session import open_session
from tests.conftest import REPOSITORY
from tests.demo.conftest import SampleWarehouse

CONFIGS = REPOSITORY / "dag_configs"
NOW = datetime(2026, 11, 29, 2, 59, tzinfo=UTC)
Session = psycopg.Connection[TupleRow]


@pytest.fixture
def builder(sample_warehouse: SampleWarehouse) -> Iterator[Session]:
    with sample_warehouse.session("builder") as session:
        yield session
        logs = ("build_log", "check_log", "incident_log", "message_log")
        session.execute(f"DROP TABLE IF EXISTS {', '.join(f'summary_tables.{log}' for log in logs)}".encode())


def told(session: Session, query: str) -> list[tuple[Any, ...]]:
    return session.execute(query.encode()).fetchall()


def test_weeks_of_builds_one_failure_that_was_mended_and_one_warning(builder: Session) -> None:
    assert made_up_history.write(builder, CONFIGS, NOW) == 3 * made_up_history.DAYS - 1
    assert told(builder, "SELECT DISTINCT left(run_id, 6) FROM summary_tables.build_log") == [("demo__",)]
    assert told(builder, "SELECT min(run_at), max(run_at) FROM summary_tables.build_log") == [
        (datetime(2026, 10, 31, 3, tzinfo=UTC), datetime(2026, 11, 27, 3, tzinfo=UTC))
    ]
    off = "SELECT table_name, run_id, severity, expected, actual FROM summary_tables.check_log WHERE NOT passed"
    assert told(builder, f"{off} ORDER BY 1 DESC") == [
        ("nps_summary", "demo__2026-11-18", "error", "at least 150,000", "130,500"),
        ("channel_summary", "demo__2026-11-24", "warn", "exactly 0", "3"),
    ]
    of_nps = "FROM summary_tables.build_log WHERE table_name = 'nps_summary'"
    assert told(builder, f"SELECT min(row_count), max(row_count), count(*) {of_nps}") == [(65, 92, 27)]


def test_the_failure_is_an_incident_that_is_over_and_nobody_is_told_of_it(builder: Session) -> None:
    made_up_history.write(builder, CONFIGS, NOW)
    columns = "table_name, opened_by, closed_by, failed_runs, reason, live_at"
    assert told(builder, f"SELECT {columns} FROM summary_tables.incident_log") == [
        (
            "nps_summary",
            "demo__2026-11-18",
            "demo__2026-11-19",
            1,
            'Input check "at least 150,000 rows in raw_data.nps" of analytics.nps_summary failed: '
            "expected at least 150,000, got 130,500.",
            datetime(2026, 11, 17, 3, tzinfo=UTC),
        )
    ]
    assert told(builder, "SELECT count(*) FROM summary_tables.message_log") == [(0,)]


def test_it_is_written_once_and_never_beside_real_builds(builder: Session) -> None:
    made_up_history.write(builder, CONFIGS, NOW)
    builder.execute("DELETE FROM summary_tables.build_log WHERE table_name <> 'mau_summary'")
    assert made_up_history.write(builder, CONFIGS, NOW) == 0
    assert told(builder, "SELECT count(*) FROM summary_tables.build_log") == [(made_up_history.DAYS,)]


def test_tables_whose_file_is_gone_or_broken_have_none(builder: Session, tmp_path: Path) -> None:
    (tmp_path / "mau_summary.yaml").write_text((CONFIGS / "mau_summary.yaml").read_text())
    (tmp_path / "nps_summary.yaml").write_text("table: [\n")
    assert made_up_history.write(builder, tmp_path, NOW) == made_up_history.DAYS


@pytest.fixture
def table() -> SummaryTable:
    return read("nps_summary", CONFIGS).table


def test_nothing_of_it_can_be_shown_dropped_or_rolled_back_to(builder: Session, table: SummaryTable) -> None:
    made_up_history.write(builder, CONFIGS, NOW)
    assert versions_of_table(builder, table, Warehouse()) == ()
    assert sorted(name for _, name in known_tables(builder, Warehouse())) == sorted(made_up_history.TABLES)
    configured = {f"analytics.{name}" for name in made_up_history.TABLES}
    found = leftovers(builder, Warehouse(), configured, ())
    assert (found.orphans, found.unlogged) == ((), ())
    with open_session(builder, Warehouse()) as session:
        assert look_up(session, table).words("UTC") == "There is no live table yet."


def test_a_check_that_fails_now_fails_for_the_first_time(builder: Session, table: SummaryTable) -> None:
    made_up_history.write(builder, CONFIGS, NOW)
    (name,) = table.check_names("input_check")
    run = BuildRun(run_id="real", try_number=1, run_at=NOW)
    found = CheckResult(passed=False, expected="at least 150,000", actual="7")
    failed = CheckRun(step="input_check", position=1, name=name, severity="error", result=found)
    with open_session(builder, Warehouse()) as session:
        assert log_check(session, table, run, failed) is None
