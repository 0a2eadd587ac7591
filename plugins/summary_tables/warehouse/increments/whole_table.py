"""The whole of a growing table as it will be once an increment is added: for checks before readers see it."""

from collections.abc import Collection, Iterator
from typing import Final

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.increment import RUN_COLUMN, strategy_of
from summary_tables.model.table import SummaryTable
from summary_tables.sql.quoting import identifier, qualified
from summary_tables.warehouse.increments.base import base_of
from summary_tables.warehouse.increments.missing_part import shared_time_in
from summary_tables.warehouse.increments.strategies import strategy_named
from summary_tables.warehouse.increments.strategy import Addition, Whole
from summary_tables.warehouse.live_table import look_up
from summary_tables.warehouse.logs.build_log import log_exists
from summary_tables.warehouse.session.session import Session

WHOLE_TABLE: Final = "summary_tables_whole"
"""What a check's query calls it."""


def with_whole_table(query: str, whole: str) -> str:
    """`query`, made by a check kind, which reads `WHOLE_TABLE`."""
    return f"WITH {WHOLE_TABLE} AS (\n{whole}\n)\n{query}"


def whole_table(session: Session, table: SummaryTable, run: Build | BuildRun, fresh: str, columns: str) -> str:
    """A query for all rows, once those of `run`, which are in the relation `fresh`, are published.

    `columns` asks the catalog for the columns of `fresh`. Raises `WarehouseError`.
    """
    name = strategy_of(table, run)
    live = look_up(session, table)
    base = base_of(session, table, live) if log_exists(session) else None
    if name == "replace" or (base is None and live.kind != "table"):
        return f"SELECT * FROM {fresh}"
    schema, standing = (session.warehouse.versions_schema, base.version) if base else (table.schema, table.table)
    there = {column for column, _ in session.rows(session.sql.catalog.columns(schema, standing))}
    addition = Addition(
        table=table,
        run=run,
        types={column: full_type for column, full_type in session.rows(columns) if column != RUN_COLUMN},
        base=base,
        shared=shared_time_in(session, table, run, base),
        has_runs=RUN_COLUMN in there,
    )
    old = qualified(schema, standing)
    whole = strategy_named(name).whole(session.sql.increments, addition, old, fresh)
    return "\nUNION ALL\n".join(_parts(whole, addition.types, there, old=old, fresh=fresh))


def _parts(whole: Whole, columns: Collection[str], there: Collection[str], *, old: str, fresh: str) -> Iterator[str]:
    """The rows that stay, with NULL in the columns that are not `there` yet, and those that come."""
    shown = (identifier(name) if name in there else f"NULL AS {identifier(name)}" for name in columns)
    yield f"SELECT {', '.join(shown)} FROM {old} AS old{whole.stay}"
    if whole.come is not None:
        yield f"SELECT {', '.join(map(identifier, columns))} FROM {fresh} AS new{whole.come}"
