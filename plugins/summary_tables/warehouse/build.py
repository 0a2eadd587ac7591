"""Build a new version of a summary table beside the one that readers see."""

from datetime import datetime

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.increment import strategy_of
from summary_tables.model.table import SummaryTable
from summary_tables.model.version_name import version_name
from summary_tables.sql.quoting import identifier
from summary_tables.warehouse.columns.comments import comment_version
from summary_tables.warehouse.columns.declared import require_declared_columns
from summary_tables.warehouse.increments.base_layout import mark_indexes
from summary_tables.warehouse.increments.preconditions import require_suitable_query, require_suitable_rows
from summary_tables.warehouse.logs.build_log import ensure_log, find_build, utc
from summary_tables.warehouse.rights.declared import ensure_declared
from summary_tables.warehouse.rights.unknown_roles import require_known_roles
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.limit_messages import too_many_rows
from summary_tables.warehouse.session.session import Session
from summary_tables.warehouse.sources.source import Source
from summary_tables.warehouse.view.retention import drop_superseded


def build_version(
    session: Session, table: SummaryTable, run: BuildRun, source: Source, *, samples: bool = True
) -> Build:
    """Store the rows of `source` as a version of their own.

    It is the whole table or, as the table's strategy says, an increment: what the run adds. Readers see nothing of it
    before `publish_version`. If anything fails, nothing is left behind. Raises `WarehouseError`: also if the source is
    a query that is anything but one statement that only reads, if its columns have no usable names, or if it goes
    beyond the limits of the session. Its words show no values of rows unless `samples`, and none of personal data.
    """
    require_schema(session, table.schema)
    require_known_roles(session, table)
    columns = fitting_columns(session, table, run, source)
    ensure_log(session)
    ensure_declared(session)
    started_at = utc(session.value(session.sql.builds.next_moment(table.schema, table.table)))
    version = version_name(table.schema, table.table, run, started_at)
    with session.transaction():
        rows = source.fill_version(session, table, version)
        complete(session, table, run, version, rows, samples=samples)
        _log(session, table, run, version, started_at, rows, columns)
        build = find_build(session, table.schema, table.table, version)
    session.execute(session.sql.versions.analyze(version))
    # A table whose check fails at every run publishes nothing, and would otherwise pile its versions up.
    drop_superseded(session, table)
    assert build is not None
    return build


def fitting_columns(session: Session, table: SummaryTable, run: BuildRun, source: Source) -> tuple[str, ...]:
    """The columns of `source`, of which no row is there yet. Raises `WarehouseError` if no build can have them."""
    columns = source.columns(session)
    require_declared_columns(session, table, source)
    _require_known_columns(table, columns)
    require_suitable_query(table, run, columns)
    return columns


def complete(session: Session, table: SummaryTable, run: BuildRun, version: str, rows: int, *, samples: bool) -> None:
    """Give `version`, filled with so many `rows`, its indexes. Raises `WarehouseError` if no build can have these rows.

    An increment gets the indexes, too: it may be the first of its table, which then grows from it.
    """
    _require_few_rows(table, rows)
    require_suitable_rows(session, table, run, version, samples=samples)
    for index in table.indexes:
        session.execute_all(session.sql.versions.create_index(version, index))


def require_schema(session: Session, schema: str) -> None:
    """Raise `WarehouseError` unless the role may create something in `schema`; it is never created silently."""
    rights = session.rows(session.sql.catalog.schema_rights(schema))
    if rights and rights[0][0]:
        return
    grant = f"GRANT USAGE, CREATE ON SCHEMA {identifier(schema)} TO {identifier(session.role)};"
    if rights:
        raise WarehouseError(
            f'The role {session.role} may not create anything in the schema "{schema}". An administrator runs: {grant}'
        )
    raise WarehouseError(
        f'There is no schema "{schema}" in the warehouse. '
        f"An administrator runs: CREATE SCHEMA {identifier(schema)}; {grant}"
    )


def _require_known_columns(table: SummaryTable, columns: tuple[str, ...]) -> None:
    """Raise `WarehouseError` if an index or a Redshift key is declared on a column that the query does not return."""
    attributes = table.attributes
    used = [*(name for index in table.indexes for name in index.columns), attributes.distkey, *attributes.sortkey]
    unknown = next((name for name in used if name is not None and name not in columns), None)
    if unknown is not None:
        raise WarehouseError(
            f'An index or key is declared on the column "{unknown}", which the query does not return. '
            f"Its columns are: {', '.join(columns)}."
        )


def _require_few_rows(table: SummaryTable, rows: int) -> None:
    """Raise `WarehouseError` if a build with `rows` rows is larger than `max_rows`; an increment counts by itself."""
    if table.max_rows is not None and rows > table.max_rows:
        raise WarehouseError(too_many_rows(rows, table.max_rows, is_query=table.cells is None))


def _log(
    session: Session,
    table: SummaryTable,
    run: BuildRun,
    version: str,
    started_at: datetime,
    rows: int,
    columns: tuple[str, ...],
) -> None:
    if table.refresh.is_incremental and table.indexes:
        mark_indexes(session, version)
    comment_version(session, table, version, columns)
    strategy = strategy_of(table, run)
    session.execute(session.sql.builds.log_build(table, run, version, started_at, rows, columns, strategy))
