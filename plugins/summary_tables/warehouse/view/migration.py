"""A plain table that stands where the view is to be: it becomes a version, and what people hung on it goes over.

Rights, comments and the views that read the table are carried to the new view. What cannot be carried is named, and
nothing is changed. The table itself is kept, and never dropped by us.
"""

from dataclasses import dataclass

from summary_tables.model.build import BuildRun
from summary_tables.model.table import SummaryTable
from summary_tables.model.version_name import version_name
from summary_tables.sql.quoting import identifier, qualified
from summary_tables.sql.statements.migration import MigrationStatements
from summary_tables.warehouse.live_table import LiveTable
from summary_tables.warehouse.logs.build_log import utc
from summary_tables.warehouse.session.errors import DEADLOCK, LOCK_NOT_AVAILABLE, WarehouseError
from summary_tables.warehouse.session.session import Session
from summary_tables.warehouse.view.move_conditions import why_not_moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependent:
    """A view that reads the table, and the statement that points it at what stands there now."""

    name: str
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The version that the table became, and what is to be done once the new view stands."""

    version: str
    statements: tuple[str, ...]
    dependents: tuple[Dependent, ...]


def lock_for_move(session: Session, table: SummaryTable, live: LiveTable) -> None:
    """Take every lock that moving the table needs, in the order in which readers take theirs.

    Raises `WarehouseError` if the table cannot be moved.
    """
    migration = _migration(session, table)
    _refuse_unmet(session, migration, table, live)
    for schema, view, owner, _ in session.rows(migration.dependent_views(table.schema, table.table)):
        session.execute_all(session.sql.views.lock_view(schema, view, owner))
    session.execute(migration.lock_plain_table(table.schema, table.table))
    # Only now nothing can be added any more.
    _refuse_unmet(session, migration, table, live)


def move_away(session: Session, table: SummaryTable) -> Moved:
    """Move the locked table into the versions schema; what is returned is for `carry_over`."""
    migration = _migration(session, table)
    schema, name, versions = table.schema, table.table, session.warehouse.versions_schema
    rights_and_comments = _rights_and_comments(session, migration, schema, name)
    dependents = _dependents(session, migration, schema, name)
    columns = tuple(column for column, _ in session.rows(session.sql.catalog.columns(schema, name)))
    moved_at = utc(session.value(session.sql.session.now()))
    run = BuildRun(run_id="migrated", try_number=0, run_at=moved_at)
    version = version_name(schema, name, run, moved_at)
    session.execute_all(migration.move_table(schema, name, versions, version))
    session.execute(session.sql.builds.log_migration(table, version, moved_at, columns))
    return Moved(version=version, statements=rights_and_comments, dependents=dependents)


def carry_over(session: Session, moved: Moved) -> None:
    """Give the new view what the table had. Raises `WarehouseError` naming the view that cannot read it."""
    session.execute_all(moved.statements)
    for dependent in moved.dependents:
        _replace(session, dependent)


def _migration(session: Session, table: SummaryTable) -> MigrationStatements:
    """Raises `WarehouseError` where the warehouse cannot move a table."""
    if session.sql.migration is None:
        raise WarehouseError(
            f"{table.full_name} is a plain table. Rename it in the warehouse and run again: "
            f"ALTER TABLE {qualified(table.schema, table.table)} RENAME TO {identifier(table.table + '_old')};"
        )
    return session.sql.migration


def _refuse_unmet(session: Session, migration: MigrationStatements, table: SummaryTable, live: LiveTable) -> None:
    advice = "Nothing was changed. Drop or move these and run again"
    if words := why_not_moved(session, migration, table, live, advice):
        raise WarehouseError(words)


def _rights_and_comments(session: Session, migration: MigrationStatements, schema: str, name: str) -> tuple[str, ...]:
    grants = session.rows(migration.grants(schema, name))
    comments = session.rows(session.sql.catalog.comments(schema, name))
    return (
        *(migration.grant(schema, name, *right, may_grant=may_grant) for *right, may_grant in grants),
        *(session.sql.views.comment(schema, name, column, text) for column, text in comments),
    )


def _dependents(session: Session, migration: MigrationStatements, schema: str, name: str) -> tuple[Dependent, ...]:
    views = session.rows(migration.dependent_views(schema, name))
    return tuple(_dependent(session, view_schema, view) for view_schema, view, *_ in reversed(views))


def _dependent(session: Session, schema: str, view: str) -> Dependent:
    definition, options = session.rows(session.sql.views.view_definition(schema, view))[0]
    statement = session.sql.views.replace_view(schema, view, definition, tuple(options))
    return Dependent(name=f"{schema}.{view}", statement=statement)


def _replace(session: Session, dependent: Dependent) -> None:
    try:
        session.execute(dependent.statement)
    except WarehouseError as error:
        if error.sqlstate in (LOCK_NOT_AVAILABLE, DEADLOCK):
            raise
        raise WarehouseError(
            f"The view {dependent.name} reads the table and cannot read a published view in its place: {error} "
            "Nothing was changed. Change or drop that view and run again.",
            sqlstate=error.sqlstate,
        ) from None
