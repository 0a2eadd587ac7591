"""Moments by the clocks of a zone, whatever zone they come in."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from summary_tables.text.moments import UTC_NAME, clock_text, due_text, moment_text, span_text, to_the_minute

SEOUL = timezone(timedelta(hours=9))


def test_spoken() -> None:
    assert moment_text(UTC_NAME, datetime(2026, 11, 22, 3, 4, 5, 678901, SEOUL)) == "2026-11-21 18:04:05 UTC"


def test_to_the_minute() -> None:
    assert to_the_minute(UTC_NAME, datetime(2026, 11, 22, 3, 4, 59, tzinfo=SEOUL)) == "2026-11-21 18:04 UTC"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 22, 3, tzinfo=UTC), "2026-11-22 03:00 UTC"),
        (datetime(2026, 11, 22, 3, 4, 5, 6, tzinfo=UTC), "2026-11-22 03:04:05 UTC"),
        (datetime(2026, 11, 22, 3, 4, tzinfo=SEOUL), "2026-11-21 18:04 UTC"),
    ],
)
def test_spoken_due(moment: datetime, words: str) -> None:
    assert due_text(UTC_NAME, moment) == words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Seoul", "2026-11-22 06:00 Asia/Seoul"),
        ("Asia/Kathmandu", "2026-11-22 02:45 Asia/Kathmandu"),
        ("America/Los_Angeles", "2026-11-21 13:00 America/Los_Angeles"),
    ],
)
def test_by_the_clocks_of_a_zone(zone: str, words: str) -> None:
    assert due_text(zone, datetime(2026, 11, 21, 21, tzinfo=UTC)) == words
    assert clock_text(zone, datetime(2026, 11, 21, 21, tzinfo=UTC)) == words.partition(" ")[2]


def test_what_a_clock_shows_twice_is_told_apart() -> None:
    times = [datetime(2026, 10, 24, 23, 30, tzinfo=UTC) + timedelta(hours=hour) for hour in range(4)]
    assert [to_the_minute("Europe/Berlin", moment) for moment in times] == [
        "2026-10-25 01:30 Europe/Berlin",
        "2026-10-25 02:30+02:00 Europe/Berlin",
        "2026-10-25 02:30+01:00 Europe/Berlin",
        "2026-10-25 03:30 Europe/Berlin",
    ]


def test_a_span() -> None:
    span = (datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC))
    assert span_text("Europe/Berlin", span) == "2026-03-29 00:00 to 2026-03-30 00:00 Europe/Berlin"
