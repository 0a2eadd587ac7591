"""What becomes of an incident, event by event."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from summary_tables.alerts.decide import MOST_CAUSES, decide
from summary_tables.alerts.policy import Policy
from summary_tables.model.incident import FAILED_CAUSE, Event, EventKind, Incident, Place
from summary_tables.model.notice import Notice

START = datetime(2026, 11, 20, 3, tzinfo=UTC)
HOUR = timedelta(hours=1)
POLICY = Policy(places=(Place(conn_id="a"),), remind_after=24 * HOUR)
NOTICE = Notice(sign="❌", headline="Failed", words="Failed.", is_urgent=True)


@dataclass(frozen=True)
class Step:
    """What happens `hours` after the beginning, and the kind of message that follows; "": none."""

    kind: EventKind
    hours: int
    said: str
    cause: str = "a"
    run: str = ""
    silent: bool = False


def played(*steps: Step, policy: Policy = POLICY) -> Incident | None:
    found: Incident | None = None
    for number, step in enumerate(steps):
        at = START + step.hours * HOUR
        event = Event(
            kind=step.kind,
            schema="s",
            table="t",
            at=at,
            notice=None if step.kind in ("published", "mended", "unchanged", "over") else NOTICE,
            causes=(step.cause,),
            reason=f"Because of {step.cause}.",
            run_id=step.run or f"run {number}",
            is_silent=step.silent,
        )
        decision = decide(found, event, policy, at, lambda: "new")
        assert (decision.kind or "") == step.said, step
        assert (decision.notice is None) == (not step.said)
        found = decision.incident if decision.incident and decision.incident.is_open else None
        last = decision.incident
    return last


DAYS = {
    "once": [Step("failed", 0, "first"), Step("published", 1, "recovery")],
    "again and again": [
        Step("failed", 0, "first"),
        Step("failed", 1, ""),
        Step("failed", 23, ""),
        Step("failed", 24, "reminder"),
        Step("failed", 25, ""),
        Step("failed", 48, "reminder"),
        Step("published", 49, "recovery"),
    ],
    "another cause, and the first again": [
        Step("failed", 0, "first"),
        Step("failed", 1, "change", cause="b"),
        Step("failed", 2, ""),
        Step("failed", 3, "", cause="b"),
        Step("failed", 4, "change", cause="c"),
    ],
    "late because it fails": [Step("failed", 0, "first"), Step("late", 1, "", cause=FAILED_CAUSE)],
    "late because it is paused since": [Step("failed", 0, "first"), Step("late", 1, "change", cause="paused")],
    "late, then failed": [
        Step("late", 0, "first", cause="running"),
        Step("failed", 1, "change"),
        Step("published", 2, "recovery"),
    ],
    "nobody looks": [Step("failed", 0, "first"), Step("unchanged", 23, ""), Step("unchanged", 24, "reminder")],
    "nothing is wrong": [
        Step("published", 0, ""),
        Step("mended", 1, ""),
        Step("unchanged", 2, ""),
        Step("over", 3, ""),
        Step("warned", 4, "warning"),
    ],
    "a file": [
        Step("broken_file", 0, "first"),
        Step("broken_file", 25, "reminder"),
        Step("mended", 26, "recovery"),
    ],
    "nobody expects it any more": [Step("failed", 0, "first"), Step("over", 1, "")],
    "in silence": [Step("late", 0, "", silent=True), Step("unchanged", 99, ""), Step("published", 100, "")],
    "no longer in silence": [
        Step("late", 0, "", cause="upstream", silent=True),
        Step("late", 1, "", cause="upstream", silent=True),
        Step("failed", 2, "first"),
        Step("published", 3, "recovery"),
    ],
}


@pytest.mark.parametrize("name", DAYS)
def test_what_is_said(name: str) -> None:
    played(*DAYS[name])


def test_nobody_is_reminded_where_that_is_so_said() -> None:
    played(Step("failed", 0, "first"), Step("failed", 9999, ""), policy=replace(POLICY, remind_after=None))


def test_a_run_that_is_told_twice_is_one() -> None:
    last = played(Step("failed", 0, "first", run="1"), Step("failed", 0, "", run="1"), Step("failed", 1, "", run="2"))
    assert last is not None
    assert (last.failed_runs, last.opened_by, last.last_run_id) == (2, "1", "2")


def test_a_clock_that_was_set_back_ends_nothing_before_it_began() -> None:
    last = played(Step("failed", 5, "first"), Step("published", 1, "recovery"))
    assert last is not None
    assert last.closed_at == last.opened_at


def test_who_hears_of_it_only_now_hears_of_the_cause_that_it_has_now() -> None:
    last = played(Step("late", 0, "", cause="a", silent=True), Step("failed", 1, "first", cause="b"))
    assert last is not None
    assert (last.reason, last.is_silent) == ("Because of b.", False)
    last = played(Step("failed", 0, "first"), Step("failed", 1, "change", cause="b"), Step("failed", 2, ""))
    assert last is not None
    assert last.reason == "Because of b."


def test_causes_without_end_are_no_news_at_some_point() -> None:
    numbers = count()
    steps = [Step("failed", 0, "first" if number == 0 else "change", cause=str(number)) for number in range(19)]
    last = played(*steps, *(Step("failed", 1, "", cause=f"more {next(numbers)}") for _ in range(9)))
    assert last is not None
    assert len(last.causes) == MOST_CAUSES
