"""What increments of a table that is appended to mean for each other where their intervals share time. Pure.

They do when a schedule changes: Airflow's next interval begins at a time of the new schedule, which may lie inside the
last one of the old. An increment takes the place of older ones whose intervals lie in its own; where others reach into
its interval, only the rest is built; one that lies in others adds nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.increment import anew_words, interval_text, reach_of
from summary_tables.model.table import SummaryTable
from summary_tables.sql.query_grain import Span, filled_for, in_grain, query_grain
from summary_tables.sql.templates.error import TemplateError
from summary_tables.text.moments import due_text
from summary_tables.warehouse.increments.spans import ALWAYS, contains, interval_of, merged, overlap, without


@dataclass(frozen=True, slots=True)
class SharedTime:
    """The interval of an increment, and those that share time with it in the table.

    `span` is None where it covers no interval that its query could tell. `replaced` are older increments inside it,
    `others` are the rest, a whole build among them, each with its interval.
    """

    span: Span | None = None
    replaced: tuple[Build, ...] = ()
    others: tuple[tuple[Build, Span], ...] = ()

    @property
    def left(self) -> tuple[Span, ...]:
        """What of the interval the others leave."""
        return tuple(without([self.span], merged(span for _, span in self.others))) if self.span else ()


NO_SHARED_TIME: Final = SharedTime()


def shared_time(table: SummaryTable, new: Build | BuildRun, base: Build, near: Sequence[Build]) -> SharedTime:
    """How `new`, built or still to be built, meets `base` and the increments `near` in it."""
    grain = query_grain(table.main_sql)
    span = _span_of(table, new)
    if span is None:
        return NO_SHARED_TIME
    spans = [(build, found) for build in near if (found := _span_of(table, build)) and overlap(span, found)]
    standing = [(build, found) for build, found in spans if not _is_replaced(build, found, spans)]
    replaced = [build for build, found in standing if contains(span, found) and not _is_newer(build, new)]
    others = [(build, found) for build, found in standing if build not in replaced]
    reach = reach_of(base)
    whole = in_grain((ALWAYS, reach), grain, _zone_of(table, base)) if reach else None
    if whole and overlap(span, whole):
        others.insert(0, (base, whole))
    return SharedTime(span, tuple(replaced), tuple(others))


def why_covered(table: SummaryTable, increment: Build | BuildRun, shared: SharedTime) -> str:
    """Why nothing needs to be done for `increment`, as others cover its interval; empty if they do not."""
    if not shared.others or shared.left:
        return ""
    words = (
        f"{table.full_name} has the rows of this run's interval, {interval_text(table.timezone, increment)}, "
        "already: they came with "
        f"{_runs(table, shared)}, and adding them would double them. Nothing needs to be done."
    )
    return f"{words} {anew_words(table)}".strip()


def why_doubled(table: SummaryTable, increment: Build, shared: SharedTime) -> str:
    """Why `increment`, which others do not cover, must not be added; empty if it may."""
    if not shared.others:
        return ""
    return (
        f"{table.full_name} has the rows of a part of this run's interval, "
        f"{interval_text(table.timezone, increment)}, already: they "
        f"came with {_runs(table, shared)}, and adding them would double them. Nothing was changed. "
        "Clear `create` of this run in Airflow: it then builds the part that is missing."
    )


def why_not_cut(table: SummaryTable, run: BuildRun, shared: SharedTime, part: Span) -> str:
    """Why the query cannot give the rows of `part` only; empty if it can, or if it is not known."""
    lacking = _lacking_bound(table, shared.span, part) if shared.span else ""
    if not lacking:
        return ""
    return (
        f"{table.full_name} has the rows of a part of this run's interval, {interval_text(table.timezone, run)}, "
        "already: they came "
        f"with {_runs(table, shared)}. The query would give them once more, as it does not use `{lacking}`. Nothing "
        "was done. "
        "Write `... >= '{{ data_interval_start }}' AND ... < '{{ data_interval_end }}'` in the query, and clear "
        "`create` of this run in Airflow."
    )


def _lacking_bound(table: SummaryTable, span: Span, part: Span) -> str:
    """The name of the date that the query ignores although `part` has another one than `span`."""
    zone = table.timezone
    try:
        whole = filled_for(table.main_sql, span, span[0], zone)
        if part[0] != span[0] and filled_for(table.main_sql, (part[0], span[1]), span[0], zone) == whole:
            return "data_interval_start"
        if part[1] != span[1] and filled_for(table.main_sql, (span[0], part[1]), span[0], zone) == whole:
            return "data_interval_end"
    except TemplateError:
        pass  # the run itself says it
    return ""


def _span_of(table: SummaryTable, build: Build | BuildRun) -> Span | None:
    interval = interval_of(build)
    return in_grain(interval, query_grain(table.main_sql), _zone_of(table, build)) if interval else None


def _zone_of(table: SummaryTable, build: Build | BuildRun) -> str:
    """Of the dates in its query: those of a run to come are what the file says now."""
    return build.timezone if isinstance(build, Build) and build.published_at else table.timezone


def _is_replaced(build: Build, span: Span, spans: Sequence[tuple[Build, Span]]) -> bool:
    """A later one came in its place."""
    return any(
        contains(found, span) and build.published_at and later.published_at and later.published_at > build.published_at
        for later, found in spans
    )


def _is_newer(build: Build, new: Build | BuildRun) -> bool:
    """A run that is still to be built is newer than all."""
    return isinstance(new, Build) and build.started_at > new.started_at


def _runs(table: SummaryTable, shared: SharedTime) -> str:
    build, _ = shared.others[0]
    more = f" and {len(shared.others) - 1:,} more" if len(shared.others) > 1 else ""
    if build.is_whole:
        return f"the whole table, which the run of {due_text(table.timezone, build.run_at)} built{more}"
    return f"the run of {interval_text(table.timezone, build)}{more}"
