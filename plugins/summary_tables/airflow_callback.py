"""The callback that tells Slack about a failed run. It hangs on the DAG: it runs once a run, for killed tasks too."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import quote

from airflow.sdk.configuration import conf
from croniter import croniter

from summary_tables.airflow_run_records import failed_task_ids, recorded
from summary_tables.airflow_slack import send
from summary_tables.failure import XCOM_KEY, Failure
from summary_tables.model import Slack
from summary_tables.run_failure import RunFailure, with_unreadable_record, without_record
from summary_tables.slack_message import slack_message

_FAILURE_FIELDS = frozenset(field.name for field in fields(Failure))

_log = logging.getLogger(__name__)

LineOf = Callable[[Failure | None], int]


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


def no_line(failure: Failure | None) -> int:  # noqa: ARG001 - the shape of LineOf
    """Used where nothing knows the lines of the file."""
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureNotifier:
    """A DAG's `on_failure_callback`; costs nothing to build.

    `config_file` is the path of the table's file inside the repository, e.g. `dag_configs/nps_summary.yaml`, and
    `repository` the address under which that can be read in a browser (`Settings.repository`); without it there is no
    link. `line_of` says, in the callback only, which line of the file a failure is about (None: no step failed);
    0 for none. `cron` is the table's schedule, empty when it has none.
    """

    full_name: str
    owner: str = ""
    config_file: str = ""
    repository: str = ""
    cron: str = ""
    slack: Slack = field(default_factory=Slack)
    line_of: LineOf = field(default=no_line, repr=False)

    def __call__(self, context: Any) -> None:
        """Airflow calls it with the context of the run. Never raises."""
        self.notify(context)

    def notify(self, context: Any) -> None:
        """The same, under the name by which dag-factory knows classes of callbacks."""
        send(slack_message(self.run_failure(context), self.slack.mention), self.slack.conn_id)

    def run_failure(self, context: Any) -> RunFailure:
        """What happened, as far as `context` (at least `dag` and `run_id`) and Airflow tell."""
        dag_id, run_id = context["dag"].dag_id, context["run_id"]
        task_ids = _failed(context, dag_id, run_id)
        failures = tuple(filter(None, (self._failure(dag_id, run_id, task_id) for task_id in task_ids)))
        ti = _only(task_ids, context)
        return RunFailure(
            table=self.full_name,
            dag_id=dag_id,
            run_id=run_id,
            failures=failures,
            reason=context.get("reason") or "",
            owner=self.owner,
            run_at=_run_at(context),
            try_number=ti.try_number if ti else 0,
            tries=max(ti.try_number, ti.task.retries + 1) if ti else 0,
            log_url=ti.log_url if ti else _run_url(dag_id, run_id),
            log_is_run=ti is None,
            config_url=self._config_url(failures[0] if failures else None),
            next_run=self._next_run(),
            environment=conf.get("api", "instance_name", fallback="") or "",
        )

    def _failure(self, dag_id: str, run_id: str, task_id: str) -> Failure | None:
        try:
            record = recorded(dag_id, run_id, task_id, XCOM_KEY)
        except Exception as error:  # whatever Airflow answers, Slack must be told
            _log.warning("The record of the failed task `%s` could not be read (%s).", task_id, type(error).__name__)
            return with_unreadable_record(self.full_name, task_id)
        return _from_record(record) or without_record(self.full_name, task_id)

    def _config_url(self, failure: Failure | None) -> str:
        if not (self.repository and self.config_file):
            return ""
        line = self._line(failure)
        return f"{self.repository.rstrip('/')}/{self.config_file}" + (f"#L{line}" if line else "")

    def _line(self, failure: Failure | None) -> int:
        try:
            return self.line_of(failure)
        except Exception as error:  # the file may have changed or gone since
            _log.warning("The line of the failure in `%s` is not known (%s).", self.config_file, type(error).__name__)
            return 0

    def _next_run(self) -> datetime | None:
        try:
            following: datetime | None = croniter(self.cron, datetime.now(UTC)).get_next(datetime)
        except ValueError:  # no cron expression: the table is built after others, or by hand
            return None
        return following


def _failed(context: Any, dag_id: str, run_id: str) -> list[str]:
    """The failed tasks in the order of the DAG; if Airflow does not tell, the one that ended last."""
    try:
        found = failed_task_ids(dag_id, run_id)
    except Exception as error:  # whatever Airflow answers, Slack must be told
        _log.warning("The failed tasks of the run could not be read (%s).", type(error).__name__)
        ti: _TaskInstance | None = context.get("ti")
        found = [ti.task_id] if ti and context.get("reason") in {None, "task_failure"} else []
    order = list(context["dag"].task_dict)
    return sorted(found, key=lambda task_id: order.index(task_id) if task_id in order else len(order))


def _only(task_ids: list[str], context: Any) -> _TaskInstance | None:
    """The task instance of the failed task, if it is the only one and Airflow handed it over."""
    ti: _TaskInstance | None = context.get("ti")
    return ti if ti and task_ids == [ti.task_id] else None


def _from_record(record: Any) -> Failure | None:
    """A record written by another version of this code may have other fields; those are left out."""
    if not isinstance(record, dict):
        return None
    try:
        return Failure(**{name: value for name, value in record.items() if name in _FAILURE_FIELDS})
    except TypeError:
        return None


def _run_at(context: Any) -> datetime | None:
    """When the run was due; also set for the runs that have no logical date."""
    dag_run = context.get("dag_run")
    due: datetime | None = dag_run.run_after if dag_run else None
    return due.astimezone(UTC) if due else None


def _run_url(dag_id: str, run_id: str) -> str:
    base_url = conf.get("api", "base_url", fallback="") or ""
    return f"{base_url.rstrip('/')}/dags/{dag_id}/runs/{quote(run_id)}" if base_url else ""
