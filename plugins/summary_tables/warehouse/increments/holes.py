"""Times between the increments of a table that none of them covers: a schedule changed, or runs were left out."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from summary_tables.model.build import Build
from summary_tables.model.increment import reach_of, run_moment
from summary_tables.model.table import SummaryTable
from summary_tables.sql.query_grain import Grain, Span, in_grain, query_grain
from summary_tables.warehouse.increments.spans import ALWAYS, interval_of, merged
from summary_tables.warehouse.increments.zones import with_zones
from summary_tables.warehouse.live_table import look_up
from summary_tables.warehouse.logs.build_log import increments_of
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session

_TOLD_FOR = timedelta(days=365)
"""Of what is older than that when the newest rows come, nobody is told again."""

_log = logging.getLogger(__name__)


def holes_in_live(session: Session, table: SummaryTable) -> tuple[Span, ...]:
    """Those of what readers see now, in order, for those who have just added to it: that is done all the same."""
    try:
        return holes(session, table, look_up(session, table).build)
    except WarehouseError as error:
        _log.info("Whether %s lacks the rows of some time is not known: %s", table.full_name, error)
        return ()


def holes(session: Session, table: SummaryTable, live: Build | None) -> tuple[Span, ...]:
    """Those of what readers of `table` see, who see `live`, in order. Raises `WarehouseError`."""
    if live is None:
        return ()
    grain = query_grain(table.main_sql)
    builds = (live, *increments_of(session, table, live.version))
    base, *increments = with_zones(session, table, builds) if grain == "day" else builds
    return holes_between(base, increments, grain)


def hole_before(table: SummaryTable, build: Build) -> Span | None:
    """The one of `build.holes` that ends where the interval of the increment `build` begins."""
    interval = interval_of(build)
    span = in_grain(interval, query_grain(table.main_sql), table.timezone) if interval else None
    return next((hole for hole in build.holes if span and hole[1] == span[0]), None)


def holes_between(base: Build, increments: Sequence[Build], grain: Grain) -> tuple[Span, ...]:
    """The times that neither `base` nor the `increments` in it cover, each between two that they do.

    Nothing is known of a time in which a run added rows that covers no interval.
    """
    intervals = [(interval, build.timezone) for build in increments if (interval := interval_of(build))]
    spans = [span for interval, zone in intervals if (span := in_grain(interval, grain, zone))]
    if (reach := reach_of(base)) and (whole := in_grain((ALWAYS, reach), grain, base.timezone)):
        spans.append(whole)
    moments = {run_moment(build) for build in increments if build.interval_start in (None, build.interval_end)}
    return tuple(_between(merged(spans), moments))


def _between(covered: Sequence[Span], moments: Iterable[datetime]) -> Iterable[Span]:
    known = tuple(moments)
    for (_, start), (end, _) in pairwise(covered):
        is_young = covered[-1][1] - end < _TOLD_FOR
        if is_young and not any(start < moment <= end for moment in known):
            yield start, end
