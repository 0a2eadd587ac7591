"""Follows the runs that build the summary tables, and tells how they went."""

import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from demo.rest_client import RestClient, Run, Step

FAILED_STATES = ("failed", "up_for_retry")
TASK_EXITED = "Task exited"
"""What Airflow adds to the log of a task that has said why it fails."""
RUN_COMES_WITHIN = 20
RUN_COMES_AGAIN_WITHIN = 3
"""Seconds after which a run is started by hand when the scheduler has not made one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How the run of one DAG went; `words` say why it failed."""

    run: Run
    steps: tuple[Step, ...]
    words: str = ""

    @property
    def seconds_by_step(self) -> dict[str, float]:
        """By the first part of the task's id: the checks of a group together."""
        totals: dict[str, float] = {}
        for step in self.steps:
            name = step.task_id.partition(".")[0]
            totals[name] = totals.get(name, 0) + (step.seconds or 0)
        return totals


@dataclass(slots=True, kw_only=True)
class RunWatch:
    """Follows one DAG from its appearance to the end of its first run after `since`.

    A task that failed counts as a failed run, though Airflow may try it again minutes later.
    """

    api: RestClient
    dag_id: str
    since: datetime
    outcome: Outcome | None = None
    doing: str = "waits for its DAG"
    has_dag: bool = False
    _waiting_since: float = field(default=0, init=False)

    def look(self) -> bool:
        """Asks Airflow for news; True once there is an outcome."""
        if not self.has_dag and self.api.has_dag(self.dag_id):
            self.has_dag = True
            self.doing = "waits for its run"
            self._waiting_since = time.monotonic()
        if self.has_dag and self.outcome is None:
            self._follow()
        return self.outcome is not None

    def _follow(self) -> None:
        runs = self.api.runs(self.dag_id)
        run = next((run for run in runs if run.queued_at >= self.since), None)
        # With older runs there may be none due: the schedule has had its run of today.
        patience = RUN_COMES_WITHIN if not runs else RUN_COMES_AGAIN_WITHIN
        if run:
            self._judge(run, self.api.steps(run))
        elif time.monotonic() > self._waiting_since + patience:
            self.api.trigger(self.dag_id)
            self._waiting_since = time.monotonic()

    def _judge(self, run: Run, steps: list[Step]) -> None:
        self.doing = next((step.task_id for step in steps if step.state in ("queued", "running")), self.doing)
        failed = next((step for step in steps if step.state in FAILED_STATES), None)
        if failed:
            words = failure_words(self.api.log(run, failed)) or f"The task {failed.task_id} ended without a word."
            self.outcome = Outcome(run=run, steps=tuple(steps), words=words)
        elif run.state == "failed":
            self.outcome = Outcome(run=run, steps=tuple(steps), words=f"The run {run.run_id} failed.")
        elif run.state == "success":
            self.outcome = Outcome(run=run, steps=tuple(steps))


def failure_words(log: list[dict[str, Any]]) -> str:
    """What a task's log says about its failure, in its lines: the text of the exception, or else the last error; may be
    empty."""
    errors = [line for line in log if line.get("level") in ("error", "critical") and line["event"] != TASK_EXITED]
    raised = [detail["exc_value"] for line in errors for detail in line.get("error_detail") or []]
    words = raised or [str(line["event"]) for line in errors]
    return words[-1].strip() if words else ""
