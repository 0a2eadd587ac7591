"""What an increment is: the rows that one run adds to a table, and the moment that tells its rows from others. Pure."""

from datetime import datetime, timedelta
from typing import Final

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.table import SummaryTable
from summary_tables.text.moments import due_text, span_text

RUN_COLUMN: Final = "_summary_tables_interval_end"
"""Of the versions that increments are added to, and of no view: `run_moment` of the run that a row came from.

Empty in rows that came with a whole build or from a table that was there before.
"""

_SHORTEST_DAY = timedelta(hours=23)


def strategy_of(table: SummaryTable, run: Build | BuildRun) -> str:
    """What is done with the rows of this run: those of a build are what they were when it began."""
    if isinstance(run, Build):
        return run.strategy
    return "replace" if run.full_refresh else table.refresh.strategy


def run_moment(build: Build | BuildRun) -> datetime:
    """The end of its data interval; of a run that covers none, when it was due. A repeated run has the same."""
    return build.interval_end or build.run_at


def reach_of(build: Build) -> datetime | None:
    """The end of what a whole build covers; None for an increment, and for a plain table, of which none knows."""
    return run_moment(build) if build.is_whole and build.run_id else None


def interval_text(zone: str, build: Build | BuildRun) -> str:
    """`2026-11-21 03:00 to 2026-11-22 03:00 UTC`, by the clocks of `zone`; where there is no interval, when the run "
    "was due."""
    start, end = build.interval_start, build.interval_end
    if start is None or end is None or start == end:
        return due_text(zone, run_moment(build))
    return span_text(zone, (start, end))


def anew_words(table: SummaryTable, *, instead: bool = False) -> str:
    """How the whole table is built anew, a sentence; empty where its file forbids that."""
    if not table.full_refresh:
        return ""
    other = " instead" if instead else ""
    return f'To build the whole table anew{other}, start a run with the configuration {{"full_refresh": true}}.'


def is_shorter_than_a_day(start: datetime, end: datetime) -> bool:
    """An interval that a column of dates cannot tell. The day on which summer time begins has 23 hours."""
    return end - start < _SHORTEST_DAY
