"""What a table that grows lacks since somebody rolled it back: rows that runs had added to what readers saw before."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from summary_tables.model.build import Build, MissingRuns, RollBack
from summary_tables.model.increment import reach_of, run_moment
from summary_tables.model.table import SummaryTable
from summary_tables.sql.query_grain import Span
from summary_tables.warehouse.increments.spans import ALWAYS, interval_of, merged, without
from summary_tables.warehouse.live_table import look_up
from summary_tables.warehouse.logs.build_log import find_build, increments_of
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session
from summary_tables.warehouse.view.roll_back_log import roll_backs

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A version that readers see or saw, and the increments that were added to it."""

    base: Build
    increments: tuple[Build, ...]

    @property
    def reach(self) -> datetime | None:
        """`reach_of` what the increments were added to."""
        return reach_of(self.base)

    @property
    def spans(self) -> Iterator[Span]:
        """The intervals of the increments."""
        yield from filter(None, map(interval_of, self.increments))

    @property
    def moments(self) -> set[datetime]:
        """When the increments were due that have no interval."""
        return {run_moment(build) for build in self.increments if build.interval_start in (None, build.interval_end)}


def missing_runs(session: Session, table: SummaryTable, live: Build | None) -> MissingRuns | None:
    """What readers of `table`, who see `live`, lack by a roll-back; None where nothing is known to be missing.

    A table that is built anew each time lacks nothing for long. Raises `WarehouseError`.
    """
    left = versions_left(live.version, roll_backs(session, table.schema, table.table)) if live else ()
    if live is None or not left:
        return None
    found = [find_build(session, table.schema, table.table, version) for version in left]
    before = [_contents(session, table, build) for build in found if build]
    after = _contents(session, table, live)
    if not table.refresh.is_incremental and not any(each.increments for each in (*before, after)):
        return None
    return lacking(before, after)


def missing_from_live(session: Session, table: SummaryTable) -> MissingRuns | None:
    """The same of what readers see now, for those who have just changed it: that is done, whether this can be read."""
    try:
        return missing_runs(session, table, look_up(session, table).build)
    except WarehouseError as error:
        _log.info("Whether a roll-back left something out of %s is not known: %s", table.full_name, error)
        return None


def versions_left(version: str, history: Sequence[RollBack]) -> tuple[str, ...]:
    """The versions that readers were sent back from to reach `version`, by the last roll-backs of `history`."""
    left: list[str] = []
    for event in reversed(history):
        if not event.goes_back or event.to_version != (left[-1] if left else version):
            break
        left.append(event.from_version)
    return tuple(left)


def lacking(before: Sequence[Contents], after: Contents) -> MissingRuns | None:
    """What `before` held and `after` does not; None if nothing."""
    reach = after.reach
    begins = min((start for start, _ in after.spans), default=after.base.started_at)
    wanted = [span for each in before for span in (*each.spans, *_whole(each, reach or begins))]
    held = [*after.spans, *([(ALWAYS, reach)] if reach else [])]
    spans = tuple(without(merged(wanted), merged(held)))
    lost = {moment for each in before for moment in each.moments} - after.moments
    moments = tuple(sorted(moment for moment in lost if reach is None or moment > reach))
    return MissingRuns(spans=spans, moments=moments) if spans or moments else None


def _contents(session: Session, table: SummaryTable, build: Build) -> Contents:
    return Contents(base=build, increments=increments_of(session, table, build.version))


def _whole(contents: Contents, begins: datetime) -> Iterator[Span]:
    if contents.reach and contents.reach > begins:
        yield begins, contents.reach
