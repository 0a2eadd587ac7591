"""What one line of the list shows of a table."""

from dataclasses import dataclass
from datetime import datetime

from summary_tables.catalog.entry import Entry
from summary_tables.catalog.listing.search import found_columns
from summary_tables.catalog.pages.charts.sparkline import Sparkline, sparkline
from summary_tables.catalog.pages.charts.strip import Strip, outcomes_of_runs, strip
from summary_tables.catalog.pages.links import Links
from summary_tables.catalog.pages.state_mark import state_words
from summary_tables.catalog.pages.words import StateWords, first_words
from summary_tables.configs.schedule.schedule_in_words import built_in_words
from summary_tables.model.build import Build

_MOST_CHARACTERS = 160
_MOST_BUILDS = 30
_MOST_COLUMNS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """`build` is the one that was published last; `sentence` is empty where the word of the state says it all;
    `columns` are those that the search found, with their descriptions."""

    full_name: str
    schema: str
    table: str
    address: str
    state: StateWords
    sentence: str
    description: str
    owner: str
    build: Build | None
    seconds: float | None
    sparkline: Sparkline | None
    strip: Strip | None
    schedule: str
    zone: str
    next_at: datetime | None
    reads: int | None
    read_by: int | None
    columns: tuple[tuple[str, str], ...] = ()
    is_deprecated: bool = False


def list_row(entry: Entry, links: Links, words: tuple[str, ...] = ()) -> ListRow:
    """Of one table that was found by these words of a search."""
    declaration, history, declared = entry.declaration, entry.history, entry.declared
    build = entry.last_build
    return ListRow(
        full_name=entry.full_name,
        schema=entry.schema,
        table=entry.table,
        address=links.table(entry.full_name),
        state=state_words(entry),
        sentence=""
        if entry.state.state in ("fresh", "unknown")
        else first_words(entry.state.sentence, _MOST_CHARACTERS),
        description=first_words(declared.description, _MOST_CHARACTERS) if declared else "",
        owner=declared.owner if declared else "",
        build=build,
        seconds=seconds_of(build),
        sparkline=sparkline(rows_over_time(entry)[-_MOST_BUILDS:]),
        strip=strip(outcomes_of_runs(entry.zone, history.runs)) if history else None,
        schedule=built_in_words(declared) if declared else "",
        zone=entry.zone,
        next_at=entry.dag.next_run_at if entry.dag and not entry.dag.is_paused else None,
        reads=len(declaration.neighbours.reads) if declaration and declared else None,
        read_by=len(declaration.neighbours.read_by) if declaration else None,
        columns=found_columns(entry, words)[:_MOST_COLUMNS],
        is_deprecated=bool(declared and declared.deprecated),
    )


def seconds_of(build: Build | None) -> float | None:
    """How long building it took; None: nobody knows."""
    if build is None or build.built_at is None:
        return None
    return max((build.built_at - build.started_at).total_seconds(), 0.0)


def rows_over_time(entry: Entry) -> list[int]:
    """Of the published builds, oldest first; of a table that grows, what each run added."""
    if entry.history is None:
        return []
    points = reversed(entry.history.points)
    return [point.rows for point in points if point.is_published and point.rows is not None]
