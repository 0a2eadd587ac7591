"""How many runs a `start` means, and how long they take."""

from datetime import UTC, datetime, timedelta

import pytest

from summary_tables.configs.schedule.start_runs import at_a_minute_each, rounded_down, runs_since

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "behind_start", "runs"),
    [
        ("0 3 * * *", timedelta(days=-1), 0),
        # The first interval begins at 03:00 and is over a day later.
        ("0 3 * * *", timedelta(days=1, hours=2, minutes=59), 0),
        ("0 3 * * *", timedelta(days=1, hours=3), 1),
        ("0 3 * * *", timedelta(days=2, hours=3), 2),
        # It begins with `start` itself.
        ("@daily", timedelta(days=1), 1),
        ("@hourly", timedelta(hours=58), 58),
        ("@hourly", timedelta(hours=100), 100),
        ("@monthly", timedelta(days=364), 11),
        ("0 3 * * 1-5", timedelta(days=70), 49),
    ],
)
def test_runs(text: str, behind_start: timedelta, runs: int) -> None:
    assert runs_since(START, text, START + behind_start) == runs


def test_pace_is_near_enough() -> None:
    assert runs_since(START, "0 3 * * 1-5", START + timedelta(days=3650)) == pytest.approx(3650 * 5 / 7, rel=0.02)


@pytest.mark.parametrize(
    ("runs", "digits", "rounded"), [(2888, 1, 2000), (2888, 2, 2800), (99, 2, 99), (7, 2, 7), (0, 2, 0)]
)
def test_rounded_down(runs: int, digits: int, rounded: int) -> None:
    assert rounded_down(runs, digits) == rounded


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        (1, "a minute"),
        (59, "59 minutes"),
        (60, "an hour"),
        (1439, "23 hours"),
        (1440, "a day"),
        (2880, "2 days"),
        (9_000_000, "6,250 days"),
    ],
)
def test_time(runs: int, words: str) -> None:
    assert at_a_minute_each(runs) == words
