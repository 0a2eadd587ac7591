"""Show a version to readers, or add it to what they see: before and after, the table is complete, and never between."""

import logging
from dataclasses import replace
from datetime import timedelta

from summary_tables.model.build import Build
from summary_tables.model.table import SummaryTable
from summary_tables.sql.quoting import qualified
from summary_tables.text.moments import moment_text
from summary_tables.warehouse.build import require_schema
from summary_tables.warehouse.columns.compatibility import widened
from summary_tables.warehouse.increments.apply import apply_increment
from summary_tables.warehouse.increments.base import keep_plain_table, make_ready
from summary_tables.warehouse.increments.base_layout import withdraw_indexes
from summary_tables.warehouse.increments.holes import holes_in_live
from summary_tables.warehouse.increments.missing_runs import missing_from_live
from summary_tables.warehouse.increments.order import why_not_shown
from summary_tables.warehouse.increments.preconditions import why_rows_would_go
from summary_tables.warehouse.live_table import LiveTable, look_up
from summary_tables.warehouse.logs.build_log import increments_since, logged_build
from summary_tables.warehouse.logs.old_rows import prune_logs
from summary_tables.warehouse.rights.declared import ensure_declared
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.lock_retries import with_lock_retries
from summary_tables.warehouse.session.session import Session
from summary_tables.warehouse.view.old_snapshots import await_old_snapshots
from summary_tables.warehouse.view.preconditions import refuse_foreign, refuse_rolled_back, require_version
from summary_tables.warehouse.view.retention import drop_superseded
from summary_tables.warehouse.view.roll_back_log import current_roll_back
from summary_tables.warehouse.view.switch import naming_lock_holders, show_version, version_columns, view_columns
from summary_tables.warehouse.view.waits import lock_wait, longer_than_lock_wait
from summary_tables.warehouse.view.waits import snapshot_wait as snapshot_wait_of

SNAPSHOT_WAIT = timedelta(seconds=30)

_LOCKED_ADVICE = "The new build is kept: when that session has ended, run the publish task again."

_log = logging.getLogger(__name__)


def publish_version(
    session: Session,
    table: SummaryTable,
    version: str,
    *,
    may_lose_rows: bool = True,
    snapshot_wait: timedelta = SNAPSHOT_WAIT,
) -> Build:
    """Make `version` what readers of `table` see, and return it; one that has been published stays as it is.

    A version that is an increment is added to what they see instead. Waits up to the table's `lock_timeout_minutes` in
    all while readers hold the view, never holding up other readers for longer than a moment; before that, up to
    `snapshot_wait` for transactions that began before the version was filled and would see it empty. Both waits are
    shorter where the time of the step is, so that it ends by itself. Afterwards, old
    versions and old rows of the logs go. Unless `may_lose_rows`, a whole build of a table that grows is refused if it
    lacks rows that readers see. Raises `WarehouseError`; unless the connection was lost, the live table is
    then unchanged, and if it was, trying again is safe.
    """
    patience = snapshot_wait_of(table, snapshot_wait)
    require_schema(session, table.schema)
    ensure_declared(session)
    try:
        built = logged_build(session, table, version)
        if not built.is_whole:
            build = _add(session, table, version, patience)
        elif not may_lose_rows and (problem := _why_lost(session, table, built)):
            raise WarehouseError(problem)
        else:
            build = _put_in_place(session, table, version, patience)
    except WarehouseError as error:
        raise naming_lock_holders(session, table, error, longer_than_lock_wait(table), _LOCKED_ADVICE) from None
    drop_superseded(session, table)
    prune_logs(session, table)
    return build


def _put_in_place(session: Session, table: SummaryTable, version: str, patience: timedelta) -> Build:
    """A whole build becomes what readers see."""
    await_old_snapshots(session, version, patience)
    return with_lock_retries(lambda: _switch(session, table, version), lock_wait(table))


def _add(session: Session, table: SummaryTable, version: str, patience: timedelta) -> Build:
    """The rows of an increment come to those that readers see; told with what the table lacks then."""
    build = apply_increment(session, table, version, lock_wait(table), patience)
    _analyze(session, build)
    if build.applied_to:
        withdraw_indexes(session, table, build.applied_to)
    missing = missing_from_live(session, table)
    # What a roll-back left out is told with that.
    return replace(build, missing=missing, holes=() if missing else holes_in_live(session, table))


def _switch(session: Session, table: SummaryTable, version: str) -> Build:
    with session.transaction(
        *session.sql.locks.limit_lock_waits(), session.sql.locks.lock_table(table.schema, table.table)
    ):
        build = logged_build(session, table, version)
        live = look_up(session, table)
        if _has_been_published(build, live):
            return build
        roll_back = current_roll_back(session, table.schema, table.table, live)
        refuse_foreign(table, live)
        _refuse_older(session, table, build, live)
        require_version(session, table, build)
        refuse_rolled_back(table, build, roll_back)
        if table.refresh.is_incremental:
            make_ready(session, version, version)
        if live.kind == "table" and _is_wider(session, table, version):
            # The views that read it are pointed at a view with the same columns first.
            keep_plain_table(session, table, live)
            live = look_up(session, table)
        show_version(session, table, version, live)
        session.execute(session.sql.builds.mark_published(table.schema, table.table, version))
        return replace(logged_build(session, table, version), replaced=roll_back)


def _is_wider(session: Session, table: SummaryTable, version: str) -> bool:
    return bool(widened(session.dialect.types, view_columns(session, table), version_columns(session, version)))


def _has_been_published(build: Build, live: LiveTable) -> bool:
    return build.published_at is not None and live.build is not None and live.build.started_at >= build.started_at


def _refuse_older(session: Session, table: SummaryTable, build: Build, live: LiveTable) -> None:
    """Raise `WarehouseError` if `live` has what is newer than `build`."""
    if live.build is None:
        return
    if live.build.started_at > build.started_at:
        zone = table.timezone
        raise WarehouseError(
            f"A newer build of {table.full_name} is live already: it began at "
            f"{moment_text(zone, live.build.started_at)}, "
            f"this one at {moment_text(zone, build.started_at)}. Nothing needs to be done."
        )
    since = increments_since(session, table, live.build.version, build.started_at)
    problem = why_not_shown(table, build, live.build, live.increment, since)
    if problem:
        raise WarehouseError(problem)


def _why_lost(session: Session, table: SummaryTable, build: Build) -> str:
    """Which rows that readers see `build` lacks; empty if none. One that has been published is left alone."""
    whole = qualified(session.warehouse.versions_schema, build.version)
    return "" if build.published_at else why_rows_would_go(session, table, whole)


def _analyze(session: Session, build: Build) -> None:
    """Statistics of the version that the rows were added to. Without them the table is right all the same."""
    if build.applied is None or build.applied_to in (None, build.version):
        # The first increment has had its own since it was built.
        return
    try:
        session.execute(session.sql.versions.analyze(build.applied_to))
    except WarehouseError as error:
        _log.info("The statistics of %s are those of before: %s", build.applied_to, error)
