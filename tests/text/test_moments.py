"""Moments in UTC, whatever zone they come in."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from summary_tables.text.moments import due_text, moment_text, to_the_minute

SEOUL = timezone(timedelta(hours=9))


def test_spoken() -> None:
    assert moment_text(datetime(2026, 11, 22, 3, 4, 5, 678901, SEOUL)) == "2026-11-21 18:04:05 UTC"


def test_to_the_minute() -> None:
    assert to_the_minute(datetime(2026, 11, 22, 3, 4, 59, tzinfo=SEOUL)) == "2026-11-21 18:04 UTC"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 22, 3, tzinfo=UTC), "2026-11-22 03:00 UTC"),
        (datetime(2026, 11, 22, 3, 4, 5, 6, tzinfo=UTC), "2026-11-22 03:04:05 UTC"),
        (datetime(2026, 11, 22, 3, 4, tzinfo=SEOUL), "2026-11-21 18:04 UTC"),
    ],
)
def test_spoken_due(moment: datetime, words: str) -> None:
    assert due_text(moment) == words
