"""What publishing would do with the new table. Only the catalog is asked: nobody's table is locked."""

from summary_tables.commands.preview.publishing_change import publishing_change
from summary_tables.commands.preview.result import Publishing
from summary_tables.commands.preview.rows_that_go import rows_that_go, why_refused, why_skipped
from summary_tables.model.build import BuildRun
from summary_tables.model.column import Column
from summary_tables.model.increment import strategy_of
from summary_tables.model.table import SummaryTable
from summary_tables.runs.scratch.scratch_table import ScratchTable
from summary_tables.sql.quoting import identifier
from summary_tables.text.english import plural
from summary_tables.warehouse.columns.compatibility import Widening, increment_misfit, misfit, widened
from summary_tables.warehouse.columns.rebuild_messages import blocked_words, rebuilding_words, unwidened
from summary_tables.warehouse.columns.rebuild_views import readers_of
from summary_tables.warehouse.live_table import LiveTable, look_up
from summary_tables.warehouse.rights.unknown_roles import unknown_role_words, unknown_roles
from summary_tables.warehouse.session.errors import INSUFFICIENT_PRIVILEGE, WarehouseError
from summary_tables.warehouse.session.session import Session
from summary_tables.warehouse.view.move_conditions import why_not_moved


def publishing(session: Session, table: SummaryTable, built: ScratchTable, run: BuildRun) -> Publishing:
    """Inside a transaction, which goes on. Raises `WarehouseError` where the connection is lost.

    The role of a preview may have fewer rights than that of the run: a right that it lacks is said and no refusal.
    """
    try:
        with session.savepoint():
            return _publishing(session, table, built, run)
    except WarehouseError as error:
        if error.sqlstate != INSUFFICIENT_PRIVILEGE:
            raise
        reason = f"the role {session.role} may not read what has been built before"
        return Publishing(words=f"What publishing would do cannot be seen from here: {reason}.")


def _publishing(session: Session, table: SummaryTable, built: ScratchTable, run: BuildRun) -> Publishing:
    rights = session.rows(session.sql.catalog.schema_rights(table.schema))
    if not rights:
        words = f'There is no schema "{table.schema}" in the warehouse. An administrator runs: '
        return Publishing(words=f"{words}CREATE SCHEMA {identifier(table.schema)};", refused=True)
    may_create = bool(rights[0][0])
    live = look_up(session, table)
    if words := _refusal(session, table, live, may_create=may_create):
        return Publishing(words=words, refused=True)
    columns = _columns(session, table)
    is_increment = strategy_of(table, run) != "replace"
    rules, words_of = session.dialect.types, increment_misfit if is_increment else misfit
    if words := words_of(rules, table.full_name, columns, built.columns):
        return Publishing(words=words, refused=True)
    wider = widened(rules, columns, built.columns)
    readers = readers_of(session.sql, session.rows, table, live.owner) if wider and live.kind == "ours" else ()
    if words := _unwidened(session, table, wider, is_increment=is_increment) or blocked_words(
        table.full_name, wider, readers, live.owner
    ):
        return Publishing(words=words, refused=True)
    unknown = unknown_roles(session, table.grants.select)
    if unknown:
        return Publishing(words=" ".join(map(unknown_role_words, unknown)), refused=True)
    lacking = "" if may_create else f" The role {session.role} may not do that; the one of the run must."
    gone = None
    if table.refresh.is_incremental:
        if words := why_skipped(session, table, run, live):
            return Publishing(words=words)
        gone = rows_that_go(session, table, built, run, live)
        if words := why_refused(session, table, built, run, gone):
            return Publishing(words=words, refused=True)
    change = publishing_change(table, live, built.rows, run, gone)
    added = _added(columns, built.columns)
    return Publishing(words=f"Publishing would {change}{added}{rebuilding_words(wider, readers)}{lacking}")


def _unwidened(session: Session, table: SummaryTable, wider: tuple[Widening, ...], *, is_increment: bool) -> str:
    if not (wider and is_increment) or session.sql.retyping:
        return ""
    return unwidened(table.full_name, [f'"{each.name}"' for each in wider])


def _refusal(session: Session, table: SummaryTable, live: LiveTable, *, may_create: bool) -> str:
    """Why a run would not publish, whatever it builds; empty if nothing is known that would stop it."""
    if live.kind == "other":
        return (
            f"{table.full_name} is {live.what}; publishing would destroy it, so it would be left alone. "
            "Rename or drop it in the warehouse, or give the summary table another name."
        )
    return _refused_move(session, table, live) if live.kind == "table" and may_create else ""


def _refused_move(session: Session, table: SummaryTable, live: LiveTable) -> str:
    """Why a plain table could not be made a published view."""
    migration = session.sql.migration
    return why_not_moved(session, migration, table, live, "Drop or move these") if migration else ""


def _added(live: tuple[Column, ...], built: tuple[Column, ...]) -> str:
    names = {column.name for column in live} or {column.name for column in built}
    added = [f'"{column.name}" ({column.type})' for column in built if column.name not in names]
    if not added:
        return ""
    return f", and add the {plural(len(added), 'column')} {', '.join(added)}"


def _columns(session: Session, table: SummaryTable) -> tuple[Column, ...]:
    rows = session.rows(session.sql.catalog.columns(table.schema, table.table))
    return tuple(Column(name=name, type=full_type) for name, full_type in rows)
