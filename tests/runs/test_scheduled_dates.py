"""The runs that a schedule makes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.configs.schedule import cron
from summary_tables.model.table import Refresh, Schedule, SummaryTable
from summary_tables.runs.dates import RunDates, full_refresh
from summary_tables.runs.scheduled_dates import last_run, run_of_day

NOW = datetime(2026, 11, 22, 12, 34, 56, tzinfo=UTC)


def table(cron: str, timezone: str = "UTC") -> SummaryTable:
    return replace(of_schedule(Schedule(cron=cron)), timezone=timezone)


def of_schedule(schedule: Schedule) -> SummaryTable:
    return SummaryTable(table="t", schema="analytics", schedule=schedule)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "start", "end"),
    [
        ("@daily", "2026-11-21", "2026-11-22"),
        ("0 3 * * *", "2026-11-21T03:00", "2026-11-22T03:00"),
        ("0 13 * * *", "2026-11-20T13:00", "2026-11-21T13:00"),
        ("* * * * *", "2026-11-22T12:33", "2026-11-22T12:34"),
        ("@hourly", "2026-11-22T11:00", "2026-11-22T12:00"),
        ("0 6 * * 1-5", "2026-11-19T06:00", "2026-11-20T06:00"),
        ("@monthly", "2026-10-01", "2026-11-01"),
        ("@yearly", "2025-01-01", "2026-01-01"),
        ("0 0 29 2 *", "2020-02-29", "2024-02-29"),
    ],
)
def test_last_run_is_that_of_the_last_complete_interval(schedule: str, start: str, end: str) -> None:
    assert last_run(table(cron=schedule), NOW) == RunDates(
        logical_date=at(start), start=at(start), end=at(end), due=at(end)
    )


def test_run_that_is_due_this_moment() -> None:
    assert last_run(table(cron="@daily"), at("2026-11-22")).end == at("2026-11-22")


@given(
    st.sampled_from(["*/7 3 * * *", "5 4 1,15 * *", "0 0 29 2 *", "0 9 * 2 6", "@weekly"]),
    st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1)),
)
def test_nothing_lies_between_the_last_interval_and_now(schedule: str, moment: datetime) -> None:
    now = moment.replace(tzinfo=UTC)
    found = last_run(table(cron=schedule), now)
    assert found.start is not None
    assert found.end is not None
    following = cron.next_runs(schedule, found.start, 2)
    assert following[0] == found.end <= now < following[1]


@pytest.mark.parametrize("schedule", [Schedule(), Schedule(after=("analytics.other",))])
def test_without_a_cron_schedule_every_date_is_the_moment_at_which_the_run_was_due(schedule: Schedule) -> None:
    assert last_run(of_schedule(schedule), NOW) == RunDates(due=NOW)
    assert run_of_day(of_schedule(schedule), date(2026, 5, 1)) == RunDates(due=at("2026-05-01"))
    assert last_run(of_schedule(schedule), NOW).named()["data_interval_end"] == NOW


def test_run_of_a_day_on_which_an_interval_starts() -> None:
    start, end = at("2026-05-01T03:00"), at("2026-05-02T03:00")
    expected = RunDates(logical_date=start, start=start, end=end, due=end)
    assert run_of_day(table(cron="0 3 * * *"), date(2026, 5, 1)) == expected
    midnight = run_of_day(table(cron="@daily"), date(2026, 5, 1))
    assert (midnight.start, midnight.end) == (at("2026-05-01"), at("2026-05-02"))


def test_run_of_a_day_on_which_none_starts() -> None:
    found = run_of_day(table(cron="@weekly"), date(2026, 5, 1))
    sunday = at("2026-04-26")
    assert found == RunDates(
        logical_date=at("2026-05-01"), start=sunday - timedelta(days=7), end=sunday, due=at("2026-05-01")
    )
    assert found.named()["ds"] == "2026-05-01"


def test_full_refresh_goes_from_the_beginning_to_the_end_of_its_run() -> None:
    dates = RunDates(logical_date=NOW, start=NOW, end=NOW, due=NOW)
    start = at("2026-01-31")
    assert full_refresh(dates, Refresh(strategy="append", start=start)) == RunDates(
        logical_date=NOW, start=start, end=NOW, due=NOW, full_refresh=True
    )
    assert full_refresh(RunDates(due=NOW), Refresh(strategy="append")) == RunDates(
        start=at("2000-01-01"), end=NOW, due=NOW, full_refresh=True
    )
    assert full_refresh(dates, Refresh()) == dates


def in_sql(dates: RunDates, *names: str) -> list[str]:
    return [str(dates.named()[name]) for name in names]


def test_days_are_those_of_the_zone() -> None:
    """At 06:00 in Seoul it is 21:00 of the day before in UTC."""
    found = run_of_day(table("0 6 * * *", "Asia/Seoul"), date(2026, 5, 1))
    start, end = at("2026-04-30T21:00"), at("2026-05-01T21:00")
    assert found == RunDates(logical_date=start, start=start, end=end, due=end, zone="Asia/Seoul")
    assert in_sql(found, "ds", "ds_nodash", "ts", "ts_nodash", "ts_nodash_with_tz", "data_interval_end") == [
        "2026-05-01",
        "20260501",
        "2026-05-01T06:00:00+09:00",
        "20260501T060000",
        "20260501T060000+0900",
        "2026-05-02 06:00:00+09:00",
    ]
    assert last_run(table("0 6 * * *", "Asia/Seoul"), at("2026-05-01T21:30")) == found


def test_a_day_on_which_no_interval_starts_begins_at_midnight_of_the_zone() -> None:
    weekly = table("0 6 * * 0", "America/Los_Angeles")
    found = run_of_day(weekly, date(2026, 5, 1))
    assert (found.due, found.end) == (at("2026-05-01T07:00"), at("2026-04-26T13:00"))
    assert in_sql(found, "ds", "logical_date") == ["2026-05-01", "2026-05-01 00:00:00-07:00"]
    by_hand = run_of_day(table("", "Asia/Kathmandu"), date(2026, 5, 1))
    assert in_sql(by_hand, "ds", "data_interval_start") == ["2026-05-01", "2026-05-01 00:00:00+05:45"]


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 28), 24), (date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 4, 1), 24)],
)
def test_the_days_on_which_clocks_change_are_shorter_and_longer(day: date, hours: int) -> None:
    found = run_of_day(table("@daily", "Europe/Berlin"), day)
    assert found.start is not None
    assert found.end is not None
    assert found.end - found.start == timedelta(hours=hours)
    assert in_sql(found, "ds") == [str(day)]


def test_full_refresh_begins_with_a_day_of_the_zone() -> None:
    found = full_refresh(RunDates(due=NOW, zone="Asia/Seoul"), Refresh(strategy="append"))
    assert in_sql(found, "data_interval_start", "data_interval_end") == [
        "2000-01-01 00:00:00+09:00",
        "2026-11-22 21:34:56+09:00",
    ]
