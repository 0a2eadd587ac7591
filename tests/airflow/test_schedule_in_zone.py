"""The times that lint, previews and pages say a schedule has in a zone are those at which Airflow runs it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from airflow.timetables.base import DataInterval, TimeRestriction
from airflow.timetables.interval import CronDataIntervalTimetable
from hypothesis import given
from hypothesis import strategies as st
from pendulum import instance

from summary_tables.airflow.zone_timetable import ZoneTimetable
from summary_tables.configs.schedule.cron import last_run, next_runs

ZONES = (
    "UTC",
    "Asia/Seoul",
    "Europe/Berlin",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
)
_DAYS = ((3, 8), (3, 29), (4, 4), (4, 24), (10, 3), (10, 25), (10, 29), (11, 1))
CRONS = ("0 * * * *", "*/15 * * * *", "30 2 * * *", "@daily", "0 6 * * 1-5", "0 */2 * * *", "30 1-4 * * *", "0 0 1 * *")


_CHANGES = tuple(datetime(2026, month, day, 12, tzinfo=UTC) for month, day in _DAYS)
# Most of them near to a change of clocks.
MOMENTS = st.one_of(
    st.builds(
        lambda day, minutes: day + timedelta(minutes=minutes), st.sampled_from(_CHANGES), st.integers(-2000, 2000)
    ),
    st.datetimes(datetime(2020, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
)


@given(zone=st.sampled_from(ZONES), cron=st.sampled_from(CRONS), after=MOMENTS)
def test_next_runs_are_those_of_airflow(zone: str, cron: str, after: datetime) -> None:
    timetable = CronDataIntervalTimetable(cron, zone)
    expected = [instance(after)]
    for _ in range(4):
        expected.append(timetable._get_next(expected[-1]))
    assert list(next_runs(cron, after, 4, zone)) == expected[1:]


@given(zone=st.sampled_from(ZONES), cron=st.sampled_from(CRONS), until=MOMENTS)
def test_nothing_runs_between_the_last_run_and_now(zone: str, cron: str, until: datetime) -> None:
    last = last_run(cron, until, zone)
    assert last is not None
    assert last <= until < next_runs(cron, last, 1, zone)[0]


ODD = ("*/30 1-5 * * *", "15 2,3 * * *", "*/30 * * * *")


def nights(zone: str) -> list[datetime]:
    """Noon behind those in which its clocks change; any for a zone without."""
    place = ZoneInfo(zone)
    far = timedelta(days=2)
    changes = [
        noon
        for noon in _CHANGES
        if (noon - far).astimezone(place).utcoffset() != (noon + far).astimezone(place).utcoffset()
    ]
    return changes or [_CHANGES[0]]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("cron", [*CRONS[:5], *ODD])
def test_no_interval_comes_twice_and_none_is_missing_where_clocks_change(zone: str, cron: str) -> None:
    """As the scheduler asks: from each run to the next. Each interval begins where the one before it ended."""
    timetable = ZoneTimetable(cron, zone)
    restriction = TimeRestriction(earliest=None, latest=None, catchup=True)
    for noon in nights(zone):
        start = next_runs(cron, noon - timedelta(hours=24), 1, zone)[0]
        last = DataInterval(instance(start), instance(next_runs(cron, start, 1, zone)[0]))
        while last.end < noon + timedelta(hours=4):
            info = timetable.next_dagrun_info(last_automated_data_interval=last, restriction=restriction)
            assert info is not None
            assert info.data_interval is not None
            assert info.data_interval.start == last.end < info.data_interval.end
            last = info.data_interval


@given(zone=st.sampled_from(ZONES), cron=st.sampled_from(CRONS + ODD), now=MOMENTS)
def test_a_run_by_hand_covers_the_last_interval_that_is_over(zone: str, cron: str, now: datetime) -> None:
    found = ZoneTimetable(cron, zone).infer_manual_data_interval(run_after=instance(now))
    assert found.end == last_run(cron, now, zone)
    assert found.start < found.end
