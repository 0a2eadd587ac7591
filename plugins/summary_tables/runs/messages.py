"""What a run did, for its log in Airflow. Pure."""

from collections.abc import Iterator
from typing import Final

from summary_tables.model.build import Build, RollBack
from summary_tables.model.failure import Failure
from summary_tables.model.increment import interval_text
from summary_tables.model.table import SummaryTable
from summary_tables.runs.run_configuration import FULL_REFRESH
from summary_tables.sql.query_grain import Span
from summary_tables.text.english import counted
from summary_tables.text.moments import moment_text, span_text
from summary_tables.text.sizes import size_text
from summary_tables.text.wrapped import wrapped
from summary_tables.warehouse.increments.strategies import strategy_named

NEEDLESS: Final = f"Each run builds this table anew: `{FULL_REFRESH}` changes nothing."
"""Of a run with that configuration, of a table that does not grow."""


def built_words(table: SummaryTable, build: Build) -> str:
    """`Built analytics.nps_summary: 1,234 rows in 3.2 seconds, 56 kB, as version nps_summary__...`, as far as known."""
    name = table.full_name
    what = name if build.is_whole else f"the increment of {interval_text(table.timezone, build)} of {name}"
    return f"Built {what}: {', '.join(_facts(build))}."


def published_words(table: SummaryTable, build: Build) -> str:
    """What readers see since it was published; of an increment, which rows went and came."""
    ended = f" {_ended_words(table.timezone, build.replaced)}" if build.replaced else ""
    return f"{_shown_words(table, build)}{ended}"


def _shown_words(table: SummaryTable, build: Build) -> str:
    if build.is_whole:
        return f"Published {table.full_name}: {counted(build.rows, 'row')}."
    if build.skip_reason:
        return build.skip_reason
    run = f"the run of {interval_text(table.timezone, build)}"
    if build.applied is None:
        return f"The rows of {run} are in {table.full_name} already: nothing was done."
    if build.applied_to == build.version:
        return f"Published {table.full_name}, which begins with {counted(build.rows, 'row')} of {run}."
    skipped = build.rows - build.applied.inserted
    added, removed = counted(build.applied.inserted, "row"), counted(build.applied.deleted, "row")
    words = f"Added {added} of {run} to {table.full_name}, and removed {removed}"
    others = f"; {counted(skipped, 'row')} {strategy_named(build.strategy).SKIPPED}" if skipped else ""
    return f"{words} that they replace{others}."


def failure_text(failure: Failure) -> str:
    """What failed and why, since when, and what readers see: each from the beginning of a line, no line too long."""
    first = f"{failure.subject} {failure.verb}: {failure.reason}"
    table = f"\n{failure.details}\n" if failure.details else ""
    place = f"In {failure.place}." if failure.place else ""
    return "\n".join(
        filter(None, (wrapped(first), place, table, wrapped(failure.failing_since), wrapped(failure.live)))
    )


def warning_text(warning: Failure) -> str:
    """The same of a check that lets the run go on."""
    return f"{failure_text(warning)}\nThe run goes on: the check only warns."


def cut_words(zone: str, table: str, span: Span, part: Span) -> str:
    """What a run of `span` builds of which others have added all but `part`."""
    whole, rest = (span_text(zone, each) for each in (span, part))
    return (
        f"Other runs have added a part of {whole} to {table}: this one builds the rest, {rest}. "
        "In its query `data_interval_start` and `data_interval_end` are those of the rest."
    )


def _facts(build: Build) -> Iterator[str]:
    seconds = (build.built_at - build.started_at).total_seconds() if build.built_at else None
    yield counted(build.rows, "row") if seconds is None else f"{counted(build.rows, 'row')} in {seconds:,.1f} seconds"
    if build.size_bytes is not None:
        yield size_text(build.size_bytes)
    yield f"as version {build.version}"


def _ended_words(zone: str, ended: RollBack) -> str:
    return f"It replaces a version to which {ended.role} had rolled the table back at {moment_text(zone, ended.at)}."
