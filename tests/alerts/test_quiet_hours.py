"""When quiet hours end: over midnight, on weekends, where clocks are moved."""

from datetime import UTC, datetime, time, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.alerts.quiet_hours import next_time, told_at
from summary_tables.model.alerts import DAYS, QuietHours
from summary_tables.text.moments import zone_of

NIGHT: Final = QuietHours(start=time(20), end=time(8))
LUNCH: Final = QuietHours(start=time(12), end=time(13))
WEEKEND: Final = QuietHours(days=("sat", "sun"))
FRIDAY_NIGHT: Final = QuietHours(start=time(20), end=time(8), days=("fri",))

# 2026-11-27 is a Friday.
IN_SEOUL = [
    ("2026-11-27 19:59", [NIGHT], "2026-11-27 19:59"),
    ("2026-11-27 20:00", [NIGHT], "2026-11-28 08:00"),
    ("2026-11-28 07:59", [NIGHT], "2026-11-28 08:00"),
    ("2026-11-28 08:00", [NIGHT], "2026-11-28 08:00"),
    ("2026-11-27 12:30", [LUNCH], "2026-11-27 13:00"),
    ("2026-11-27 23:00", [FRIDAY_NIGHT], "2026-11-28 08:00"),
    ("2026-11-28 07:00", [FRIDAY_NIGHT], "2026-11-28 08:00"),
    ("2026-11-28 23:00", [FRIDAY_NIGHT], "2026-11-28 23:00"),
    ("2026-11-28 00:00", [WEEKEND], "2026-11-30 00:00"),
    ("2026-11-27 20:00", [WEEKEND, NIGHT], "2026-11-30 08:00"),
    ("2026-11-27 20:00", [NIGHT, WEEKEND, LUNCH], "2026-11-30 08:00"),
    ("2026-11-27 20:00", [QuietHours()], "2026-11-27 20:00"),
    ("2026-11-27 20:00", [WEEKEND, QuietHours(days=DAYS[:5])], "2026-11-27 20:00"),
    ("2026-11-27 20:00", [QuietHours(days=DAYS[:6])], "2026-11-29 00:00"),
    ("2026-11-27 20:00", [], "2026-11-27 20:00"),
]


@pytest.mark.parametrize(("moment", "quiet", "told"), IN_SEOUL)
def test_end_of_quiet_hours(moment: str, quiet: list[QuietHours], told: str) -> None:
    zone = zone_of("Asia/Seoul")
    found = told_at(datetime.fromisoformat(moment).replace(tzinfo=zone), quiet, zone)
    assert f"{found.astimezone(zone):%Y-%m-%d %H:%M}" == told


# In Berlin clocks jump from 02:00 to 03:00 on 2026-03-29, and from 03:00 back to 02:00 on 2026-10-25.
TO_HALF_PAST_TWO: Final = QuietHours(start=time(22), end=time(2, 30))
IN_BERLIN = [
    ("2026-03-28T23:00+01:00", NIGHT, "2026-03-29T08:00+02:00"),
    ("2026-10-24T23:00+02:00", NIGHT, "2026-10-25T08:00+01:00"),
    # A time that the day does not have.
    ("2026-03-28T23:00+01:00", TO_HALF_PAST_TWO, "2026-03-29T03:30+02:00"),
    # A time that the day has twice.
    ("2026-10-24T23:00+02:00", TO_HALF_PAST_TWO, "2026-10-25T02:30+02:00"),
    ("2026-10-25T02:30+02:00", TO_HALF_PAST_TWO, "2026-10-25T02:30+02:00"),
    ("2026-10-25T02:15+01:00", TO_HALF_PAST_TWO, "2026-10-25T02:15+01:00"),
]


@pytest.mark.parametrize(("moment", "quiet", "told"), IN_BERLIN)
def test_where_clocks_are_moved(moment: str, quiet: QuietHours, told: str) -> None:
    found = told_at(datetime.fromisoformat(moment), [quiet], zone_of("Europe/Berlin"))
    assert found == datetime.fromisoformat(told)


TIMES = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
HOURS = st.builds(
    QuietHours, start=TIMES, end=TIMES, days=st.lists(st.sampled_from(DAYS), min_size=1, unique=True).map(tuple)
)
MOMENTS = st.datetimes(datetime(2026, 3, 20), datetime(2026, 4, 5), timezones=st.just(UTC))


def is_quiet(clock: datetime, each: QuietHours) -> bool:
    """By the clock on the wall, where none is moved."""
    begins_today = DAYS[clock.weekday()] in each.days
    began_yesterday = DAYS[(clock.weekday() - 1) % 7] in each.days
    at = clock.time()
    if each.start < each.end:
        return begins_today and each.start <= at < each.end
    return (begins_today and at >= each.start) or (began_yesterday and at < each.end)


@given(MOMENTS, st.lists(HOURS, max_size=3))
def test_it_is_told_at_the_first_moment_that_is_not_quiet(moment: datetime, quiet: list[QuietHours]) -> None:
    zone = zone_of("Asia/Seoul")
    told = told_at(moment, quiet, zone)
    steps = (moment + timedelta(minutes=minutes) for minutes in range(8 * 1440))
    clocks = ((step, step.astimezone(zone).replace(second=0, microsecond=0)) for step in steps)
    first = next((step for step, clock in clocks if not any(is_quiet(clock, each) for each in quiet)), None)
    if first is None:
        assert told == moment
    else:
        assert moment <= told <= first
        assert first - told < timedelta(minutes=1)


@given(
    MOMENTS, st.lists(HOURS, max_size=3), st.sampled_from(["Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu"])
)
def test_what_was_held_back_is_not_held_back_again(moment: datetime, quiet: list[QuietHours], name: str) -> None:
    zone = zone_of(name)
    told = told_at(moment, quiet, zone)
    assert told >= moment
    assert told == moment or told_at(told, quiet, zone) == told


def test_next_time_of_day() -> None:
    seoul, berlin = zone_of("Asia/Seoul"), zone_of("Europe/Berlin")
    at_nine = datetime(2026, 11, 28, 0, 0, tzinfo=UTC)
    assert next_time(at_nine, time(9), seoul) == at_nine
    assert next_time(at_nine + timedelta(seconds=1), time(9), seoul) == at_nine + timedelta(days=1)
    assert next_time(datetime(2026, 3, 28, 20, tzinfo=UTC), time(2, 30), berlin) == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )
    assert next_time(datetime(2026, 10, 24, 20, tzinfo=UTC), time(9), berlin) == datetime(2026, 10, 25, 8, tzinfo=UTC)
