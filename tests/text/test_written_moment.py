"""Moments that people wrote, and that messages of ours show, are read as they were meant."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.text.moments import due_text, moment_text
from summary_tables.text.written_moment import moments_written

AT = datetime(2026, 11, 21, 3, tzinfo=UTC)
ZONES = st.sampled_from(["UTC", "Asia/Seoul", "Europe/Berlin", "America/Los_Angeles", "Australia/Lord_Howe"])


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-21 03:00 UTC",
        "2026-11-21 03:00utc",
        "2026-11-21T03:00Z",
        "2026-11-21T12:00+09:00",
        "2026-11-21 12:00",
        " 2026-11-21 12:00 Asia/Seoul ",
        "2026-11-21 04:00 Europe/Berlin",
    ],
)
def test_one_moment(text: str) -> None:
    assert moments_written(text, "Asia/Seoul") == (AT,)


@pytest.mark.parametrize("text", ["", "today", "Asia/Seoul", "2026-11-31", "2026-11-21 03:00 Asia/Soul", "12:00"])
def test_no_moment(text: str) -> None:
    assert moments_written(text, "Asia/Seoul") == ()


def test_a_day_begins_at_midnight_of_the_zone() -> None:
    assert moments_written("2026-11-21", "Asia/Seoul") == (datetime(2026, 11, 20, 15, tzinfo=UTC),)


def test_what_clocks_leave_out_is_none_and_what_they_show_twice_is_two() -> None:
    assert moments_written("2026-03-29 02:30", "Europe/Berlin") == ()
    twice = moments_written("2026-10-25 02:30", "Europe/Berlin")
    assert twice == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC))


@given(moment=st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)), zone=ZONES)
def test_what_a_message_shows_means_the_moment(moment: datetime, zone: str) -> None:
    moment = moment.replace(microsecond=0)
    assert moments_written(due_text(zone, moment), "Asia/Tokyo") == (moment,)
    assert moments_written(moment_text(zone, moment), "Asia/Tokyo") == (moment,)
    assert moments_written(moment.astimezone(ZoneInfo(zone)).isoformat(), "Asia/Tokyo") == (moment,)
