"""What the callbacks of a DAG share: what they know of the table, and what they read of a run."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from airflow.sdk.configuration import conf
from croniter import croniter

from summary_tables.airflow.notifiers.run_records import recorded
from summary_tables.model.failure import WARNING_KEY, Failure
from summary_tables.model.settings import Slack
from summary_tables.runs.report import NextRun

_FAILURE_FIELDS = frozenset(field.name for field in fields(Failure))

_log = logging.getLogger(__name__)

LineOf = Callable[[Failure | None], int]


def no_line(failure: Failure | None) -> int:  # noqa: ARG001 - the shape of LineOf
    """Used where nothing knows the lines of the file."""
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunNotifier:
    """A callback that hangs on a DAG; costs nothing to build.

    `config_file` is the path of the table's file inside the repository, e.g. `dag_configs/nps_summary.yaml`, and
    `repository` the address under which that can be read in a browser (`Settings.repository`); without it there is no
    link. `line_of` says, in the callback only, which line of the file a failure is about (None: no step failed);
    0 for none. `cron` is the table's schedule, empty when it has none; with `catches_up` each past interval gets a run,
    too. `warn_task_ids` are the tasks of the checks that let the run go on, in the order of the DAG.
    """

    full_name: str
    owner: str = ""
    config_file: str = ""
    repository: str = ""
    cron: str = ""
    catches_up: bool = False
    slack: Slack = field(default_factory=Slack)
    line_of: LineOf = field(default=no_line, repr=False)
    warn_task_ids: tuple[str, ...] = ()

    def __call__(self, context: Any) -> None:
        """Airflow calls it with the context of the run. Never raises."""
        self.notify(context)

    def notify(self, context: Any) -> None:
        """The same, under the name by which dag-factory knows classes of callbacks."""
        raise NotImplementedError

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

    def _next_run(self, context: Any) -> NextRun | None:
        """A table that catches up goes on with the run after this one; what follows one by hand is not known there."""
        run, now = context.get("dag_run"), datetime.now(UTC)
        if self.catches_up and getattr(run, "run_type", "") != "scheduled":
            return None
        after = run_at(context) if self.catches_up else now
        try:
            due: datetime = croniter(self.cron, after or now).get_next(datetime)
        except ValueError:  # no cron expression: the table is built after others, or by hand
            return None
        return NextRun(due=due, is_late=due <= now)


def from_record(record: Any) -> Failure | None:
    """A record written by another version of this code may have other fields; those are left out."""
    if not isinstance(record, dict):
        return None
    try:
        return Failure(**{name: value for name, value in record.items() if name in _FAILURE_FIELDS})
    except TypeError:
        return None


def run_at(context: Any) -> datetime | None:
    """When the run was due; also set for the runs that have no logical date."""
    dag_run = context.get("dag_run")
    due: datetime | None = dag_run.run_after if dag_run else None
    return due.astimezone(UTC) if due else None


def run_url(dag_id: str, run_id: str, task_id: str = "") -> str:
    """The page of the run, or of one of its tasks; empty where Airflow does not know its own address."""
    base_url = conf.get("api", "base_url", fallback="") or ""
    page = f"{base_url.rstrip('/')}/dags/{dag_id}/runs/{quote(run_id)}" if base_url else ""
    return f"{page}/tasks/{quote(task_id)}" if page and task_id else page


def environment() -> str:
    """What this Airflow is called; empty where nobody named it."""
    return conf.get("api", "instance_name", fallback="") or ""
