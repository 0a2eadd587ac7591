"""What is kept of failures while the warehouse is away, and whether the next one is news."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from summary_tables.alerts.kept_events import MOST, TOLD_AGAIN_AFTER, as_text, from_text, is_news, with_told
from summary_tables.model.incident import Event, Place, ToldPlace
from summary_tables.model.notice import Bullets, Fact, Link, Notice, Piece

AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
TOLD = (ToldPlace(place=Place(conn_id="slack", channel="#data", mention="@jin"), thread="1.2"),)
NOTICE = Notice(
    sign="❌",
    headline="Failed",
    words="실패",
    lists=(Bullets(title="Also", lines=("a", "b")),),
    facts=(Fact(name="Owner", pieces=(Piece(text="growth", is_code=True),)),),
    links=(Link(url="https://a", label="A"),),
    context=("DAG a",),
    is_urgent=True,
)
FAILED = Event(kind="failed", schema="s", table="t", at=AT, notice=NOTICE, causes=("a", "b"), run_id="r", owner="jin")


@pytest.mark.parametrize(
    "event",
    [
        FAILED,
        replace(FAILED, told=TOLD, live_at=AT - timedelta(days=1), built_at=AT, rows=3),
        Event(kind="published", schema="s", table="t", at=AT),
    ],
)
def test_an_event_comes_back_whole(event: Event) -> None:
    assert from_text(as_text([event])) == (event,)


@pytest.mark.parametrize("text", ["", "{}", "[1]", "[{}]", "null", '[{"told": 1}]'])
def test_what_somebody_else_wrote_is_nothing(text: str) -> None:
    assert from_text(text) == ()


def test_of_many_the_first_and_the_last_are_kept() -> None:
    events = [replace(FAILED, run_id=str(number)) for number in range(MOST + 2)]
    assert [each.run_id for each in from_text(as_text(events))] == ["0", *map(str, range(3, MOST + 2))]
    assert from_text(as_text(events[:MOST])) == tuple(events[:MOST])


@pytest.mark.parametrize(
    ("causes", "hours", "told", "expected"),
    [
        (("a",), 1, TOLD, False),
        (("a", "b"), 1, TOLD, False),
        (("a", "c"), 1, TOLD, True),
        (("a",), 1, (), True),
        (("a",), 23, TOLD, False),
        (("a",), 24, TOLD, True),
    ],
)
def test_what_nobody_has_heard_of_is_news(
    causes: tuple[str, ...], hours: int, told: tuple[ToldPlace, ...], expected: bool
) -> None:
    assert timedelta(hours=24) == TOLD_AGAIN_AFTER
    later = replace(FAILED, causes=causes, at=AT + timedelta(hours=hours))
    assert is_news(later, [replace(FAILED, told=told)]) is expected
    assert is_news(later, [])


def test_who_hears_of_a_cause_has_heard_of_it_before_it() -> None:
    """And of nothing else: one that was told elsewhere, or of another cause, stays."""
    elsewhere = (ToldPlace(place=Place(conn_id="teams")),)
    same, other = replace(FAILED, causes=("a",)), replace(FAILED, causes=("a", "c"))
    before = replace(FAILED, told=elsewhere)
    now = replace(FAILED, told=TOLD)
    assert with_told([same, other, before], now) == (replace(same, told=TOLD), other, before, now)
