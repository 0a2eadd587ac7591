"""A few rows of what readers see, without personal data.

Which columns may be shown is asked of all that knows of personal data, and where that is not enough, a column is not:

- one that the file marks, never;
- where the file declares columns, no other one. The build that readers see may be older or newer than the file, and
  have a column of which the file no longer says, or does not yet say, that it holds personal data;
- one that was marked when the version was built, or when it was published: their comments say so, whatever became of
  the file.

Values are fetched by a list of names, so that no column comes along.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from summary_tables.model.column import Column
from summary_tables.model.table import PERSONAL_DATA, SummaryTable
from summary_tables.sql.quoting import qualified
from summary_tables.sql.short_texts import short_text
from summary_tables.warehouse.live_table import look_up
from summary_tables.warehouse.session.session import Session

ROWS: Final = 10
CHARACTERS: Final = 200
"""Of each value, and one more where there is more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRows:
    """At most `ROWS` rows, in no order, as texts of the `columns`; None is NULL.

    Columns that are not shown: `personal` data, and those that are `undeclared` in a file that declares columns.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    personal: tuple[str, ...] = ()
    undeclared: tuple[str, ...] = ()


def first_rows(session: Session, table: SummaryTable) -> FirstRows | None:
    """Of the build that readers of `table` see; None: there is none, whatever else has the table's name.

    Inside a transaction, whose limits hold for each statement. Raises `WarehouseError`.
    """
    live = look_up(session, table)
    if live.build is None:
        return None
    columns = tuple(
        Column(name=name, type=full_type)
        for name, full_type in session.rows(session.sql.catalog.columns(table.schema, table.table))
    )
    version = (session.warehouse.versions_schema, live.build.version)
    marked = _marked(session, *version) | _marked(session, table.schema, table.table) | table.pii_columns
    declared = {column.name for column in table.columns} or {column.name for column in columns}
    shown = tuple(column for column in columns if column.name in declared - marked)
    return FirstRows(
        columns=tuple(column.name for column in shown),
        rows=_rows(session, table, shown) if shown else (),
        personal=tuple(column.name for column in columns if column.name in marked),
        undeclared=tuple(column.name for column in columns if column.name not in declared | marked),
    )


def _marked(session: Session, schema: str, name: str) -> frozenset[str]:
    """The columns whose comments say that they hold personal data."""
    comments = session.rows(session.sql.catalog.comments(schema, name))
    return frozenset(column for column, comment in comments if column and comment.endswith(PERSONAL_DATA))


def _rows(session: Session, table: SummaryTable, columns: Collection[Column]) -> tuple[tuple[str | None, ...], ...]:
    values = ", ".join(short_text(column, CHARACTERS + 1) for column in columns)
    return tuple(session.rows(f"SELECT {values} FROM {qualified(table.schema, table.table)} LIMIT {ROWS}"))
