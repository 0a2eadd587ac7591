"""The callback that tells Slack about a failed run. It hangs on the DAG: it runs once a run, for killed tasks too."""

import logging
from dataclasses import dataclass
from typing import Any, Protocol

from summary_tables.airflow.notifiers.notifier import RunNotifier, environment, from_record, run_at, run_url
from summary_tables.airflow.notifiers.run_records import failed_task_ids, recorded
from summary_tables.airflow.notifiers.slack.message import slack_message
from summary_tables.airflow.notifiers.slack.send import send
from summary_tables.model.failure import XCOM_KEY, Failure
from summary_tables.runs.run_failure import RunFailure, with_unreadable_record, without_record

_log = logging.getLogger(__name__)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureNotifier(RunNotifier):
    """A DAG's `on_failure_callback`."""

    def notify(self, context: Any) -> None:
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
            warnings=tuple(self.warnings(dag_id, run_id).values()),
            owner=self.owner,
            run_at=run_at(context),
            try_number=ti.try_number if ti else 0,
            tries=max(ti.try_number, ti.task.retries + 1) if ti else 0,
            log_url=ti.log_url if ti else run_url(dag_id, run_id),
            log_is_run=ti is None,
            config_url=self._config_url(failures[0] if failures else None),
            next_run=self._next_run(context),
            environment=environment(),
        )

    def _failure(self, dag_id: str, run_id: str, task_id: str) -> Failure | None:
        try:
            record = recorded(dag_id, run_id, task_id, XCOM_KEY)
        except Exception as error:  # whatever Airflow answers, Slack must be told
            _log.warning("The record of the failed task `%s` could not be read (%s).", task_id, type(error).__name__)
            return with_unreadable_record(self.full_name, task_id)
        return from_record(record) or without_record(self.full_name, task_id)


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
