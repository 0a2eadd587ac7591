"""Times of a schedule, and the runs that follow a moment."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.configs.schedule.cron import ANY_MOMENT, CronError, NeverError, is_plain, last_run, next_runs, times


def test_next_runs_come_behind_the_moment_that_is_given() -> None:
    at_run = datetime(2026, 11, 23, 3, tzinfo=UTC)
    assert next_runs("0 3 * * 1,2", at_run, 3) == (
        datetime(2026, 11, 24, 3, tzinfo=UTC),
        datetime(2026, 11, 30, 3, tzinfo=UTC),
        datetime(2026, 12, 1, 3, tzinfo=UTC),
    )


def test_preset_means_its_fields() -> None:
    assert times("@weekly") == times("0 0 * * sun")
    assert next_runs(" @yearly", ANY_MOMENT, 1) == (datetime(2025, 1, 1, tzinfo=UTC),)


def test_star_of_a_named_pair_of_days_is_told_from_all_days() -> None:
    assert times("0 3 15 * 1").either_day
    assert not times("0 3 15 * *").either_day
    assert not times("0 3 * * 1").either_day


def test_six_fields_are_refused_though_croniter_takes_them() -> None:
    with pytest.raises(CronError, match="five fields are needed, not 6"):
        times("0 0 3 * * *")


def test_date_that_never_comes() -> None:
    with pytest.raises(NeverError):
        next_runs("0 0 31 2 *", ANY_MOMENT, 1)


@given(
    text=st.sampled_from(["0 3 * * *", "@hourly", "*/7 * * * *", "0 0 29 2 *", "15 9-17 * * 1-5", "0 3 1,L * *"]),
    until=st.datetimes(datetime(2001, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)),
)
def test_nothing_runs_between_the_last_run_and_now(text: str, until: datetime) -> None:
    last = last_run(text, until)
    assert last is not None
    assert last <= until < next_runs(text, last, 1)[0]


def test_no_run_ever() -> None:
    assert last_run("0 0 31 2 *", ANY_MOMENT) is None


@pytest.mark.parametrize("text", ["@daily", "0 3 * * *", "59 23 * * *", "05 03 * * *"])
def test_plain_is_right(text: str) -> None:
    assert is_plain(text)
    assert len(times(text).minutes) == 1


@pytest.mark.parametrize(
    "text", ["60 3 * * *", "0 24 * * *", "* 3 * * *", "0 3 * * 1", "0,1 3 * * *", " 0 3 * * *", "٣ 3 * * *"]
)
def test_all_else_is_asked(text: str) -> None:
    assert not is_plain(text)


def test_plain_schedule_needs_no_croniter() -> None:
    asked = "from summary_tables.configs.schedule.cron_mistake import mistake; mistake('0 3 * * *')"
    code = f"{asked}; import sys; print('croniter' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
