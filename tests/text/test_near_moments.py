"""Moments near to now."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from summary_tables.text.moments import UTC_NAME, about, day_and_time, day_text

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 27, tzinfo=UTC), "today at 00:00 UTC"),
        (datetime(2026, 11, 27, 23, 59, tzinfo=UTC), "today at 23:59 UTC"),
        (datetime(2026, 11, 26, 23, 59, tzinfo=UTC), "yesterday at 23:59 UTC"),
        (datetime(2026, 11, 28, tzinfo=UTC), "tomorrow at 00:00 UTC"),
        (datetime(2026, 11, 21, 3, tzinfo=UTC), "Saturday at 03:00 UTC"),
        (datetime(2026, 11, 20, 3, tzinfo=UTC), "2026-11-20 at 03:00 UTC"),
        (datetime(2026, 12, 3, 3, tzinfo=UTC), "Thursday at 03:00 UTC"),
        (datetime(2026, 11, 28, 5, tzinfo=timezone(timedelta(hours=9))), "today at 20:00 UTC"),
    ],
)
def test_a_moment(moment: datetime, words: str) -> None:
    assert day_and_time(UTC_NAME, moment, NOW) == words


def test_now_may_be_said_in_another_zone() -> None:
    assert day_text(UTC_NAME, NOW, NOW.astimezone(timezone(timedelta(hours=20)))) == "today"


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(), "1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(hours=49), "2 days"),
    ],
)
def test_a_span(span: timedelta, words: str) -> None:
    assert about(span) == words
