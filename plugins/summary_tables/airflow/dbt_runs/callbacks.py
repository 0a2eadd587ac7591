"""The callbacks of a dbt project's DAG: what failed and warned in a run, by model and test."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from summary_tables.airflow.callbacks import FailureCallback, RunCallback, handed_over
from summary_tables.airflow.dbt_runs.failed_tasks import cleared_since, not_cleared, without_record, without_result
from summary_tables.airflow.dbt_runs.task_ids import BUILD, FAILED, FAILURES_KEY, FRESHNESS, WARNINGS_KEY
from summary_tables.airflow.run_records import (
    failed_task_ids,
    from_record,
    recorded,
    run_url,
)
from summary_tables.alerts.events import published, warned
from summary_tables.model.failure import WAIT, XCOM_KEY, Failure
from summary_tables.model.incident import Event
from summary_tables.runs.dbt_build.report import DbtRunFailure, DbtRunWarnings
from summary_tables.runs.run_failure import KNOWN_REASONS

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class DbtFailureCallback(FailureCallback):
    """`project` is the folder of the project inside the repository, for links into it."""

    project: str = ""

    def report(self, context: Any) -> DbtRunFailure:
        dag_id, run_id = context["dag"].dag_id, context["run_id"]
        found = _failed(dag_id, run_id)
        task_ids, name = found or _handed_over(context), self.table.full_name
        unsaid = cleared_since if found == [] else without_record
        failures = tuple(_failures(name, dag_id, run_id, task_ids, unsaid))
        # Airflow hands over a task wherever one has failed, also if it was cleared since.
        if found == [] and context.get("ti") is None and (context.get("reason") or "") not in KNOWN_REASONS:
            failures = (without_result(name),)
        only = task_ids[0] if len(task_ids) == 1 else ""
        return DbtRunFailure(
            failures=failures,
            reason=context.get("reason") or "",
            warnings=tuple(_warnings(dag_id, run_id)),
            log_url=run_url(dag_id, run_id, only if only in (BUILD, FRESHNESS) else ""),
            log_is_run=only not in (BUILD, FRESHNESS),
            config_url=project_url(self, self.project, failures[0] if failures else None),
            **self._of_run(context),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DbtWarningCallback(RunCallback):
    """One message a run in which tests or sources warned; and where what failed in it was cleared and is well now,
    that it is over. A run in which nothing failed says that itself."""

    project: str = ""

    def event(self, context: Any) -> Event | None:
        dag_id, run_id = context["dag"].dag_id, context["run_id"]
        if _records(dag_id, run_id, BUILD, FAILURES_KEY):
            return published(self.table, None, run_id, datetime.now(UTC))
        warnings = tuple(_warnings(dag_id, run_id))
        if not warnings:
            return None
        report = DbtRunWarnings(
            warnings=warnings,
            log_url=run_url(dag_id, run_id, BUILD),
            config_url=project_url(self, self.project, warnings[0]),
            **self._of_run(context),
        )
        return warned(self.table, report, datetime.now(UTC))


def project_url(callback: RunCallback, project: str, failure: Failure | None) -> str:
    """The place in the project in a browser, or the project's file in `dag_configs/`."""
    repository = callback.config.settings.repository.rstrip("/")
    if not repository:
        return ""
    path, _, line = failure.place.rpartition(":") if failure and ":" in failure.place else ("", "", "")
    file = path or (failure.place if failure else "")
    if not file:
        return f"{repository}/{callback.config.file}"
    return f"{repository}/{Path(project, file).as_posix()}" + (f"#L{line}" if line else "")


def _failed(dag_id: str, run_id: str) -> list[str] | None:
    """The failed tasks by name; of mapped ones with their number: `failed_0`. None: Airflow does not tell."""
    try:
        return failed_task_ids(dag_id, run_id)
    except Exception as error:  # whatever Airflow answers, somebody must be told
        _log.warning("The failed tasks of the run could not be read (%s).", type(error).__name__)
        return None


def _handed_over(context: Any) -> list[str]:
    """The same of the one that Airflow hands over."""
    number = getattr(context.get("ti"), "map_index", -1)
    return [f"{task_id}_{number}" if number >= 0 else task_id for task_id in handed_over(context)]


def _failures(
    project: str, dag_id: str, run_id: str, task_ids: list[str], unsaid: Callable[[str, str], Failure]
) -> Iterator[Failure]:
    """`unsaid` has the words of a task that left none."""

    def of_task(task_id: str) -> Failure:
        return from_record(_recorded(dag_id, run_id, task_id, XCOM_KEY)) or unsaid(project, task_id)

    if WAIT in task_ids:
        yield of_task(WAIT)
    if FRESHNESS in task_ids:
        yield from _records(dag_id, run_id, FRESHNESS, FAILURES_KEY) or [of_task(FRESHNESS)]
    if BUILD in task_ids:
        yield of_task(BUILD)
    numbers = {int(each.rpartition("_")[2]) for each in task_ids if each.startswith(f"{FAILED}_")}
    # `airflow dags test` does not tell them apart.
    if numbers or FAILED in task_ids:
        told = _recorded(dag_id, run_id, BUILD, FAILURES_KEY)
        found = [failure for number, failure in enumerate(_as_failures(told)) if number in numbers or not numbers]
        yield from found or ([not_cleared(project)] if isinstance(told, list | tuple) else [])


def _warnings(dag_id: str, run_id: str) -> Iterator[Failure]:
    for task_id in (FRESHNESS, BUILD):
        yield from _records(dag_id, run_id, task_id, WARNINGS_KEY)


def _records(dag_id: str, run_id: str, task_id: str, key: str) -> list[Failure]:
    return _as_failures(_recorded(dag_id, run_id, task_id, key))


def _as_failures(found: Any) -> list[Failure]:
    return list(filter(None, map(from_record, found))) if isinstance(found, list | tuple) else []


def _recorded(dag_id: str, run_id: str, task_id: str, key: str) -> Any:
    try:
        return recorded(dag_id, run_id, task_id, key)
    except Exception as error:  # whatever Airflow answers, somebody must be told
        _log.warning("What the task `%s` recorded could not be read (%s).", task_id, type(error).__name__)
        return None
