"""Rows that no run has added, or that a roll-back left out: what people read of them, and the runs that add them."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from summary_tables.configs.schedule import cron
from summary_tables.model.build import MissingRuns
from summary_tables.model.increment import anew_words
from summary_tables.model.table import SummaryTable
from summary_tables.sql.query_grain import Span, midnight, query_grain
from summary_tables.text.moments import due_text, span_text

_MOST = 5
_BATCH = 64
_A_MINUTE = timedelta(minutes=1)
_MOST_TIMES = 10_000


def hole_words(table: SummaryTable, holes: Sequence[Span]) -> str:
    """Which rows are missing, and how they come: plain sentences."""
    what = _cut([span_text(table.timezone, hole) for hole in holes])
    if not table.main_sql:
        # Only the query tells whether its rows are of just this time.
        return f"No run of {table.full_name} covered {what}."
    words = f"No run has added the rows of {what} to {table.full_name}."
    commands = list(_commands_for(table, holes[:_MOST]))
    return f"{words} To add them, {'; '.join(commands)}." if commands else words


def missing_words(table: SummaryTable, missing: MissingRuns) -> str:
    """Which rows are missing, and how they come back: plain sentences, with a command of Airflow."""
    what = _cut(
        [
            *(span_text(table.timezone, span) for span in missing.spans),
            *(f"the run due {due_text(table.timezone, moment)}" for moment in missing.moments),
        ]
    )
    words = f"Missing in {table.full_name} since it was rolled back: the rows of {what}."
    if not missing.spans or missing.moments:
        return f"{words} {anew_words(table)}".strip()
    commands = "; ".join(_commands(table, missing))
    return f"{words} To add them again: {commands}. {anew_words(table, instead=True)}".strip()


def _commands(table: SummaryTable, missing: MissingRuns) -> Iterator[str]:
    """A day that is there already may be built again. Where the schedule changed, it has no run of just this time."""
    spans = missing.spans if len(missing.spans) <= _MOST else ((missing.spans[0][0], missing.spans[-1][1]),)
    for start, end in spans:
        if _is_of_the_schedule(table, (start, end)) or not table.main_sql:
            yield _backfill(table, (start, end))
        else:
            yield from _commands_for(table, [(start, end)])


def _cut(texts: list[str]) -> str:
    more = len(texts) - _MOST
    return ", ".join(texts[:_MOST]) + (f" and {more:,} more" if more > 0 else "")


def _commands_for(table: SummaryTable, holes: Sequence[Span]) -> Iterator[str]:
    """Several intervals of the schedule are runs of their own, as they would have been; any other time is one run."""
    for hole in holes:
        times = _times(table, hole)
        whole = (times[0], times[-1]) if len(times) > 2 else None
        pieces = [(hole[0], whole[0]), (whole[1], hole[1])] if whole else [hole]
        if whole:
            yield f"backfill the runs that are missing: {_backfill(table, whole)}"
        for start, end in pieces:
            if start < end and "data_interval_start" in table.main_sql:
                asked = {
                    "data_interval_start": due_text(table.timezone, start),
                    "data_interval_end": due_text(table.timezone, end),
                }
                yield f"start a run with the configuration {json.dumps(asked)}"


def _is_of_the_schedule(table: SummaryTable, span: Span) -> bool:
    """Runs of the schedule add just this time: also where it is not known, or only days count."""
    if not table.schedule.cron or query_grain(table.main_sql) == "day":
        return True
    times = _times(table, span)
    return bool(times) and (times[0], times[-1]) == span


def _backfill(table: SummaryTable, span: Span) -> str:
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
            found += cron.next_runs(table.schedule.cron, after, _BATCH, table.timezone)
    except cron.CronError:
        return []
    times = [midnight(moment, table.timezone) if by_day else moment for moment in found]
    return sorted({moment for moment in times if moment <= end})


def _iso(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
