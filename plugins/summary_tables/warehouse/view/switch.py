"""The statements that make a version what readers see, and who stands in their way."""

from collections.abc import Callable
from datetime import datetime

from summary_tables.model.column import Column
from summary_tables.model.increment import RUN_COLUMN
from summary_tables.model.table import SummaryTable
from summary_tables.sql.dialect import TypeRules
from summary_tables.sql.quoting import identifier
from summary_tables.text.moments import moment_text
from summary_tables.warehouse.columns.compatibility import kept_types, live_order, misfit, widened, with_types
from summary_tables.warehouse.columns.rebuild_views import put_back, take_down
from summary_tables.warehouse.columns.retype_version import NOTHING, Retyping, retype
from summary_tables.warehouse.live_table import LiveTable
from summary_tables.warehouse.logs.build_log import utc
from summary_tables.warehouse.rights.declare import declare
from summary_tables.warehouse.session.errors import DEADLOCK, LOCK_NOT_AVAILABLE, WarehouseError
from summary_tables.warehouse.session.session import Session
from summary_tables.warehouse.view.migration import carry_over, lock_for_move, move_away

MisfitWords = Callable[[TypeRules, str, tuple[Column, ...], tuple[Column, ...]], str]


def show_version(
    session: Session, table: SummaryTable, version: str, live: LiveTable, misfit_words: MisfitWords = misfit
) -> None:
    """Point the view of `table`, of which `live` is known, at `version`, and give it what the file says of it.

    Belongs into the caller's transaction. Raises `WarehouseError`: also with `misfit_words` of the rules of its
    types, the table's name, the live columns and those of the version, unless they are empty.
    """
    point_at(session, table, version, live, misfit_words)
    declare(session, table, version, live)


def point_at(
    session: Session,
    table: SummaryTable,
    version: str,
    live: LiveTable,
    misfit_words: MisfitWords = misfit,
    retyping: Retyping = NOTHING,
) -> None:
    """The same without the file: owner, rights and comments of the view stay.

    `retyping` says which wider types the version gets while no view of ours reads it.
    """
    sql, schema, name = session.sql, table.schema, table.table
    if live.kind == "table":
        lock_for_move(session, table, live)
    standing = view_columns(session, table)
    built = with_types(version_columns(session, version), retyping.columns)
    if problem := misfit_words(session.dialect.types, table.full_name, standing, built):
        raise WarehouseError(problem)
    moved = move_away(session, table) if live.kind == "table" else None
    options = tuple(row[0] for statement in sql.views.view_settings(schema, name) for row in session.rows(statement))
    wider = widened(session.dialect.types, standing, built)
    taken = (
        take_down(session, table, live.owner, wider) if live.kind == "ours" and (wider or retyping.columns) else None
    )
    if retyping.columns:
        retype(session, table, version, retyping)
    columns, types = live_order(standing, built), kept_types(session.dialect.types, standing, built)
    session.execute(sql.views.create_view(schema, name, version, columns, options, types))
    if moved:
        carry_over(session, moved)
    if taken:
        put_back(session, table, taken)
    if live.kind == "ours" and live.owner != session.role:
        _admit_owner(session, version, live.owner)
    if live.build and any(option.startswith("security_invoker=") for option in options):
        _admit_readers(session, version, live.build.version)


def view_columns(session: Session, table: SummaryTable) -> tuple[Column, ...]:
    """What readers see under the table's name; nothing if it does not exist."""
    return _columns(session, table.schema, table.table)


def version_columns(session: Session, version: str) -> tuple[Column, ...]:
    """What readers may see of a version."""
    columns = _columns(session, session.warehouse.versions_schema, version)
    return tuple(column for column in columns if column.name != RUN_COLUMN)


def _columns(session: Session, schema: str, name: str) -> tuple[Column, ...]:
    rows = session.rows(session.sql.catalog.columns(schema, name))
    return tuple(Column(name=column, type=full_type) for column, full_type in rows)


def _admit_owner(session: Session, version: str, owner: str) -> None:
    """A view reads with its owner's rights: an owner who may not read the version would lock out every reader."""
    schema = session.warehouse.versions_schema
    if not session.value(session.sql.catalog.reads_versions(owner, schema)):
        raise WarehouseError(
            f"The view belongs to {owner}, who may not read the builds. "
            f"An administrator runs: GRANT USAGE ON SCHEMA {identifier(schema)} TO {identifier(owner)};"
        )
    session.execute(session.sql.rights.grant_version(version, owner))


def _admit_readers(session: Session, version: str, live_version: str) -> None:
    """Somebody made the view read with its readers' rights, and gave them rights on the version that is live now."""
    for statement in session.sql.rights.version_readers(live_version):
        for (role,) in session.rows(statement):
            session.execute(session.sql.rights.grant_version(version, role))


def naming_lock_holders(
    session: Session, table: SummaryTable, error: WarehouseError, how_long: str, advice: str
) -> WarehouseError:
    """`error`; where a wait for a lock was given up: who held the lock `how_long`, and `advice`, a sentence."""
    if error.sqlstate not in (LOCK_NOT_AVAILABLE, DEADLOCK):
        return error
    statements = session.sql.locks.lock_holders(table.schema, table.table)
    holders = [holder for statement in statements for holder in session.rows(statement)]
    by = "; ".join(_holder(table.timezone, *holder) for holder in holders) or "somebody who cannot be seen"
    return WarehouseError(
        f"{table.full_name} was kept locked {how_long} by {by}. {advice}",
        sqlstate=error.sqlstate,
    )


def _holder(zone: str, process: int, role: str, since: datetime | None) -> str:
    return f"session {process} of {role}" + (f" since {moment_text(zone, utc(since))}" if since else "")
