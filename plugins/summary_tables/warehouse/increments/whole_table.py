"""The whole of a growing table as it will be once an increment is added: for checks before readers see it."""

from collections.abc import Sequence
from typing import Any, Final

import psycopg

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.increment import RUN_COLUMN, run_moment, strategy_of
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import SummaryTable
from summary_tables.sql.dialects.postgres.text import bounds, identifier, qualified, timestamp
from summary_tables.warehouse.increments.base import base_of
from summary_tables.warehouse.increments.overlap import shared_time
from summary_tables.warehouse.live_table import look_up
from summary_tables.warehouse.logs.build_log import increments_between, log_exists, logged_build
from summary_tables.warehouse.session.session import Session, open_session

WHOLE_TABLE: Final = "summary_tables_whole"
"""What a check's query calls it."""


def with_whole_table(query: str, whole: str) -> str:
    """`query`, made by a check kind, which reads `WHOLE_TABLE`."""
    return f"WITH {WHOLE_TABLE} AS (\n{whole}\n)\n{query}"


def ask_whole_table(
    connection: psycopg.Connection[Any], table: SummaryTable, warehouse: Warehouse, version: str
) -> str:
    """`whole_table` with a version that a run made, by a session of its own. Raises `WarehouseError`."""
    with open_session(connection, warehouse) as session:
        build = logged_build(session, table, version)
        fresh = qualified(warehouse.versions_schema, version)
        columns = session.sql.catalog.columns(warehouse.versions_schema, version)
        return whole_table(session, table, build, fresh, columns)


def whole_table(session: Session, table: SummaryTable, run: Build | BuildRun, fresh: str, columns: str) -> str:
    """A query for all rows, once those of `run`, which are in the relation `fresh`, are published.

    `columns` asks the catalog for the columns of `fresh`. Raises `WarehouseError`.
    """
    strategy = strategy_of(table, run)
    live = look_up(session, table)
    base = base_of(session, table, live) if log_exists(session) else None
    if strategy == "replace" or (base is None and live.kind != "table"):
        return f"SELECT * FROM {fresh}"
    versions = session.warehouse.versions_schema
    schema, name = (versions, base.version) if base else (table.schema, table.table)
    types = {column: full_type for column, full_type in session.rows(columns) if column != RUN_COLUMN}
    standing = {column for column, _ in session.rows(session.sql.catalog.columns(schema, name))}
    there = ", ".join(identifier(c) if c in standing else f"NULL AS {identifier(c)}" for c in types)
    old = f"SELECT {there} FROM {qualified(schema, name)} AS old"
    kept, added = _conditions(session, table, run, base, types=types, fresh=fresh, has_runs=RUN_COLUMN in standing)
    names = ", ".join(map(identifier, types))
    if added is None:
        return old
    return f"{old}{kept}\nUNION ALL\nSELECT {names} FROM {fresh} AS new{added.format(old=qualified(schema, name))}"


def _conditions(
    session: Session,
    table: SummaryTable,
    run: Build | BuildRun,
    base: Build | None,
    *,
    types: dict[str, str],
    fresh: str,
    has_runs: bool,
) -> tuple[str, str | None]:
    """Which rows stay, and which come; None: none does."""
    refresh, start, end = table.refresh, run.interval_start, run.interval_end
    if refresh.strategy == "delete_insert":
        low_and_high = bounds(types[refresh.time_column], start, end) if start and end else None
        column = identifier(refresh.time_column)
        inside = low_and_high and f"{column} >= {low_and_high[0]} AND {column} < {low_and_high[1]}"
        return (f"\nWHERE ({inside}) IS NOT TRUE" if inside else ""), ""
    if refresh.strategy == "merge":
        return _of_keys(refresh.unique_key, run, base, fresh=fresh, has_runs=has_runs)
    near = increments_between(session, table, base.version, (start, end)) if base and start and end else ()
    shared = shared_time(table, run, base, near) if base else None
    if shared and shared.others and not shared.left:
        return "", None
    moments = sorted({run_moment(run), *map(run_moment, shared.replaced if shared else ())})
    return (f"\nWHERE ({session.sql.increments.is_of_runs(moments)}) IS NOT TRUE" if has_runs else ""), ""


def _of_keys(
    key: Sequence[str], run: Build | BuildRun, base: Build | None, *, fresh: str, has_runs: bool
) -> tuple[str, str]:
    """A row stays if no newer one with its key comes."""
    same = " AND ".join(f"old.{identifier(name)} = new.{identifier(name)}" for name in key)
    others = base.interval_end if base and base.is_whole and base.interval_end else run_moment(run)
    came = f"COALESCE(old.{identifier(RUN_COLUMN)}, {timestamp(others)})" if has_runs else timestamp(others)
    is_newer = f"{came} <= {timestamp(run_moment(run))}"
    kept = f"\nWHERE NOT ({is_newer} AND EXISTS (SELECT 1 FROM {fresh} AS new WHERE {same}))"
    added = f"\nWHERE NOT EXISTS (SELECT 1 FROM {{old}} AS old WHERE {same} AND NOT {is_newer})"
    return kept, added
