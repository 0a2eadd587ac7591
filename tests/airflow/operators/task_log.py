"""The log of a task as Airflow writes and shows it: the task runs as on a worker, in a process below a supervisor."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from airflow.executors.workloads import BundleInfo
from airflow.executors.workloads.task import TaskInstanceDTO
from airflow.models.taskinstance import TaskInstance
from airflow.sdk.execution_time import supervisor
from airflow.utils.session import create_session
from airflow.utils.state import TaskInstanceState

from tests.conftest import AIRFLOW_HOME


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLog:
    """`state` is the task's in the end."""

    records: Sequence[dict[str, Any]]
    state: str

    @property
    def seen(self) -> str:
        """As the page of the task shows it: what is folded up by its name, without times and sources."""
        return "".join(f"{line}\n" for record in _shown(self.records) for line in _lines(record))


def run_again(run: Any, task_id: str, monkeypatch: pytest.MonkeyPatch, *, more_tries: int = 0) -> TaskLog:
    """Runs a task of a run that is over once more, which may then be tried `more_tries` times."""
    # How often a supervisor looks whether its task has ended.
    monkeypatch.setattr(supervisor, "MIN_HEARTBEAT_INTERVAL", 0.1)
    with create_session() as session:
        task = session.get_one(TaskInstance, run.get_task_instance(task_id).id)
        task.state = TaskInstanceState.QUEUED
        task.max_tries = task.try_number + more_tries - 1
        session.commit()
        workload = TaskInstanceDTO.model_validate(task, from_attributes=True)
    log = AIRFLOW_HOME / "logs" / f"{workload.id}.log"
    log.unlink(missing_ok=True)
    supervisor.supervise_task(
        ti=workload,  # type: ignore[arg-type]  # as Airflow's executors do
        bundle_info=BundleInfo(name="dags-folder", version=None),
        dag_rel_path=Path("summary_table_dags.py"),
        token="",
        client=supervisor.InProcessTestSupervisor._api_client(),  # type: ignore[no-untyped-call]  # Airflow's
        log_path=str(log),
    )
    records = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    return TaskLog(records=records, state=str(run.get_task_instance(task_id).state))


def _shown(records: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    is_folded = False
    for record in records:
        if record["event"] == "::endgroup::":
            is_folded = False
        elif not is_folded:
            yield record
            is_folded = record["event"].startswith("::group::")


def _lines(record: dict[str, Any]) -> Iterator[str]:
    if record["event"].startswith("::group::"):
        yield f"> {record['event'].removeprefix('::group::')}"
        return
    yield f"{record['level'].upper()} - {record['event']}"
    for error in record.get("error_detail", ()):
        yield f"{error['exc_type']}: {error['exc_value']}"
        yield from (f"    File {Path(frame['filename']).name} in {frame['name']}" for frame in error["frames"])
