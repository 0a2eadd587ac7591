"""Whether a table is fresh: for the badge of a dashboard, or for a script that waits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

from summary_tables.catalog.documents.described import DESCRIBED
from summary_tables.catalog.entry import Entry, State

_IS_FRESH: Final[dict[State, bool]] = {
    "fresh": True,
    "warning": True,
    "failing": False,
    "late": False,
    "never_built": False,
}
"""Of the others nobody promises anything: paused, orphaned, a broken file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshnessDocument:
    """Whether what readers see is as new as its schedule says."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    full_name: str
    """`schema.table`."""
    is_fresh: bool | None
    """Null: nobody promises that it is (it is paused, its file is broken or gone)."""
    state: State
    """Why."""
    message: str
    """The same in one sentence for people."""
    state_since: datetime | None
    """When that state began."""
    last_published_at: datetime | None
    """When readers last got something new."""
    age_seconds: float | None
    """How long ago that was, at `as_of`."""
    row_count: int | None
    """Rows of the build that readers see."""
    next_run_at: datetime | None
    """When the next run is due."""
    as_of: datetime
    """When this was found out."""


def freshness(entry: Entry, read_at: datetime) -> FreshnessDocument:
    """`read_at`: when what `entry` holds was asked for (UTC)."""
    published = entry.newest.published_at if entry.newest else None
    return FreshnessDocument(
        full_name=entry.full_name,
        is_fresh=_IS_FRESH.get(entry.state.state),
        state=entry.state.state,
        message=entry.state.sentence,
        state_since=entry.state.since,
        last_published_at=published,
        age_seconds=(read_at - published).total_seconds() if published else None,
        row_count=entry.live.rows if entry.live else None,
        next_run_at=entry.dag.next_run_at if entry.dag else None,
        as_of=read_at,
    )
