"""Which moment tells the rows of a run, and how its interval compares with a column."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from summary_tables.model.build import BuildRun
from summary_tables.model.increment import interval_text, run_moment, strategy_of
from summary_tables.model.table import Refresh, SummaryTable
from summary_tables.sql.dialects.postgres.text import bounds

_START = datetime(2026, 11, 21, 3, tzinfo=UTC)
_RUN = BuildRun(
    run_id="r",
    try_number=1,
    run_at=_START + timedelta(days=2),
    interval_start=_START,
    interval_end=_START + timedelta(1),
)
_BY_HAND = BuildRun(run_id="r", try_number=1, run_at=_START)


def test_a_run_is_told_by_the_end_of_its_interval_or_by_when_it_was_due() -> None:
    assert run_moment(_RUN) == _START + timedelta(days=1)
    assert run_moment(_BY_HAND) == _START
    assert interval_text("UTC", _RUN) == "2026-11-21 03:00 to 2026-11-22 03:00 UTC"
    assert interval_text("Asia/Seoul", _RUN) == "2026-11-21 12:00 to 2026-11-22 12:00 Asia/Seoul"
    assert interval_text("UTC", _BY_HAND) == "2026-11-21 03:00 UTC"


@pytest.mark.parametrize(
    ("column_type", "low"),
    [
        ("date", "DATE '2026-11-20'"),
        ("timestamp without time zone", "TIMESTAMP '2026-11-20 18:00:00.000000'"),
        ("timestamp(3) without time zone", "TIMESTAMP '2026-11-20 18:00:00.000000'"),
        ("timestamp with time zone", "TIMESTAMPTZ '2026-11-20 18:00:00.000000+00'"),
        ("timestamp(0) with time zone", "TIMESTAMPTZ '2026-11-20 18:00:00.000000+00'"),
        ("text", None),
        ("time without time zone", None),
        ("integer", None),
    ],
)
def test_bounds_are_in_utc_and_of_the_column_s_type(column_type: str, low: str | None) -> None:
    seoul = datetime(2026, 11, 21, 3, tzinfo=timezone(timedelta(hours=9)))
    found = bounds(column_type, seoul, seoul + timedelta(days=1))
    assert (found and found[0]) == low
    assert (found and found[1]) == (low and low.replace("-20", "-21"))


def test_a_full_refresh_replaces_whatever_the_strategy() -> None:
    table = SummaryTable(table="t", schema="s", main_sql="", refresh=Refresh(strategy="append"))
    full = BuildRun(run_id="r", try_number=1, run_at=_START, full_refresh=True)
    assert (strategy_of(table, _RUN), strategy_of(table, full)) == ("append", "replace")
