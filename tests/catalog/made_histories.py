"""What logs and Airflow may say of a table, made without either."""

from datetime import datetime, timedelta
from typing import Any

from summary_tables.model.build import Build
from summary_tables.model.dag_facts import DagFacts, DagRunFacts
from summary_tables.model.table_history import FailingCheck, LoggedCheck, RunChecks, TableHistory
from tests.catalog.made_entries import NOW

DUE = NOW.replace(hour=3)
"""When a table with `0 3 * * *` was due last."""

DAY = timedelta(days=1)


def run_id(due: datetime) -> str:
    """Of the run that was due then."""
    return f"scheduled__{due:%Y-%m-%dT%H:%M}"


def build(due: datetime = DUE, rows: int = 92, **more: Any) -> Build:
    """A build that was published 20 seconds after it was due."""
    values: dict[str, Any] = {
        "version": f"nps__{due:%Y%m%dT%H%M%S}_0123456789ab",
        "run_id": run_id(due),
        "run_at": due,
        "started_at": due + timedelta(seconds=5),
        "built_at": due + timedelta(seconds=8),
        "published_at": due + timedelta(seconds=20),
        "rows": rows,
    }
    return Build(**{**values, **more})


def failed(due: datetime = DUE, since: datetime | None = None, runs: int = 1, **check: Any) -> FailingCheck:
    """A check of rows that failed in the run that was due then."""
    values: dict[str, Any] = {
        "step": "output_check",
        "position": 1,
        "name": "at least 12 rows",
        "key": "at least rows",
        "severity": "error",
        "passed": False,
        "expected": "at least 12",
        "actual": "7",
        "error": "",
        "run_id": run_id(due),
        "run_at": due,
        "checked_at": due + timedelta(seconds=10),
    }
    return FailingCheck(check=LoggedCheck(**{**values, **check}), since=since or due, runs=runs)


def history(
    newest: Build | None = None, *failing: FailingCheck, live: Build | None = None, passed: int = 3
) -> TableHistory:
    """Of a table whose last run was the newest build's, or that of the checks that failed."""
    due = failing[0].check.run_at if failing else newest.run_at if newest else DUE
    return TableHistory(
        live=live or newest,
        newest=newest,
        failing=failing,
        last_run=RunChecks(
            run_id=run_id(due),
            run_at=due,
            checked_at=due + timedelta(seconds=10),
            passed=passed,
            failed=sum(found.check.severity == "error" for found in failing),
            warned=sum(found.check.severity == "warn" for found in failing),
        ),
    )


def run(due: datetime = DUE, state: str = "success", lasted: timedelta = timedelta(minutes=1)) -> DagRunFacts:
    """A run that began when it was due."""
    ended = due + lasted if state in ("success", "failed") else None
    started = None if state == "queued" else due
    return DagRunFacts(run_id=run_id(due), state=state, run_after=due, started_at=started, ended_at=ended)


def dag(*runs: DagRunFacts, **facts: Any) -> DagFacts:
    """Airflow's, of a table that is built each day; what failed last, it knows too."""
    bad = []
    for each in runs:
        if each.state == "success":
            break
        if each.state == "failed":
            bad.append(each)
    values: dict[str, Any] = {
        "next_run_at": DUE + DAY,
        "failing_since": bad[-1] if bad else None,
        "failed_runs": len(bad),
    }
    return DagFacts(runs=runs, **{**values, **facts})
