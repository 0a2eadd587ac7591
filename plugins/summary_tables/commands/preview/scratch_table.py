"""The new table as a temporary one, filled where nothing that the query calls can write."""

import time
from dataclasses import dataclass

from summary_tables.commands.preview.scratch_session import ScratchSession
from summary_tables.model.build import BuildRun
from summary_tables.model.column import Column
from summary_tables.model.table import SummaryTable
from summary_tables.sql.dialects.postgres.text import identifier
from summary_tables.sql.statements.copying import COPY
from summary_tables.warehouse.build import refuse_too_many_rows, refuse_unknown_columns
from summary_tables.warehouse.columns.declared import refuse_other_columns
from summary_tables.warehouse.increments.preconditions import refuse_unsuitable_query, refuse_unsuitable_rows
from summary_tables.warehouse.session.errors import INSUFFICIENT_PRIVILEGE, WarehouseError
from summary_tables.warehouse.session.query_guard import result_columns
from summary_tables.warehouse.sources.read_only_copy import READ_ONLY_COPY, copy_read_only

FRESH_TABLE = READ_ONLY_COPY
"""What `{schema}.temp_{table}` becomes."""

_READ_ONLY_SERVER = "25006"
_OWN_SCHEMA = "SELECT n.nspname::text FROM pg_catalog.pg_namespace n WHERE n.oid = pg_catalog.pg_my_temp_schema()"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScratchTable:
    """`seconds`: how long it took to fill it."""

    rows: int
    seconds: float
    columns: tuple[Column, ...]


def fill(session: ScratchSession, table: SummaryTable, run: BuildRun, query: str, *, samples: bool) -> ScratchTable:
    """Build `FRESH_TABLE` from `query`, with the indexes of `table`.

    Raises `WarehouseError` for all for which `create_version` does, and in the same words.
    """
    columns = result_columns(session, query)
    refuse_other_columns(session, table, query)
    refuse_unknown_columns(table, columns)
    refuse_unsuitable_query(table, run, columns)
    _refuse_without_temporary(session)
    started = time.monotonic()
    # Whoever has no such table builds no previews.
    assert session.sql.copying is not None
    rows = copy_read_only(session, session.sql.copying, query)
    refuse_too_many_rows(table, rows)
    as_version = session.where_versions_stand(session.value(_OWN_SCHEMA))
    refuse_unsuitable_rows(as_version, table, run, COPY, samples=samples)
    for index in table.indexes:
        session.execute_all(session.sql.versions.create_index(COPY, index))
    seconds = time.monotonic() - started
    session.execute(session.sql.versions.analyze(COPY))
    return ScratchTable(rows=rows, seconds=seconds, columns=_columns(session))


def fresh_columns(session: ScratchSession) -> str:
    """A question to the catalog: the columns of `FRESH_TABLE`."""
    return session.sql.catalog.columns(session.value(_OWN_SCHEMA), COPY)


def _columns(session: ScratchSession) -> tuple[Column, ...]:
    rows = session.rows(fresh_columns(session))
    return tuple(Column(name=name, type=full_type) for name, full_type in rows)


def _refuse_without_temporary(session: ScratchSession) -> None:
    try:
        with session.transaction(keep=False):
            session.execute("CREATE TEMPORARY TABLE summary_tables_probe (x integer)")
    except WarehouseError as error:
        if error.sqlstate not in (INSUFFICIENT_PRIVILEGE, _READ_ONLY_SERVER):
            raise
        raise WarehouseError(_no_temporary(session, error.sqlstate), sqlstate=error.sqlstate) from None


def _no_temporary(session: ScratchSession, sqlstate: str) -> str:
    if sqlstate == _READ_ONLY_SERVER:
        words = "this server only reads, as a replica does. Give the address of the server that is written to."
        return f"A preview builds a temporary table, and {words}"
    database = session.connection.info.dbname
    return (
        f"A preview builds a temporary table, which the role {session.role} may not create. An administrator can "
        f"allow it: GRANT TEMPORARY ON DATABASE {identifier(database)} TO {identifier(session.role)};"
    )
