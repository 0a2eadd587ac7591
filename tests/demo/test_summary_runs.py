from datetime import UTC, datetime
from typing import Any

import pytest

from demo.rest_client import Run, Step
from demo.summary_runs import Outcome, failure_words

RUN = Run(dag_id="d", run_id="r", state="success", queued_at=datetime(2026, 1, 2, tzinfo=UTC), seconds=3.0)


def test_the_checks_of_a_group_are_added_up() -> None:
    steps = tuple(
        Step(task_id=task_id, state="success", tries=1, seconds=seconds)
        for task_id, seconds in [("input_check.a", 0.5), ("input_check.b", 0.25), ("create", 1.0), ("publish", None)]
    )
    assert Outcome(run=RUN, steps=steps).seconds_by_step == {"input_check": 0.75, "create": 1.0, "publish": 0}


RAISED = {"level": "error", "event": "Task failed with exception", "error_detail": [{"exc_value": "expected 3, got 2"}]}
LOGGED = {"level": "error", "event": "The server has gone away"}
EXITED = {"level": "error", "event": "Task exited", "exit_code": 1}
SAID = {"level": "info", "event": "Check passed"}


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ([SAID, LOGGED, RAISED, LOGGED], "expected 3, got 2"),
        ([SAID, LOGGED, SAID], "The server has gone away"),
        ([SAID, LOGGED, EXITED], "The server has gone away"),
        ([SAID], ""),
        ([{"event": "a line without a level"}], ""),
    ],
)
def test_the_words_of_a_failure(log: list[dict[str, Any]], words: str) -> None:
    assert failure_words(log) == words
