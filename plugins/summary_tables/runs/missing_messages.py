"""What people read about a table that lacks rows since it was rolled back. Pure."""

from collections.abc import Iterator

from summary_tables.model.build import MissingRuns
from summary_tables.model.increment import anew_words
from summary_tables.model.table import SummaryTable
from summary_tables.text.moments import spoken_due
from summary_tables.warehouse.increments.hole_words import backfill, commands_for, is_of_the_schedule, spoken_span

_MOST = 5


def missing_words(table: SummaryTable, missing: MissingRuns) -> str:
    """Which rows are missing, and how they come back: plain sentences, with a command of Airflow."""
    what = _cut(
        [*map(spoken_span, missing.spans), *(f"the run due {spoken_due(moment)}" for moment in missing.moments)]
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
        if is_of_the_schedule(table, (start, end)) or not table.main_sql:
            yield backfill(table, (start, end))
        else:
            yield from commands_for(table, [(start, end)])


def _cut(texts: list[str]) -> str:
    more = len(texts) - _MOST
    return ", ".join(texts[:_MOST]) + (f" and {more:,} more" if more > 0 else "")
