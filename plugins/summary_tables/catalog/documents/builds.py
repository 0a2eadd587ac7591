"""The builds of a table."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from summary_tables.catalog.documents.described import DESCRIBED
from summary_tables.catalog.entry import Entry
from summary_tables.model.build import Build


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildDocument:
    """One build of a table, published or not."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    version: str
    """The physical table that holds it."""
    run_id: str
    """The Airflow run that built it."""
    run_at: datetime
    """When that run was due."""
    started_at: datetime
    """When the query began."""
    finished_at: datetime | None
    """When the build was complete, with its indexes."""
    published_at: datetime | None
    """When readers saw it first; null: they never did."""
    duration_seconds: float | None
    """From `started_at` to `finished_at`."""
    row_count: int
    """Rows that the query gave."""
    size_bytes: int | None
    """What it took on disk when it was complete."""
    refresh_strategy: str
    """`replace`: the whole table; otherwise the build is what one run adds."""
    interval_start: datetime | None
    """Where the data interval of the run begins."""
    interval_end: datetime | None
    """Where it ends; not part of it."""
    is_live: bool
    """Readers see it now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildList:
    """The last builds of a table, newest first."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    full_name: str
    """`schema.table`."""
    builds: tuple[BuildDocument, ...] | None
    """Null: the warehouse was not asked, or did not answer."""


def build_list(entry: Entry) -> BuildList:
    """Of an entry whose history was read for the table's own page."""
    history = entry.history
    builds = tuple(build_document(build, entry.live) for build in history.builds) if history else None
    return BuildList(full_name=entry.full_name, builds=builds)


def build_document(build: Build, live: Build | None) -> BuildDocument:
    """`live` is the build that readers see, if that is known."""
    finished = build.built_at
    return BuildDocument(
        version=build.version,
        run_id=build.run_id,
        run_at=build.run_at,
        started_at=build.started_at,
        finished_at=finished,
        published_at=build.published_at,
        duration_seconds=(finished - build.started_at).total_seconds() if finished else None,
        row_count=build.rows,
        size_bytes=build.size_bytes,
        refresh_strategy=build.strategy,
        interval_start=build.interval_start,
        interval_end=build.interval_end,
        is_live=live is not None and build.version == live.version,
    )
