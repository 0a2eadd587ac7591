"""The columns of a table: what the file says of each, else their names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from summary_tables.catalog.column_sources import ColumnSources, TableColumnSources
from summary_tables.catalog.entry import Entry
from summary_tables.model.placeholders import fill_names
from summary_tables.model.table import SummaryTable


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRow:
    """`checks` are the names of the checks that stand below the column in the file; `made_of`: see `ColumnSources`."""

    name: str
    type: str = ""
    description: str = ""
    pii: bool = False
    checks: tuple[str, ...] = ()
    made_of: ColumnSources | None = None


def column_rows(entry: Entry, sources: TableColumnSources | None) -> tuple[ColumnRow, ...]:
    """In table order: the declared ones, else those of the build that readers see, else those of the query."""
    # Cells of a sheet or a file are computed from no column of a table.
    has_query = not (entry.declared and entry.declared.cells)
    known = {each.column: each for each in sources.columns} if sources and has_query else {}
    return tuple(replace(row, made_of=known.get(row.name)) for row in _rows(entry, known))


def _rows(entry: Entry, known: Mapping[str, ColumnSources]) -> Iterator[ColumnRow]:
    declared = entry.declared
    if declared and declared.columns:
        yield from _declared(declared)
    else:
        yield from (ColumnRow(name=name) for name in entry.column_names or known)


def _declared(table: SummaryTable) -> Iterator[ColumnRow]:
    for column in table.columns:
        yield ColumnRow(
            name=column.name,
            type=column.type,
            description=column.description,
            pii=column.pii,
            checks=tuple(fill_names(c.label(), schema=table.schema, table=table.table) for c in column.checks),
        )
