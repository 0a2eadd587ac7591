"""What people read about a time whose rows no run has added, and the runs that add them. Pure."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from summary_tables.configs.schedule import cron
from summary_tables.model.table import SummaryTable
from summary_tables.sql.query_grain import Span, midnight, query_grain
from summary_tables.text.moments import spoken_due

_MOST = 5
_BATCH = 64
_A_MINUTE = timedelta(minutes=1)
_MOST_TIMES = 10_000


def hole_words(table: SummaryTable, holes: Sequence[Span]) -> str:
    """Which rows are missing, and how they come: plain sentences."""
    shown, more = holes[:_MOST], len(holes) - _MOST
    what = ", ".join(map(spoken_span, shown)) + (f" and {more:,} more" if more > 0 else "")
    if not table.main_sql:
        # Only the query tells whether its rows are of just this time.
        return f"No run of {table.full_name} covered {what}."
    words = f"No run has added the rows of {what} to {table.full_name}."
    commands = list(commands_for(table, shown))
    return f"{words} To add them, {'; '.join(commands)}." if commands else words


def spoken_span(span: Span) -> str:
    """`2026-11-21 03:00 to 2026-11-22 03:00 UTC`."""
    return f"{spoken_due(span[0]).removesuffix(' UTC')} to {spoken_due(span[1])}"


def commands_for(table: SummaryTable, holes: Sequence[Span]) -> Iterator[str]:
    """Several intervals of the schedule are runs of their own, as they would have been; any other time is one run."""
    for hole in holes:
        times = _times(table, hole)
        whole = (times[0], times[-1]) if len(times) > 2 else None
        pieces = [(hole[0], whole[0]), (whole[1], hole[1])] if whole else [hole]
        if whole:
            yield f"backfill the runs that are missing: {backfill(table, whole)}"
        for start, end in pieces:
            if start < end and "data_interval_start" in table.main_sql:
                asked = {"data_interval_start": spoken_due(start), "data_interval_end": spoken_due(end)}
                yield f"start a run with the configuration {json.dumps(asked)}"


def is_of_the_schedule(table: SummaryTable, span: Span) -> bool:
    """Runs of the schedule add just this time: also where it is not known, or only days count."""
    if not table.schedule.cron or query_grain(table.main_sql) == "day":
        return True
    times = _times(table, span)
    return bool(times) and (times[0], times[-1]) == span


def backfill(table: SummaryTable, span: Span) -> str:
    """The command for the runs of this time. Airflow tells a run by the beginning of its interval."""
    days = f"--from-date {_iso(span[0])} --to-date {_iso(span[1] - _A_MINUTE)}"
    return f"airflow backfill create --dag-id {table.table} {days} --reprocess-behavior completed"


def _times(table: SummaryTable, hole: Span) -> list[datetime]:
    """The times of the schedule in `hole`, its end among them; their days where the query gives whole days."""
    start, end = hole
    found: list[datetime] = []
    by_day = query_grain(table.main_sql) == "day"
    try:
        while table.schedule.cron and (not found or found[-1] <= end) and len(found) < _MOST_TIMES:
            after = found[-1] if found else start - timedelta(microseconds=1)
            found += cron.next_runs(table.schedule.cron, after, _BATCH)
    except cron.CronError:
        return []
    times = [midnight(moment) if by_day else moment for moment in found]
    return sorted({moment for moment in times if moment <= end})


def _iso(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
