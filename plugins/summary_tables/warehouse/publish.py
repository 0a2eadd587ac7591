"""Show a version to readers: one short transaction, before and after which they see a complete table."""

from datetime import UTC, datetime, timedelta
from itertools import starmap
from typing import Any

import psycopg

from summary_tables.model import Build, SummaryTable, Warehouse
from summary_tables.warehouse import catalog_statements
from summary_tables.warehouse.build_log import find_build, log_exists, utc
from summary_tables.warehouse.create_version import refuse_missing_schema
from summary_tables.warehouse.error import DEADLOCK, LOCK_NOT_AVAILABLE, WarehouseError
from summary_tables.warehouse.live_table import LiveTable, look_up
from summary_tables.warehouse.migration import carry_over, lock_for_move, move_away
from summary_tables.warehouse.old_snapshots import await_old_snapshots
from summary_tables.warehouse.old_versions import drop_superseded
from summary_tables.warehouse.session import Session, open_session, with_lock_retries
from summary_tables.warehouse.sql_text import identifier
from summary_tables.warehouse.view_columns import Column, live_order, misfit

LOCK_WAIT = timedelta(minutes=10)
SNAPSHOT_WAIT = timedelta(seconds=30)


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
    see it empty. Afterwards, old versions are dropped. Raises `WarehouseError`; unless the connection was lost, the
    live table is then unchanged, and if it was, trying again is safe.
    """
    with open_session(connection, warehouse) as session:
        refuse_missing_schema(session, table.schema)
        await_old_snapshots(session, version, snapshot_wait)
        try:
            build = with_lock_retries(lambda: _publish(session, table, version), lock_wait)
        except WarehouseError as error:
            raise _naming_lock_holders(session, table, error) from None
        drop_superseded(session, table)
    return build


def _publish(session: Session, table: SummaryTable, version: str) -> Build:
    with session.transaction():
        session.execute_all(session.sql.limit_lock_waits())
        session.execute(session.sql.lock_table(table.schema, table.table))
        build = _logged_build(session, table, version)
        live = look_up(session, table)
        if _has_been_published(build, live):
            return build
        _refuse(session, table, build, live)
        _show(session, table, version, live)
        session.execute(session.sql.mark_published(version))
        return _logged_build(session, table, version)


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
            f"A newer build of {table.full_name} is live already: it began at {_spoken(live.build.started_at)}, "
            f"this one at {_spoken(build.started_at)}. Nothing needs to be done."
        )
    if not session.rows(catalog_statements.relation(session.warehouse.versions_schema, build.version)):
        raise WarehouseError(f"The build {build.version} of {table.full_name} has been dropped. Run the table again.")


def _show(session: Session, table: SummaryTable, version: str, live: LiveTable) -> None:
    sql, schema, name = session.sql, table.schema, table.table
    moved = None
    if live.kind == "table":
        lock_for_move(session, table, live)
    columns = _fitting_columns(session, table, version)
    if live.kind == "table":
        moved = move_away(session, table)
    options = tuple(row[0] for statement in sql.view_settings(schema, name) for row in session.rows(statement))
    session.execute(sql.create_view(schema, name, version, columns, options))
    if moved:
        carry_over(session, moved)
    if live.kind == "ours" and live.owner != session.role:
        _admit_owner(session, version, live.owner)
    if live.build and any(option.startswith("security_invoker=") for option in options):
        _admit_readers(session, version, live.build.version)
    session.execute_all(tuple(sql.grant_select(schema, name, role) for role in table.grants.select))
    if table.description:
        session.execute(sql.comment_on_view(schema, name, table.description))


def _fitting_columns(session: Session, table: SummaryTable, version: str) -> tuple[str, ...]:
    live = _columns(session, table.schema, table.table)
    built = _columns(session, session.warehouse.versions_schema, version)
    problem = misfit(table.full_name, live, built)
    if problem:
        raise WarehouseError(problem)
    return live_order(live, built)


def _columns(session: Session, schema: str, name: str) -> tuple[Column, ...]:
    rows = session.rows(session.sql.columns(schema, name))
    return tuple(Column(name=column, type=full_type) for column, full_type in rows)


def _admit_owner(session: Session, version: str, owner: str) -> None:
    """A view reads with its owner's rights: an owner who may not read the version would lock out every reader."""
    schema = session.warehouse.versions_schema
    if not session.value(catalog_statements.reads_versions(owner, schema)):
        raise WarehouseError(
            f"The view belongs to {owner}, who may not read the builds. "
            f"An administrator runs: GRANT USAGE ON SCHEMA {identifier(schema)} TO {identifier(owner)};"
        )
    session.execute(session.sql.grant_version(version, owner))


def _admit_readers(session: Session, version: str, live_version: str) -> None:
    """Somebody made the view read with its readers' rights, and gave them rights on the version that is live now."""
    for statement in session.sql.version_readers(live_version):
        for (role,) in session.rows(statement):
            session.execute(session.sql.grant_version(version, role))


def _naming_lock_holders(session: Session, table: SummaryTable, error: WarehouseError) -> WarehouseError:
    if error.sqlstate not in (LOCK_NOT_AVAILABLE, DEADLOCK):
        return error
    statements = session.sql.lock_holders(table.schema, table.table)
    holders = [holder for statement in statements for holder in session.rows(statement)]
    by = "; ".join(starmap(_holder, holders)) or "somebody who cannot be seen"
    return WarehouseError(
        f"{table.full_name} was kept locked for too long by {by}. The new build is kept: "
        "when that session has ended, run the publish task again.",
        sqlstate=error.sqlstate,
    )


def _holder(process: int, role: str, since: datetime | None) -> str:
    return f"session {process} of {role}" + (f" since {_spoken(utc(since))}" if since else "")


def _spoken(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
