"""What publishing would do, for each strategy and each thing that may stand there."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from summary_tables.commands.preview.publishing_change import publishing_change
from summary_tables.model.build import Build, BuildRun
from summary_tables.model.table import Refresh, SummaryTable
from summary_tables.warehouse.live_table import LiveTable

DAY = datetime(2026, 11, 21, 3, tzinfo=UTC)
RUN = BuildRun(
    run_id="r", try_number=1, run_at=DAY.replace(day=22), interval_start=DAY, interval_end=DAY.replace(day=22)
)
OURS = LiveTable(kind="ours", build=Build(version="v", run_id="r", run_at=DAY, started_at=DAY, rows=10))
PLAIN = LiveTable(kind="table")
APPEND = Refresh(strategy="append")
DELETE_INSERT = Refresh(strategy="delete_insert", time_column="day")
MERGE = Refresh(strategy="merge", unique_key=("day", "channel"))
SPAN = "2026-11-21 03:00 UTC to 2026-11-22 03:00 UTC"


def change(refresh: Refresh, live: LiveTable, rows: int = 1234, run: BuildRun = RUN) -> str:
    table = SummaryTable(table="daily", schema="analytics", main_sql="SELECT 1 AS one", refresh=refresh)
    return publishing_change(table, live, rows, run)


@pytest.mark.parametrize(
    ("refresh", "live", "words"),
    [
        (Refresh(), OURS, "replace the 10 rows of analytics.daily by 1,234"),
        (APPEND, LiveTable(kind="absent"), "create analytics.daily with 1,234 rows"),
        (
            APPEND,
            OURS,
            f"add 1,234 rows to analytics.daily for {SPAN}, replacing what that run had added",
        ),
        (
            APPEND,
            PLAIN,
            f"add 1,234 rows to the plain table analytics.daily (whose rows stay) for {SPAN}, "
            "replacing what that run had added",
        ),
        (DELETE_INSERT, OURS, f"put 1,234 rows into analytics.daily in the place of those of {SPAN}"),
        (
            MERGE,
            OURS,
            "put 1,234 rows into analytics.daily, each in the place of the one with the same `day` and `channel` "
            "if there is one",
        ),
        (
            MERGE,
            PLAIN,
            "put 1,234 rows into the plain table analytics.daily (whose rows stay), each in the place of the one with "
            "the same `day` and `channel` if there is one",
        ),
    ],
)
def test_rows_of_one_run(refresh: Refresh, live: LiveTable, words: str) -> None:
    assert change(refresh, live) == words


def test_a_run_that_has_added_nothing_replaces_nothing() -> None:
    table = SummaryTable(table="daily", schema="analytics", main_sql="SELECT 1 AS one", refresh=APPEND)
    words = f"add 7 rows to analytics.daily for {SPAN}"
    assert publishing_change(table, OURS, 7, RUN, gone=0) == words
    assert publishing_change(table, OURS, 7, RUN, gone=3) == f"{words}, replacing what that run had added (3 rows)"


@pytest.mark.parametrize(
    ("live", "words"),
    [
        (OURS, "replace the rows of analytics.daily by 1"),
        (PLAIN, "keep the plain table analytics.daily as an old version, and show 1 row in its place"),
    ],
)
def test_full_refresh(live: LiveTable, words: str) -> None:
    assert change(APPEND, live, 1, replace(RUN, full_refresh=True)) == words


def test_run_without_an_interval_is_called_after_its_moment() -> None:
    words = "add 1 row to analytics.daily for 2026-11-21 03:00 UTC, replacing what that run had added"
    assert change(APPEND, OURS, 1, BuildRun(run_id="r", try_number=1, run_at=DAY)) == words
