"""The first rows of the new table, as the warehouse writes them."""

from collections.abc import Collection

from summary_tables.commands.preview.result import Row
from summary_tables.model.column import Column
from summary_tables.runs.scratch.scratch_session import ScratchSession
from summary_tables.runs.scratch.scratch_table import FRESH_TABLE
from summary_tables.sql.quoting import identifier
from summary_tables.sql.short_texts import short_text
from summary_tables.warehouse.session.errors import WarehouseError

FETCHED_CHARACTERS = 200
"""More of a value is never shown, and a huge one is not even fetched."""


HIDDEN = "***"
"""In place of personal data, which is not even fetched."""


def first_rows(
    session: ScratchSession, columns: tuple[Column, ...], count: int, hidden: Collection[str]
) -> tuple[tuple[Row, ...], str]:
    """The first `count` rows by the first column, and its name; in no order, and empty, where that has none.

    The values of the columns in `hidden` are not shown.
    """
    first = columns[0].name
    try:
        with session.transaction(keep=False):
            return _rows(session, columns, hidden, f"ORDER BY {identifier(first)} LIMIT {count}"), first
    except WarehouseError:
        # Some types, such as json, cannot be sorted.
        return _rows(session, columns, hidden, f"LIMIT {count}"), ""


def _rows(session: ScratchSession, columns: tuple[Column, ...], hidden: Collection[str], which: str) -> tuple[Row, ...]:
    texts = ", ".join(
        _hidden(column) if column.name in hidden else short_text(column, FETCHED_CHARACTERS) for column in columns
    )
    rows = session.rows(f"SELECT {texts} FROM (SELECT * FROM {FRESH_TABLE} {which}) AS first_rows")
    return tuple(rows)


def _hidden(column: Column) -> str:
    """That there is no value may be seen."""
    return f"CASE WHEN {identifier(column.name)} IS NOT NULL THEN '{HIDDEN}' END"
