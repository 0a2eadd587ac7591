"""The headline of what is told of a run of a dbt project, and what readers see."""

import pytest

from summary_tables.model.failure import Failure, Step
from summary_tables.runs.dbt_build.report import DbtRunFailure, DbtRunWarnings, built_note, ended_note
from summary_tables.runs.run_note import failure_note


def failure(step: Step, table: str) -> Failure:
    return Failure(step=step, table=table, check="c", expected="a", actual="b", live=f"{table} was not changed.")


@pytest.mark.parametrize(
    ("failures", "headline", "live"),
    [
        ([failure("test", "shop.orders")], "Test failed: shop.orders", "shop.orders was not changed."),
        ([failure("test", "a"), failure("test", "b")], "2 tests failed: shop", "a was not changed."),
        ([failure("test", "a"), failure("model", "b")], "1 model and 1 test failed: shop", "a was not changed."),
        ([failure("dbt", "dbt project shop")], "Run failed: dbt project shop", "dbt project shop was not changed."),
        ([failure("test", "a"), failure("dbt", "b")], "Several steps failed: shop", "a was not changed."),
        ([], "Run failed: shop", "What was built by then holds new rows, all else its old ones."),
    ],
)
def test_run_that_failed(failures: list[Failure], headline: str, live: str) -> None:
    found = DbtRunFailure(table="shop", dag_id="shop", run_id="r", failures=tuple(failures))
    assert (found.headline, found.live) == (headline, live)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, ""),
        (2, "Also failed: t1: c."),
        (3, "Also failed: t1: c and t2: c."),
        (23, f"Also failed: {', '.join(f't{each}: c' for each in range(1, 21))} and 2 more."),
    ],
)
def test_note_of_a_run_names_what_failed(number: int, words: str) -> None:
    failures = tuple(failure("test", f"t{each}") for each in range(number))
    found = DbtRunFailure(table="shop", dag_id="shop", run_id="r", failures=failures)
    first = 'Test "c" of t0 failed: expected a, got b.'
    assert failure_note(found) == f"{first} {words}".strip()


@pytest.mark.parametrize(
    ("steps", "headline"),
    [
        (["test"], "Test warned: t0"),
        (["source_freshness"], "Source warned: t0"),
        (["source_freshness", "test"], "2 warnings: shop"),
    ],
)
def test_run_with_warnings(steps: list[Step], headline: str) -> None:
    warnings = tuple(failure(step, f"t{number}") for number, step in enumerate(steps))
    found = DbtRunWarnings(table="shop", dag_id="shop", run_id="r", warnings=warnings)
    assert (found.headline, found.live) == (headline, "What was to be built was built all the same.")
    assert str(found) == " ".join((*(each.sentence for each in warnings), found.live))


def test_note() -> None:
    assert built_note(1, 1200, 0) == "Built 1 table; 1,200 tests passed."
    assert built_note(3, 0, 0) == "Built 3 tables."
    assert built_note(2, 1, 1) == "Built 2 tables; 1 test passed, 1 warned."


@pytest.mark.parametrize(("number", "words"), [(1, "1 session"), (2, "2 sessions")])
def test_what_a_try_that_was_killed_had_left_at_work(number: int, words: str) -> None:
    assert ended_note(number) == f"Ended in the warehouse what an earlier try had left at work: {words}."
