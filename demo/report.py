"""What the demo shows at its end: the tables as a dashboard would read them, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from psycopg import sql

from demo.summary_runs import Outcome
from demo.warehouse import SUMMARY_SCHEMA

FIRST_ROWS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The beginning of a table, and how many rows it has."""

    table: str
    columns: tuple[str, ...]
    first: tuple[tuple[object, ...], ...]
    rows: int


def preview(session: psycopg.Connection, table: str) -> Preview:
    """Reads a published table. Raises psycopg.Error when it cannot be read."""
    name = sql.Identifier(SUMMARY_SCHEMA, table)
    counted = session.execute(sql.SQL("SELECT count(*) FROM {}").format(name)).fetchone()
    cursor = session.execute(sql.SQL("SELECT * FROM {} ORDER BY 1 LIMIT {}").format(name, FIRST_ROWS))
    columns = tuple(column.name for column in cursor.description or ())
    rows = counted[0] if counted else 0
    return Preview(table=f"{SUMMARY_SCHEMA}.{table}", columns=columns, first=tuple(cursor.fetchall()), rows=rows)


def table_text(found: Preview, outcome: Outcome) -> str:
    """A table's name, size and timing, and its first rows in columns."""
    steps = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in outcome.seconds_by_step.items())
    total = f"built in {outcome.run.seconds:.1f} s" if outcome.run.seconds is not None else "built"
    more = found.rows - len(found.first)
    rest = [f"    ... and {more:,} more"] if more > 0 else []
    return "\n".join([f"{found.table}: {found.rows:,} rows, {total} ({steps})", *columns_text(found), *rest])


def columns_text(found: Preview) -> list[str]:
    """Header, rule and rows; numbers stand at the right."""
    cells = [found.columns, *(tuple(map(str, row)) for row in found.first)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(found.columns))]
    right = [bool(found.first) and not isinstance(value, str) for value in (found.first or [found.columns])[0]]
    rule = "-+-".join("-" * width for width in widths)
    header, *rows = (_line(row, widths, right) for row in cells)
    return [f"    {line}".rstrip() for line in (header, rule, *rows)]


def _line(row: Sequence[str], widths: list[int], right: list[bool]) -> str:
    cells = zip(row, widths, right, strict=True)
    return " | ".join(cell.rjust(width) if number else cell.ljust(width) for cell, width, number in cells)


def welcome_text(address: str, user: str, password: str, env_sh: str) -> str:
    """Where to look and what to try."""
    return f"""\
The catalogue  {address}/summary-tables/
Airflow's UI   {address}
User           {user}
Password       {password}

Airflow's own commands, in another terminal:
    . {env_sh}
    airflow dags list
    airflow tasks list nps_summary
    airflow dags trigger nps_summary
    airflow variables get DATA_DIR

The warehouse, for the role that builds, in the same terminal:
    summary-tables lint --warehouse env:DEMO_WAREHOUSE
    summary-tables versions mau_summary --warehouse env:DEMO_WAREHOUSE"""
