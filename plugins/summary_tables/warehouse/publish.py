"""Show a version to readers: one short transaction, before and after which they see a complete table."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg

from summary_tables.model import Build, RollBack, SummaryTable, Warehouse
from summary_tables.warehouse import catalog_statements
from summary_tables.warehouse.build_log import find_build, log_exists
from summary_tables.warehouse.create_version import refuse_missing_schema
from summary_tables.warehouse.error import WarehouseError
from summary_tables.warehouse.live_table import LiveTable, look_up
from summary_tables.warehouse.old_log_rows import prune_logs
from summary_tables.warehouse.old_snapshots import await_old_snapshots
from summary_tables.warehouse.old_versions import drop_superseded
from summary_tables.warehouse.roll_back_log import current_roll_back
from summary_tables.warehouse.session import Session, open_session, with_lock_retries
from summary_tables.warehouse.show_version import naming_lock_holders, show_version
from summary_tables.warehouse.spoken_time import spoken

LOCK_WAIT = timedelta(minutes=10)
SNAPSHOT_WAIT = timedelta(seconds=30)

_LOCKED_ADVICE = "The new build is kept: when that session has ended, run the publish task again."


def publish(
    connection: psycopg.Connection[Any],
    table: SummaryTable,
    warehouse: Warehouse,
    version: str,
    *,
    lock_wait: timedelta = LOCK_WAIT,
    snapshot_wait: timedelta = SNAPSHOT_WAIT,
) -> Build:
    """Make `version` what readers of `table` see, and return it; one that has been published stays as it is.

    Waits up to `lock_wait` in all while readers hold the view, never holding up other readers for longer than a
    moment; before that, up to `snapshot_wait` for transactions that began before the version was filled and would
    see it empty. Afterwards, old versions and old rows of the logs go. Raises `WarehouseError`; unless the
    connection was lost, the live table is then unchanged, and if it was, trying again is safe.
    """
    with open_session(connection, warehouse) as session:
        refuse_missing_schema(session, table.schema)
        await_old_snapshots(session, version, snapshot_wait)
        try:
            build = with_lock_retries(lambda: _publish(session, table, version), lock_wait)
        except WarehouseError as error:
            raise naming_lock_holders(session, table, error, _LOCKED_ADVICE) from None
        drop_superseded(session, table)
        prune_logs(session, table)
    return build


def _publish(session: Session, table: SummaryTable, version: str) -> Build:
    with session.transaction():
        session.execute_all(session.sql.limit_lock_waits())
        session.execute(session.sql.lock_table(table.schema, table.table))
        build = _logged_build(session, table, version)
        live = look_up(session, table)
        if _has_been_published(build, live):
            return build
        roll_back = current_roll_back(session, table.schema, table.table, live)
        _refuse(session, table, build, live)
        _refuse_rolled_back(table, build, roll_back)
        show_version(session, table, version, live)
        session.execute(session.sql.mark_published(version))
        return replace(_logged_build(session, table, version), replaced=roll_back)


def _logged_build(session: Session, table: SummaryTable, version: str) -> Build:
    build = find_build(session, table.schema, table.table, version) if log_exists(session) else None
    if build is None:
        raise WarehouseError(f"There is no build {version} of {table.full_name}. Run the table again.")
    return build


def _has_been_published(build: Build, live: LiveTable) -> bool:
    return build.published_at is not None and live.build is not None and live.build.started_at >= build.started_at


def _refuse(session: Session, table: SummaryTable, build: Build, live: LiveTable) -> None:
    """Raise `WarehouseError` if `build` must not take the place of `live`."""
    if live.kind == "other":
        raise WarehouseError(
            f"{table.full_name} is {live.what}; publishing would destroy it, so it was left alone. "
            "Rename or drop it in the warehouse, or give the summary table another name, and run again."
        )
    if live.build and live.build.started_at > build.started_at:
        raise WarehouseError(
            f"A newer build of {table.full_name} is live already: it began at {spoken(live.build.started_at)}, "
            f"this one at {spoken(build.started_at)}. Nothing needs to be done."
        )
    if not session.rows(catalog_statements.relation(session.warehouse.versions_schema, build.version)):
        raise WarehouseError(f"The build {build.version} of {table.full_name} has been dropped. Run the table again.")


def _refuse_rolled_back(table: SummaryTable, build: Build, roll_back: RollBack | None) -> None:
    """A publish that is tried again, e.g. after the reply to COMMIT was lost, must not undo what a person did since."""
    if build.published_at is None or roll_back is None:
        return
    raise WarehouseError(
        f"This build of {table.full_name} has been published, and {roll_back.role} rolled the table back from it at "
        f"{spoken(roll_back.at)}; it stays rolled back. Run the table again, or undo the roll-back: "
        f"summary-tables rollback {table.full_name} --to {build.version}"
    )
