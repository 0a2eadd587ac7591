"""The callbacks of a DAG: a run that failed or warned becomes an event, which is recorded and told.

They hang on the DAG, not on its tasks: each runs once a run, for killed tasks too.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol, TypedDict

from summary_tables.airflow.incidents import happened
from summary_tables.airflow.run_records import (
    ended_at,
    environment,
    failed_task_ids,
    from_record,
    recorded,
    run_at,
    run_url,
)
from summary_tables.alerts.events import failed, warned
from summary_tables.configs.config import Config
from summary_tables.configs.schedule.cron import CronError, next_runs
from summary_tables.model.failure import WARNING_KEY, XCOM_KEY, Failure
from summary_tables.model.incident import Event
from summary_tables.model.table import SummaryTable
from summary_tables.runs.report import NextRun
from summary_tables.runs.run_failure import RunFailure, cleared_since, with_unreadable_record, without_record
from summary_tables.runs.run_warnings import RunWarnings

_log = logging.getLogger(__name__)

LineOf = Callable[[Failure | None], int]
WordsOfTask = Callable[[str, str], Failure | None]
"""Of a table and a task of it."""


class _Task(Protocol):
    @property
    def retries(self) -> int: ...


class _TaskInstance(Protocol):
    @property
    def task_id(self) -> str: ...
    @property
    def try_number(self) -> int: ...
    @property
    def log_url(self) -> str: ...
    @property
    def task(self) -> _Task: ...


class RunFacts(TypedDict):
    """What every report says of its run."""

    table: str
    dag_id: str
    run_id: str
    owner: str
    run_at: datetime | None
    next_run: NextRun | None
    environment: str
    timezone: str


def no_line(failure: Failure | None) -> int:  # noqa: ARG001 - the shape of LineOf
    """Used where nothing knows the lines of the file."""
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunCallback:
    """A callback that hangs on a DAG; costs nothing to build.

    `line_of` says, in the callback only, which line of the file a failure is about (None: no step failed); 0 for none.
    `warn_task_ids` are the tasks of the checks that let the run go on, in the order of the DAG.
    """

    config: Config = field(repr=False)
    line_of: LineOf = field(default=no_line, repr=False)
    warn_task_ids: tuple[str, ...] = ()

    def __call__(self, context: Any) -> None:
        """Airflow calls it with the context of the run. Never raises."""
        self.notify(context)

    def notify(self, context: Any) -> None:
        """The same, under the name by which dag-factory knows classes of callbacks."""
        if event := self.event(context):
            happened(self.config, event)

    def event(self, context: Any) -> Event | None:
        """What happened, as far as `context` (at least `dag` and `run_id`) and Airflow say; None: nothing of note."""
        raise NotImplementedError

    @property
    def table(self) -> SummaryTable:
        return self.config.table

    def warnings(self, dag_id: str, run_id: str) -> dict[str, Failure]:
        """What the checks that let the run go on recorded, by their tasks; nothing of those that hold."""
        found = ((task_id, self._warning(dag_id, run_id, task_id)) for task_id in self.warn_task_ids)
        return {task_id: warning for task_id, warning in found if warning}

    def _warning(self, dag_id: str, run_id: str, task_id: str) -> Failure | None:
        try:
            return from_record(recorded(dag_id, run_id, task_id, WARNING_KEY))
        except Exception as error:  # whatever Airflow answers, the others must be told
            _log.warning("What the task `%s` recorded could not be read (%s).", task_id, type(error).__name__)
            return None

    def _config_url(self, failure: Failure | None) -> str:
        repository = self.config.settings.repository
        if not repository:
            return ""
        line = self._line(failure)
        return f"{repository.rstrip('/')}/{self.config.file}" + (f"#L{line}" if line else "")

    def _line(self, failure: Failure | None) -> int:
        try:
            return self.line_of(failure)
        except Exception as error:  # the file may have changed or gone since
            _log.warning("The line of the failure in `%s` is not known (%s).", self.config.file, type(error).__name__)
            return 0

    def _of_run(self, context: Any) -> RunFacts:
        return RunFacts(
            table=self.table.full_name,
            dag_id=context["dag"].dag_id,
            run_id=context["run_id"],
            owner=self.table.owner,
            run_at=run_at(context),
            next_run=self._next_run(context),
            environment=environment(),
            timezone=self.table.timezone,
        )

    def _next_run(self, context: Any) -> NextRun | None:
        """A table that catches up goes on with the run after this one; what follows one by hand is not known there."""
        run, now = context.get("dag_run"), datetime.now(UTC)
        catches_up = self.table.refresh.start is not None
        if catches_up and getattr(run, "run_type", "") != "scheduled":
            return None
        after = run_at(context) if catches_up else now
        try:
            (due,) = next_runs(self.table.schedule.cron, after or now, 1, self.table.timezone)
        except CronError:  # no cron expression: the table is built after others, or by hand
            return None
        return NextRun(due=due, is_late=due <= now)


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureCallback(RunCallback):
    """A DAG's `on_failure_callback`: each run that fails is recorded, and told where it is news."""

    def event(self, context: Any) -> Event:
        return failed(self.table, self.report(context), ended_at(context))

    def report(self, context: Any) -> RunFailure:
        dag_id, run_id = context["dag"].dag_id, context["run_id"]
        found = _failed(context)
        task_ids = found or handed_over(context)
        unsaid = cleared_since if found == [] else without_record
        failures = tuple(filter(None, (self._failure(dag_id, run_id, task_id, unsaid) for task_id in task_ids)))
        ti = _only(task_ids, context)
        return RunFailure(
            failures=failures,
            reason=context.get("reason") or "",
            warnings=tuple(self.warnings(dag_id, run_id).values()),
            try_number=ti.try_number if ti else 0,
            tries=max(ti.try_number, ti.task.retries + 1) if ti else 0,
            log_url=ti.log_url if ti else run_url(dag_id, run_id),
            log_is_run=ti is None,
            config_url=self._config_url(failures[0] if failures else None),
            **self._of_run(context),
        )

    def _failure(self, dag_id: str, run_id: str, task_id: str, unsaid: WordsOfTask) -> Failure | None:
        try:
            record = recorded(dag_id, run_id, task_id, XCOM_KEY)
        except Exception as error:  # whatever Airflow answers, somebody must be told
            _log.warning("The record of the failed task `%s` could not be read (%s).", task_id, type(error).__name__)
            return with_unreadable_record(self.table.full_name, task_id)
        return from_record(record) or unsaid(self.table.full_name, task_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningCallback(RunCallback):
    """A DAG's `on_success_callback`: what checks of severity `warn` found in a run that published its table.

    One message a run, none where every check holds.
    """

    def event(self, context: Any) -> Event | None:
        report = self.report(context)
        return warned(self.table, report, datetime.now(UTC)) if report else None

    def report(self, context: Any) -> RunWarnings | None:
        dag_id, run_id = context["dag"].dag_id, context["run_id"]
        found = self.warnings(dag_id, run_id)
        if not found:
            return None
        warnings = tuple(found.values())
        only = next(iter(found)) if len(found) == 1 else ""
        return RunWarnings(
            warnings=warnings,
            log_url=run_url(dag_id, run_id, only),
            log_is_run=not only,
            config_url=self._config_url(warnings[0]),
            **self._of_run(context),
        )


def handed_over(context: Any) -> list[str]:
    """The failed task that ended last, as Airflow knew it when the run ended: it may have been cleared since."""
    ti: _TaskInstance | None = context.get("ti")
    return [ti.task_id] if ti and context.get("reason") in {None, "task_failure"} else []


def _failed(context: Any) -> list[str] | None:
    """The failed tasks in the order of the DAG; None: Airflow does not tell."""
    try:
        found = failed_task_ids(context["dag"].dag_id, context["run_id"])
    except Exception as error:  # whatever Airflow answers, somebody must be told
        _log.warning("The failed tasks of the run could not be read (%s).", type(error).__name__)
        return None
    order = list(context["dag"].task_dict)
    return sorted(found, key=lambda task_id: order.index(task_id) if task_id in order else len(order))


def _only(task_ids: list[str], context: Any) -> _TaskInstance | None:
    """The task instance of the failed task, if it is the only one and Airflow handed it over."""
    ti: _TaskInstance | None = context.get("ti")
    return ti if ti and task_ids == [ti.task_id] else None
