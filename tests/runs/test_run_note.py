"""The note beside a run: whole sentences, on one line that Airflow's database takes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.model.build import Applied, Build
from summary_tables.model.failure import Failure
from summary_tables.model.table import SummaryTable
from summary_tables.runs.run_failure import RunFailure
from summary_tables.runs.run_note import LONGEST, CheckCount, built_note, failure_note, success_note

TABLE = SummaryTable(table="t", schema="s")
AT = datetime(2026, 11, 21, 3, tzinfo=UTC)
BUILD = Build(
    version="t__1", run_id="r", run_at=AT, started_at=AT, built_at=AT + timedelta(seconds=1.44), rows=92, columns=("a",)
)
INCREMENT = replace(BUILD, strategy="append", interval_start=AT - timedelta(days=1), interval_end=AT)
CHECK = Failure(
    step="output_check", table="s.t", check="at least 12 rows", expected="at least 12 rows", actual="7 rows"
)
RUN = RunFailure(table="s.t", dag_id="t", run_id="r", failures=())


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (BUILD, "Published 92 rows in 1.4 s"),
        (replace(BUILD, rows=1, built_at=None), "Published 1 row"),
        (
            replace(INCREMENT, applied_to="t__0", applied=Applied(deleted=3, inserted=92)),
            "Added 92 rows of the run of 2026-11-20 03:00 to 2026-11-21 03:00 UTC to s.t, and removed 3 rows "
            "that they replace",
        ),
        (replace(INCREMENT, skip_reason="There is a newer one."), "There is a newer one"),
    ],
)
def test_what_was_done(build: Build, words: str) -> None:
    assert built_note(TABLE, build) == words


@pytest.mark.parametrize(
    ("passed", "warned", "words"),
    [
        (0, 0, "Published 92 rows in 1.4 s."),
        (1, 0, "Published 92 rows in 1.4 s; 1 check passed."),
        (3, 1, "Published 92 rows in 1.4 s; 3 checks passed, 1 warned."),
        (0, 2, "Published 92 rows in 1.4 s; 2 checks warned."),
    ],
)
def test_what_the_checks_found(passed: int, warned: int, words: str) -> None:
    assert success_note(built_note(TABLE, BUILD), CheckCount(passed=passed, warned=warned)) == words


def test_why_it_failed() -> None:
    one = 'Output check "at least 12 rows" of s.t failed: expected at least 12 rows, got 7 rows.'
    assert failure_note(replace(RUN, failures=(CHECK,))) == one
    assert failure_note(replace(RUN, failures=(CHECK, CHECK, CHECK))) == f"{one} 2 other steps failed, too."
    since = "Failing since 2026-11-20 03:00 UTC (3 runs)."
    assert failure_note(replace(RUN, failures=(replace(CHECK, failing_since=since),))) == f"{one} {since}"
    assert failure_note(replace(RUN, reason="timed_out")) == (
        "The run failed: it took longer than it may and was stopped."
    )


@given(st.text(max_size=3000))
def test_whatever_the_reason_holds_airflow_takes_it(error: str) -> None:
    note = failure_note(replace(RUN, failures=(replace(CHECK, error=error),)))
    assert len(note) <= LONGEST
    assert note == " ".join(note.split())
    assert "\0" not in note
