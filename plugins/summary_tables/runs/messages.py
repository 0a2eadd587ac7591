"""What a run did, for its log in Airflow, and what a table lacks since it was rolled back. Pure."""

from collections.abc import Iterator
from typing import Final

from summary_tables.model.build import Build, MissingRuns, RollBack
from summary_tables.model.increment import anew_words, spoken_interval
from summary_tables.model.table import SummaryTable
from summary_tables.runs.run_configuration import FULL_REFRESH
from summary_tables.sql.query_grain import Span
from summary_tables.text.english import counted
from summary_tables.text.moments import spoken, spoken_due
from summary_tables.text.sizes import spoken_size
from summary_tables.warehouse.increments.hole_words import backfill, commands_for, is_of_the_schedule, spoken_span
from summary_tables.warehouse.increments.strategies import strategy_named

_MOST = 5

NEEDLESS: Final = f"Each run builds this table anew: `{FULL_REFRESH}` changes nothing."
"""Of a run with that configuration, of a table that does not grow."""


def built_words(table: str, build: Build) -> str:
    """`Built analytics.nps_summary: 1,234 rows in 3.2 seconds, 56 kB, as version nps_summary__...`, as far as known."""
    what = table if build.is_whole else f"the increment of {spoken_interval(build)} of {table}"
    return f"Built {what}: {', '.join(_facts(build))}."


def published_words(table: str, build: Build) -> str:
    """What readers see since it was published; of an increment, which rows went and came."""
    ended = f" {_ended_words(build.replaced)}" if build.replaced else ""
    return f"{_shown_words(table, build)}{ended}"


def _shown_words(table: str, build: Build) -> str:
    if build.is_whole:
        return f"Published {table}: {counted(build.rows, 'row')}."
    if build.needless:
        return build.needless
    run = f"the run of {spoken_interval(build)}"
    if build.applied is None:
        return f"The rows of {run} are in {table} already: nothing was done."
    if build.applied_to == build.version:
        return f"Published {table}, which begins with {counted(build.rows, 'row')} of {run}."
    skipped = build.rows - build.applied.inserted
    added, removed = counted(build.applied.inserted, "row"), counted(build.applied.deleted, "row")
    words = f"Added {added} of {run} to {table}, and removed {removed}"
    others = f"; {counted(skipped, 'row')} {strategy_named(build.strategy).SKIPPED}" if skipped else ""
    return f"{words} that they replace{others}."


def cut_words(table: str, span: Span, part: Span) -> str:
    """What a run of `span` builds of which others have added all but `part`."""
    return (
        f"Other runs have added a part of {spoken_span(span)} to {table}: this one builds the rest, "
        f"{spoken_span(part)}. In its query `data_interval_start` and `data_interval_end` are those of the rest."
    )


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


def _facts(build: Build) -> Iterator[str]:
    seconds = (build.built_at - build.started_at).total_seconds() if build.built_at else None
    yield counted(build.rows, "row") if seconds is None else f"{counted(build.rows, 'row')} in {seconds:,.1f} seconds"
    if build.size_bytes is not None:
        yield spoken_size(build.size_bytes)
    yield f"as version {build.version}"


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


def _ended_words(ended: RollBack) -> str:
    return f"It replaces a version to which {ended.role} had rolled the table back at {spoken(ended.at)}."
