"""Of which columns of other tables each column of a table is made."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from threading import Lock

from summary_tables.catalog.hidden import Hidden
from summary_tables.configs.folder import ConfigFolder
from summary_tables.lint.facts.column_lineage import ColumnLineage, column_lineage
from summary_tables.lint.facts.lineage import Lineage
from summary_tables.sql.column_lineage.origins import ORDER, ROWS, Origin, QueryOrigins

_NOTHING = Hidden()


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SourceColumn:
    """`column` is `*` where it may be any of the table. Not certain: the query does not say which table it is of."""

    table: str
    column: str
    is_certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSources:
    """What a column is computed from, by name; `unknown` says why there may be more."""

    column: str
    sources: tuple[SourceColumn, ...]
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumnSources:
    """`columns` in the table's order, and `rows`: what decides which rows there are (filters, joins, groups).

    `unknown`: why nothing is known of the columns, or not all of them are; empty: this is all.
    """

    columns: tuple[ColumnSources, ...] = ()
    rows: tuple[SourceColumn, ...] = ()
    unknown: str = ""


@dataclass(frozen=True, kw_only=True)
class ColumnLineageReader:
    """Reads the query of a table when it is first asked for; many threads may ask."""

    lineage: ColumnLineage
    # While one asks, the lineage holds what is true of a query only for whoever is reading it.
    _turn: Lock = field(default_factory=Lock, repr=False, compare=False)

    def sources(self, full_name: str, hidden: Hidden = _NOTHING) -> TableColumnSources:
        """Of a table of the folder whose file can be read, or of a dbt model whose SQL is known.

        It is as if it read none of the tables `hidden`.
        """
        if full_name not in self.lineage.files and full_name not in self.lineage.models:
            return TableColumnSources(unknown="the file of the table cannot be read")
        with self._turn:
            found = self.lineage.origins(full_name)
        if not isinstance(found, QueryOrigins):
            return TableColumnSources(unknown=found.reason)
        return _shown(found, hidden)


def column_lineage_reader(folder: ConfigFolder, tables: Lineage) -> ColumnLineageReader:
    """That of a folder; `tables` is which of them read which. No query is read yet."""
    return ColumnLineageReader(lineage=column_lineage(folder, tables))


def _shown(found: QueryOrigins, hidden: Hidden) -> TableColumnSources:
    columns = (
        ColumnSources(
            column=column.name,
            sources=_sources(column.value, hidden),
            unknown=tuple(sorted(column.value.unknown)),
        )
        for column in found.columns
    )
    # `SELECT *` from a table whose columns nobody knows.
    others = "" if found.is_complete else "the query passes on columns that nobody knows (`SELECT *`)"
    return TableColumnSources(columns=tuple(columns), rows=_sources(found.rows, hidden), unknown=others)


def _sources(origin: Origin, hidden: Hidden) -> tuple[SourceColumn, ...]:
    return _each_once(
        SourceColumn(table=use.table, column=use.column, is_certain=use.is_certain)
        for use in origin.uses
        if use.column not in (ROWS, ORDER) and use.table not in hidden
    )


def _each_once(found: Iterable[SourceColumn]) -> tuple[SourceColumn, ...]:
    """For certain, where one use of a column is and another is not."""
    certain: dict[tuple[str, str], bool] = {}
    for source in found:
        place = (source.table, source.column)
        certain[place] = source.is_certain or certain.get(place, False)
    every = (SourceColumn(table=table, column=column, is_certain=sure) for (table, column), sure in certain.items())
    return tuple(sorted(every))
