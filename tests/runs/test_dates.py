"""The dates of a run, as somebody asked for them."""

from datetime import UTC, datetime

import pytest

from summary_tables.model.table import Refresh
from summary_tables.runs.dates import RunDates, as_asked

DAY = datetime(2026, 11, 21, 3, tzinfo=UTC)
DATES = RunDates(logical_date=DAY, start=DAY, end=DAY.replace(day=22), due=DAY.replace(day=22))
APPEND = Refresh(strategy="append")
START = datetime(2026, 1, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("refresh", "start"), [(APPEND, datetime(2000, 1, 1, tzinfo=UTC)), (Refresh(strategy="merge", start=START), START)]
)
def test_a_full_refresh_begins_where_the_table_begins(refresh: Refresh, start: datetime) -> None:
    expected = RunDates(logical_date=DAY, start=start, end=DATES.end, due=DATES.due, full_refresh=True)
    assert as_asked(DATES, {"full_refresh": True}, refresh) == expected


def test_a_full_refresh_without_an_interval_ends_when_it_is_due() -> None:
    found = as_asked(RunDates(due=DAY), {"full_refresh": True}, APPEND)
    assert (found.span, found.logical_date) == ((datetime(2000, 1, 1, tzinfo=UTC), DAY), None)


def test_a_table_that_each_run_builds_anew_keeps_its_dates() -> None:
    assert as_asked(DATES, {"full_refresh": True}, Refresh()) == DATES


def test_another_interval_is_about_the_day_on_which_it_begins() -> None:
    configuration = {"data_interval_start": "2026-11-01", "data_interval_end": "2026-11-03 12:00 UTC"}
    start, end = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 3, 12, tzinfo=UTC)
    assert as_asked(DATES, configuration, APPEND) == RunDates(logical_date=start, start=start, end=end, due=DATES.due)


@pytest.mark.parametrize("configuration", [None, {}, {"full_refresh": False}, {"may_lose_rows": True}])
def test_any_other_run_keeps_its_dates(configuration: dict[str, object] | None) -> None:
    assert as_asked(DATES, configuration, APPEND) == DATES
