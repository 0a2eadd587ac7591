"""The check log: what each check found, each time that it was run."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from summary_tables.model.build import BuildRun
from summary_tables.model.check_run import CheckRun
from summary_tables.model.logs import CHECK_LOG
from summary_tables.model.table import SummaryTable
from summary_tables.text.moments import due_text
from summary_tables.warehouse.logs import tables
from summary_tables.warehouse.logs.build_log import utc
from summary_tables.warehouse.session.lock_retries import with_lock_retries
from summary_tables.warehouse.session.session import Session

LOCK_WAIT = timedelta(seconds=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class FailingSince:
    """A check fails not for the first time: `run_at` is when the first of the `runs` was due (UTC)."""

    run_at: datetime
    runs: int

    def words(self, zone: str) -> str:
        """`Failing since 2026-11-20 03:00 UTC (3 runs).`"""
        return f"Failing since {due_text(zone, self.run_at)} ({self.runs:,} runs)."


def log_check(
    session: Session,
    table: SummaryTable,
    run: BuildRun,
    checked: CheckRun,
    *,
    lock_wait: timedelta = LOCK_WAIT,
) -> FailingSince | None:
    """Store what a check of `table` found in `run`. One that failed in an earlier run, too: how long, since it passed.

    A check writes nothing, so that there is nothing to share a transaction with. Raises `WarehouseError`.
    """
    tables.ensure(session, CHECK_LOG)
    return with_lock_retries(lambda: _log_check(session, table, run, checked), lock_wait)


def _log_check(session: Session, table: SummaryTable, run: BuildRun, checked: CheckRun) -> FailingSince | None:
    # What a publish puts on the disk takes the checks before it along.
    with session.transaction(*session.sql.locks.limit_lock_waits(), *session.sql.logs.need_no_disk()):
        session.execute(session.sql.check_log.log_check(table, run, checked))
        return None if checked.passed else _failing_since(session, table, checked)


def _failing_since(session: Session, table: SummaryTable, checked: CheckRun) -> FailingSince | None:
    failing = session.rows(session.sql.check_log.failing_runs(table, checked))
    return FailingSince(run_at=utc(failing[0][1]), runs=len(failing)) if len(failing) > 1 else None
