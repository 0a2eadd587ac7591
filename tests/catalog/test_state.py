"""What state a table is in, and the sentence that says it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from summary_tables.catalog.entry import STATES, Declaration, TableState
from summary_tables.model.build import Build, RollBack
from summary_tables.model.dag_facts import DagFacts
from summary_tables.model.problem import Place, Problem
from summary_tables.model.table import Schedule
from summary_tables.model.table_history import TableHistory
from tests.catalog.made_entries import NOW, declaration
from tests.catalog.made_histories import DAY, DUE, build, dag, failed, history, run
from tests.catalog.made_states import state_of
from tests.golden_files import assert_golden

DAILY = declaration("analytics.nps", schedule=Schedule(cron="0 3 * * *"))
AFTER = declaration("analytics.nps", schedule=Schedule(after=("analytics.mau", "analytics.web")))
BY_HAND = declaration("analytics.nps")
_PROBLEM = Problem(
    path=Path("dag_configs/nps.yaml"),
    file="dag_configs/nps.yaml",
    place=Place(12, 1, 11),
    rule="unknown-key",
    message="`ouput_check` is not a key of this file",
)
BROKEN = Declaration(file="dag_configs/nps.yaml", config=None, problems=(_PROBLEM,))
STOPPED = replace(DAILY, problems=(_PROBLEM,), is_stopped=True)
YESTERDAY = DUE - DAY
TODAY = build()
BEFORE = build(YESTERDAY, rows=90)
GROWS = build(strategy="append", rows=5, applied_to="nps__base", version="nps__increment")
BASE = build(DUE - 300 * DAY, version="nps__base")
WARNED = failed(severity="warn", name="no row twice", expected="exactly 0", actual="3", since=DUE - 2 * DAY)
NO_TABLE = failed(
    expected="", actual="", error="There is no table raw_data.nps in the warehouse.", name="rows in the source"
)
ODD = failed(name='a\n"name" with 채널 <b>', expected="no rows", actual='2 rows: (1, "x\ny")')
OTHERS: Mapping[str, datetime] = {"analytics.mau": DUE, "analytics.web": DUE + timedelta(hours=2)}

HOUR = timedelta(hours=1)
SLOW = build(DUE - HOUR, published_at=NOW)
HOURLY = declaration("analytics.nps", schedule=Schedule(cron="@hourly"))
OLD = build(DUE - 30 * DAY)
MADE_UP_FOR = build(BASE.run_at, started_at=NOW - HOUR, published_at=NOW)
BEHIND_AT = DUE - 9 * DAY
BEHIND = (run(BEHIND_AT, "running"), run(BEHIND_AT - DAY))


def _growing(of: Build) -> Build:
    return replace(of, strategy="append", applied_to="nps__base")


Case = tuple[str, Declaration | None, DagFacts | None, TableHistory | None, dict[str, Any]]


def _case(
    name: str,
    declared: Declaration | None,
    facts: DagFacts | None,
    known: TableHistory | None,
    now: datetime = NOW,
    published_at: Mapping[str, datetime] | None = None,
) -> Case:
    return name, declared, facts, known, {"now": now, "published_at": published_at or {}}


CASES: tuple[Case, ...] = (
    _case("built", DAILY, dag(run()), history(TODAY)),
    _case("built, one check", DAILY, dag(run()), history(TODAY, passed=1)),
    _case("built, two checks", DAILY, None, history(TODAY, passed=2)),
    _case("built, no checks", DAILY, None, history(TODAY, passed=0)),
    _case("built, and runs again", DAILY, dag(run(NOW, "running"), run()), history(TODAY)),
    _case("built yesterday, due soon", DAILY, None, history(BEFORE), now=DUE + timedelta(minutes=59)),
    _case("built by hand long ago", BY_HAND, dag(next_run_at=None), history(BASE)),
    _case("grows", DAILY, dag(run()), history(GROWS, live=BASE)),
    _case("only Airflow was asked", DAILY, dag(run()), None),
    _case("warns", DAILY, dag(run()), history(TODAY, WARNED)),
    _case("fails", DAILY, dag(run(state="failed"), run(YESTERDAY)), history(BEFORE, failed())),
    _case(
        "fails for days",
        DAILY,
        dag(run(state="failed"), run(YESTERDAY, "failed"), run(DUE - 2 * DAY, "failed")),
        history(build(DUE - 3 * DAY), failed(since=DUE - 2 * DAY, runs=3)),
    ),
    _case("fails, Airflow was not asked", DAILY, None, history(BEFORE, failed(since=DUE - 9 * DAY))),
    _case("fails several checks", DAILY, None, history(BEFORE, failed(), failed(position=2), failed(position=3))),
    _case("fails with words of people", DAILY, None, history(BEFORE, ODD)),
    _case("a check could not be asked", DAILY, None, history(None, NO_TABLE)),
    _case("fails without a check", DAILY, dag(run(state="failed")), history(BEFORE)),
    _case("fails later without a check", DAILY, dag(run(state="failed")), history(None, failed(YESTERDAY))),
    _case("fails and is paused", DAILY, dag(run(state="failed"), is_paused=True), history(BEFORE, failed())),
    _case("fails and is tried again", DAILY, dag(run(NOW, "running"), run(state="failed")), history(BEFORE)),
    _case("a check fails while its run goes on", DAILY, dag(run(state="running")), history(BEFORE, failed())),
    _case("somebody let it go on", DAILY, dag(run()), history(BEFORE, failed())),
    _case("failed, and was published all the same", DAILY, None, history(build(NOW), failed())),
    _case("late", DAILY, None, history(BEFORE)),
    _case("late, runs", DAILY, dag(run(state="running"), run(YESTERDAY)), history(BEFORE)),
    _case("late, waits in the queue", DAILY, dag(run(state="queued"), run(YESTERDAY)), history(BEFORE)),
    _case("late, was not started", DAILY, dag(run(YESTERDAY), next_run_at=DUE), history(BEFORE)),
    _case("late, its file is not found", DAILY, dag(run(YESTERDAY), is_stale=True), history(BEFORE)),
    _case("late, only Airflow was asked", DAILY, dag(run(YESTERDAY), next_run_at=DUE), None),
    _case("its schedule was changed since", DAILY, dag(run(YESTERDAY)), history(BEFORE)),
    _case("an earlier day was made up for", DAILY, None, history(MADE_UP_FOR)),
    _case("an earlier day was made up for, and it grows", DAILY, dag(run()), history(_growing(MADE_UP_FOR))),
    _case("days are made up for", DAILY, dag(*BEHIND, next_run_at=BEHIND_AT + DAY), history(_growing(MADE_UP_FOR))),
    _case("was built while it was due", DAILY, dag(run(state="queued")), history(build(YESTERDAY, published_at=NOW))),
    _case("resumed after weeks, runs", DAILY, dag(run(NOW, "running")), history(OLD), NOW + timedelta(minutes=20)),
    _case("a run that was to build it did not", DAILY, dag(run(), run(YESTERDAY)), history(OLD)),
    _case("every hour", HOURLY, dag(next_run_at=NOW - 2 * HOUR), history(build(NOW - 3 * HOUR))),
    _case("others came", AFTER, dag(run(YESTERDAY), next_run_at=None), history(BEFORE), published_at=OTHERS),
    _case("others came, Airflow was not asked", AFTER, None, history(BEFORE), published_at=OTHERS),
    _case("others came while it was built", AFTER, None, history(SLOW), published_at=OTHERS),
    _case("one came", AFTER, None, history(BEFORE), published_at={**OTHERS, "analytics.web": DUE - 2 * DAY}),
    _case("others came just now", AFTER, None, history(BEFORE), published_at={**OTHERS, "analytics.web": NOW}),
    _case("rolled back", DAILY, dag(run()), history(TODAY, live=BEFORE)),
    _case("rolled back to a build of the same day", DAILY, None, history(TODAY, live=build(DUE - timedelta(hours=2)))),
    _case("its view is gone", DAILY, dag(run()), replace(history(TODAY), live=None)),
    _case("paused", DAILY, dag(run(YESTERDAY), is_paused=True), history(BEFORE)),
    _case("paused, the warehouse was not asked", DAILY, dag(is_paused=True), None),
    _case("never built, due", DAILY, dag(), TableHistory()),
    _case("never built, was due", DAILY, dag(next_run_at=DUE), TableHistory()),
    _case("never built, runs", DAILY, dag(run(NOW, "running")), TableHistory()),
    _case("never built, waits in the queue", DAILY, dag(run(state="queued")), TableHistory()),
    _case("never built, a run was marked as a success", DAILY, dag(run()), TableHistory()),
    _case("never built, paused", DAILY, dag(is_paused=True), TableHistory()),
    _case("never built, after", AFTER, None, TableHistory()),
    _case("never built, by hand", BY_HAND, None, TableHistory()),
    _case("broken file", BROKEN, dag(is_stale=True), history(BEFORE)),
    _case("broken file, never built", BROKEN, None, None),
    _case("stopped by a rule", STOPPED, None, history(BEFORE)),
    _case("orphaned", None, None, history(BEFORE)),
    _case("orphaned, gone", None, None, TableHistory()),
    _case("nobody was asked", DAILY, None, None),
    _case("no run ended, the warehouse did not say", DAILY, dag(run(NOW, "running")), None),
)


def _state(case: Case) -> TableState:
    _, declared, facts, known, asked = case
    return state_of(declared, facts, known, **asked)


def test_sentences() -> None:
    lines = [f"{case[0]}\n    {state.state}: {state.sentence}\n" for case in CASES for state in (_state(case),)]
    assert_golden("catalog/states.txt", "".join(lines))


def test_every_state_is_reached() -> None:
    assert {_state(case).state for case in CASES} == set(STATES)


def test_a_roll_back_is_since_somebody_did_it() -> None:
    at = NOW - timedelta(hours=2)
    shown = {"from_shown_at": TODAY.run_at, "to_shown_at": BEFORE.run_at}
    back = RollBack(from_version=TODAY.version, to_version=BEFORE.version, at=at, role="ana", **shown)
    state = state_of(DAILY, None, replace(history(TODAY, live=BEFORE), roll_back=back), NOW)
    assert (state.state, state.since) == ("late", at)


@pytest.mark.parametrize("minutes", [0, 59, 60, 61])
def test_what_is_due_has_an_hour(minutes: int) -> None:
    state = state_of(DAILY, None, history(BEFORE), DUE + timedelta(minutes=minutes))
    assert state.state == ("late" if minutes >= 60 else "fresh")


def _as_shown(known: TableHistory, is_shown: bool) -> TableHistory:
    return known if is_shown else replace(known, live=None)


_MOMENTS = st.timedeltas(-timedelta(days=20), timedelta(days=2)).map(lambda span: NOW + span)
_RUNS = st.builds(run, _MOMENTS, st.sampled_from(["queued", "running", "success", "failed"]))
_DAGS = st.none() | st.builds(
    lambda runs, **facts: dag(*sorted(runs, key=lambda each: each.run_after, reverse=True), **facts),
    st.lists(_RUNS, max_size=4),
    is_paused=st.booleans(),
    is_stale=st.booleans(),
    next_run_at=st.none() | _MOMENTS,
)
_BUILDS = st.none() | st.builds(build, _MOMENTS, st.integers(0, 10**9), strategy=st.sampled_from(["replace", "append"]))
_FAILED = st.builds(
    failed,
    _MOMENTS,
    severity=st.sampled_from(["error", "warn"]),
    name=st.text(),
    expected=st.text(),
    actual=st.text(),
    error=st.text(),
)
_HISTORIES = st.none() | st.builds(
    lambda newest, live, failing, is_shown: _as_shown(history(newest, *failing, live=live), is_shown),
    _BUILDS,
    _BUILDS,
    st.lists(_FAILED, max_size=3),
    st.booleans(),
)
_DECLARATIONS = st.sampled_from([None, BROKEN, STOPPED, DAILY, AFTER, BY_HAND])
_PUBLISHED = st.dictionaries(st.sampled_from(["analytics.mau", "analytics.web"]), _MOMENTS)


@given(declared=_DECLARATIONS, facts=_DAGS, known=_HISTORIES, published_at=_PUBLISHED, now=_MOMENTS)
def test_whatever_is_known_there_is_one_line_in_utc(
    declared: Declaration | None,
    facts: DagFacts | None,
    known: TableHistory | None,
    published_at: dict[str, datetime],
    now: datetime,
) -> None:
    state = state_of(declared, facts, known, now, published_at)
    event(state.state)
    assert state.state in STATES
    assert state.sentence.strip()
    assert "None" not in state.sentence
    assert len(state.sentence.splitlines()) == 1
    assert state.since is None or state.since.utcoffset() == timedelta()
    # Where the clock is said in another zone, nothing is different.
    moved = now.astimezone(datetime(2026, 1, 1, tzinfo=UTC).astimezone().tzinfo)
    assert state_of(declared, facts, known, moved, published_at) == state


@given(facts=_DAGS, known=_HISTORIES, now=_MOMENTS)
def test_what_is_fresh_is_neither_old_nor_failed(
    facts: DagFacts | None, known: TableHistory | None, now: datetime
) -> None:
    state = state_of(DAILY, facts, known, now)
    if state.state == "fresh" and facts is None and known and known.newest:
        due = (now - timedelta(hours=1)).replace(hour=3, minute=0, second=0, microsecond=0)
        last_due = due if due <= now - timedelta(hours=1) else due - DAY
        assert max(known.newest.run_at, known.newest.published_at or known.newest.run_at) >= last_due
