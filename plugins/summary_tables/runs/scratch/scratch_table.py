"""The new table as a temporary one, filled where nothing that the query calls can write."""

import time
from dataclasses import dataclass, replace

from summary_tables.model.build import BuildRun
from summary_tables.model.column import Column
from summary_tables.model.table import SummaryTable
from summary_tables.runs.check_step import NewTable
from summary_tables.sql.quoting import identifier
from summary_tables.sql.statements.copying import COPY
from summary_tables.warehouse.build import complete, fitting_columns
from summary_tables.warehouse.session.errors import INSUFFICIENT_PRIVILEGE, WarehouseError
from summary_tables.warehouse.session.session import Session
from summary_tables.warehouse.sources.read_only_copy import READ_ONLY_COPY
from summary_tables.warehouse.sources.source import Source

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


def fill(session: Session, table: SummaryTable, run: BuildRun, source: Source, *, samples: bool) -> ScratchTable:
    """Build `FRESH_TABLE` from `source`, with the indexes of `table`, inside of a `ScratchSession`.

    Raises `WarehouseError` for all for which `build_version` does, and in the same words.
    """
    fitting_columns(session, table, run, source)
    _require_temporary_tables(session)
    started = time.monotonic()
    rows = source.fill_copy(session)
    schema = _own_schema(session)
    # Only there: what the log says of other versions stands where it stands for every run.
    warehouse = replace(session.warehouse, versions_schema=schema)
    there = replace(session, sql=session.dialect.statements("pg_temp"), warehouse=warehouse)
    complete(there, table, run, COPY, rows, samples=samples)
    seconds = time.monotonic() - started
    there.execute(there.sql.versions.analyze(COPY))
    found = session.rows(session.sql.catalog.columns(schema, COPY))
    columns = tuple(Column(name=name, type=full_type) for name, full_type in found)
    return ScratchTable(rows=rows, seconds=seconds, columns=columns)


def scratch_table(session: Session) -> NewTable:
    """`FRESH_TABLE`, filled, as checks look at it."""
    return NewTable(relation=FRESH_TABLE, schema=_own_schema(session), name=COPY)


def _own_schema(session: Session) -> str:
    return str(session.value(_OWN_SCHEMA))


def _require_temporary_tables(session: Session) -> None:
    try:
        with session.transaction(keep=False):
            session.execute("CREATE TEMPORARY TABLE summary_tables_probe (x integer)")
    except WarehouseError as error:
        if error.sqlstate not in (INSUFFICIENT_PRIVILEGE, _READ_ONLY_SERVER):
            raise
        raise WarehouseError(_no_temporary(session, error.sqlstate), sqlstate=error.sqlstate) from None


def _no_temporary(session: Session, sqlstate: str) -> str:
    if sqlstate == _READ_ONLY_SERVER:
        words = "this server only reads, as a replica does. Give the address of the server that is written to."
        return f"A preview builds a temporary table, and {words}"
    database = session.connection.info.dbname
    return (
        f"A preview builds a temporary table, which the role {session.role} may not create. An administrator can "
        f"allow it: GRANT TEMPORARY ON DATABASE {identifier(database)} TO {identifier(session.role)};"
    )
