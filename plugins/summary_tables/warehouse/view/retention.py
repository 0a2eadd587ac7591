"""Which versions of a table are kept, and dropping the others."""

import logging
from collections.abc import Collection
from datetime import datetime, timedelta

from summary_tables.model.build import Build
from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.live_table import look_up
from summary_tables.warehouse.logs.build_log import standing_builds, utc
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session

KEPT = 3
"""Published versions that stay for an instant roll-back, the live one among them."""

KEPT_UNPUBLISHED = 10
"""Versions newer than the live one that stay for a look: they failed a check, or wait for theirs."""

WAITING = timedelta(days=2)
"""How long an increment that was never published stays at least: of parallel backfills, many wait for their checks."""

_log = logging.getLogger(__name__)


def superseded(builds: Collection[Build], live: Build | None, now: datetime) -> tuple[Build, ...]:
    """The builds that nobody needs any more at `now`, oldest first.

    The last published ones and the live one stay; of those never published, the last ones that began after it.
    Increments that have been added to another version go; those that wait stay for `WAITING`, and the last ones longer.
    """
    increments = [b for b in builds if not b.is_whole and b.applied_to != b.version]
    whole = [b for b in builds if b not in increments]
    kept = {
        b.version for b in (*_kept_whole(whole, live), *_kept_increments(increments, now), *([live] if live else []))
    }
    return tuple(sorted((b for b in builds if b.version not in kept), key=_started_at))


def drop_superseded(session: Session, table: SummaryTable) -> None:
    """Drop what nobody needs, each in a short transaction of its own.

    What cannot be dropped now, because it is read or because somebody's view depends on it, is left for the next
    time: the publish that came before is done and stays done.
    """
    tried: set[str] = set()
    try:
        while _drop_next(session, table, tried):
            pass
    except WarehouseError as error:
        _log.info("Old versions of %s are left for the next time: %s", table.full_name, error)


def _drop_next(session: Session, table: SummaryTable, tried: set[str]) -> bool:
    """Drop the oldest superseded version not in `tried`, which has it then; returns whether there are more."""
    sql, version, more = session.sql, "", False
    try:
        with session.transaction(*sql.locks.limit_lock_waits(), sql.locks.lock_table(table.schema, table.table)):
            version, *others = [name for name in _superseded_now(session, table) if name not in tried] or [""]
            more = bool(others)
            if version:
                tried.add(version)
                session.execute(sql.versions.drop_version(version))
    except WarehouseError as error:
        if not version or not error.sqlstate or session.connection.closed:
            raise
        _log.info("The old version %s of %s is left for the next time: %s", version, table.full_name, error)
    return more


def _superseded_now(session: Session, table: SummaryTable) -> tuple[str, ...]:
    builds = standing_builds(session, table.schema, table.table)
    now = utc(session.value(session.sql.session.now()))
    return tuple(b.version for b in superseded(builds, look_up(session, table).build, now))


def _kept_whole(builds: Collection[Build], live: Build | None) -> tuple[Build, ...]:
    published = sorted((b for b in builds if b.published_at), key=_published_at, reverse=True)
    unpublished = sorted((b for b in builds if b.published_at is None), key=_started_at, reverse=True)
    newer = [b for b in unpublished if live is None or b.started_at > live.started_at]
    return (*published[:KEPT], *newer[:KEPT_UNPUBLISHED])


def _kept_increments(builds: Collection[Build], now: datetime) -> tuple[Build, ...]:
    waiting = sorted((b for b in builds if b.published_at is None), key=_started_at, reverse=True)
    young = [b for b in waiting if now - b.started_at <= WAITING]
    return (*waiting[:KEPT_UNPUBLISHED], *young)


def _published_at(build: Build) -> float:
    return build.published_at.timestamp() if build.published_at else 0.0


def _started_at(build: Build) -> float:
    return build.started_at.timestamp()
