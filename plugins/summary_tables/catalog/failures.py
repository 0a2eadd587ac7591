"""What of a table failed last: the run that Airflow knows, and the checks that the log knows."""

from datetime import datetime

from summary_tables.model.dag_facts import DagFacts, DagRunFacts
from summary_tables.model.table_history import FailingCheck, TableHistory


def last_finished(dag: DagFacts | None) -> DagRunFacts | None:
    """The last run that ended, well or not."""
    return next((run for run in dag.runs if run.state in ("success", "failed")), None) if dag else None


def failed_run(dag: DagFacts | None) -> DagRunFacts | None:
    """The last run, if it failed."""
    run = last_finished(dag)
    return run if run and run.state == "failed" else None


def failed_checks(dag: DagFacts | None, history: TableHistory | None) -> tuple[FailingCheck, ...]:
    """Those of the last run that stopped it, unless somebody let it go on."""
    if history is None:
        return ()
    newest, run = history.newest, last_finished(dag)
    return tuple(
        found
        for found in history.failing
        if found.check.severity == "error"
        and not (newest and newest.published_at and newest.published_at > found.check.checked_at)
        and not (run and run.state == "success" and run.run_id == found.check.run_id)
    )


def failed_at(dag: DagFacts | None, history: TableHistory | None) -> datetime | None:
    """When the run was due that failed; None: the last one did not."""
    run, checks = failed_run(dag), failed_checks(dag, history)
    moments = [*([run.run_after] if run else []), *(found.check.run_at for found in checks)]
    return max(moments, default=None)
