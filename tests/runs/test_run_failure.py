"""What the alert about a failed run says, before it is laid out for anybody."""

from dataclasses import replace

import pytest

from summary_tables.model.failure import Failure, Step
from summary_tables.runs.run_failure import (
    RunFailure,
    live_unasked,
    step_of,
    with_unreadable_record,
    without_record,
)

CREATE = Failure(step="create", table="s.t", error="no.", live="The live table was not changed.")
CHECK = Failure(step="output_check", table="s.t", check="a", expected="1 row", actual="none", live="")


def run(*failures: Failure, reason: str = "") -> RunFailure:
    return RunFailure(table="s.t", dag_id="t", run_id="r", failures=failures, reason=reason)


@pytest.mark.parametrize(
    ("failures", "headline"),
    [
        ((), "Run failed: s.t"),
        ((CREATE,), "Building failed: s.t"),
        ((CHECK, replace(CHECK, check="b")), "2 output checks failed: s.t"),
        ((CREATE, CHECK), "Several steps failed: s.t"),
    ],
)
def test_headline(failures: tuple[Failure, ...], headline: str) -> None:
    assert run(*failures).headline == headline
    assert run(*failures).is_urgent


def test_a_run_that_failed_without_a_step_says_why() -> None:
    assert str(run(reason="timed_out")) == (
        "The run of s.t failed: it took longer than it may and was stopped. "
        "The live table holds either the complete old build or the complete new one."
    )


def test_without_an_answer_of_the_warehouse_only_publishing_may_have_changed_what_readers_see() -> None:
    steps: tuple[Step, ...] = ("input_check", "create", "output_check")
    assert {live_unasked(step) for step in steps} == {"The live table was not changed."}
    assert live_unasked("publish") == ("The live table holds either the complete old build or the complete new one.")


def test_a_task_that_is_no_step_is_no_failure() -> None:
    assert step_of("output_check.at_least_12") == "output_check"
    assert (step_of("other"), without_record("s.t", "other"), with_unreadable_record("s.t", "other")) == (None,) * 3
