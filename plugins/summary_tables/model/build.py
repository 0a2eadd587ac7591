"""The build of a version, and what became of it."""

from dataclasses import dataclass, field
from datetime import datetime

from summary_tables.text.moments import UTC_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRun:
    """The run that builds a version. `run_at` is when the run was due (UTC): "the build of ...".

    `interval_start` and `interval_end` are its data interval (UTC), which the end is not part of; None: it has none.
    `full_refresh`: the whole table is built, whatever its strategy. `timezone`: that of the dates in its query.
    """

    run_id: str
    try_number: int
    run_at: datetime
    interval_start: datetime | None = None
    interval_end: datetime | None = None
    full_refresh: bool = False
    timezone: str = UTC_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class RollBack:
    """Somebody pointed a published table at another of its versions. `role` is who; times are UTC.

    `from_shown_at` and `to_shown_at` are when readers saw the versions first.
    """

    from_version: str
    to_version: str
    from_shown_at: datetime
    to_shown_at: datetime
    at: datetime
    role: str

    @property
    def goes_back(self) -> bool:
        """False: to a newer version, which undoes an earlier roll-back."""
        return self.to_shown_at < self.from_shown_at


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRuns:
    """What a table that grows lacks since it was rolled back: what runs had added to the version shown before.

    `spans` are from the first moment to before the second (UTC), in order and apart from each other; `moments` are when
    runs were due that cover no interval.
    """

    spans: tuple[tuple[datetime, datetime], ...] = ()
    moments: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What adding an increment did: the rows that it took out of the table, and those that it put in."""

    deleted: int
    inserted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A version that stands in the warehouse. `columns` are names in table order; times are UTC.

    `built_at` is when it was complete, with its indexes, and `size_bytes` what it took then; None: unknown.
    Of the publish that gave this record: `replaced` is the roll-back that had chosen what readers saw before, if it
    ended one, `applied` what it did with the rows, if they were added, `skip_reason` why that was not needed, `missing`
    what a roll-back left out that is not there again, and `holes` the times between increments that none covers.
    Where `strategy` is not `replace`, the version is an increment: what one run adds, for its interval, to the version
    `applied_to`. That may be itself: the first increment of a table is shown as it is. `timezone` is that of its run,
    where somebody has asked for it.
    """

    version: str
    run_id: str
    run_at: datetime
    started_at: datetime
    rows: int
    columns: tuple[str, ...] = field(default=())
    published_at: datetime | None = None
    strategy: str = "replace"
    interval_start: datetime | None = None
    interval_end: datetime | None = None
    applied_to: str | None = None
    built_at: datetime | None = None
    size_bytes: int | None = None
    replaced: RollBack | None = None
    applied: Applied | None = None
    skip_reason: str = ""
    missing: MissingRuns | None = None
    holes: tuple[tuple[datetime, datetime], ...] = ()
    timezone: str = UTC_NAME

    @property
    def is_whole(self) -> bool:
        """It is a whole table, and no increment."""
        return self.strategy == "replace"
