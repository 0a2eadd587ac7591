"""Which summary tables cannot be built any more once a source is not what it was, and which then get no new rows."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from summary_tables.commands.sources.drift import Difference
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.lint.facts.column_lineage import ColumnLineage
from summary_tables.lint.facts.lineage import Lineage, lineage
from summary_tables.model.placeholders import fill_names
from summary_tables.model.source_table import TableKey
from summary_tables.sql.column_lineage.origins import WHOLE_ROW, ColumnUse, NotKnown, Origin, QueryOrigins
from summary_tables.sql.column_lineage.query import query_origins


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenTable:
    """`columns` are made of what changed; with none, its rows or a check need that. `is_certain`: it does fail."""

    name: str
    columns: tuple[str, ...] = ()
    is_certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakage:
    """`tables` fail; those `behind` them read them, directly or through others, and get no new rows."""

    tables: tuple[BrokenTable, ...] = ()
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Readers:
    """Of a folder; queries are read when they are asked for.

    `names`: who reads a table, in a query or a check; `columns`: all that a table has, or had.
    """

    folder: ConfigFolder
    names: Callable[[TableKey], Sequence[str]]
    columns: Callable[[TableKey], Sequence[str]]
    _tables: Lineage = field(init=False)
    _columns: ColumnLineage = field(init=False)

    def __post_init__(self) -> None:
        tables = lineage(self.folder)
        object.__setattr__(self, "_tables", tables)
        object.__setattr__(
            self, "_columns", ColumnLineage(files=self.folder.by_name, tables=tables, sources=self._columns_of)
        )

    def breakage(self, difference: Difference) -> Breakage:
        """What it breaks; nothing where it breaks no reader."""
        if not difference.breaks_readers:
            return Breakage()
        found = tuple(self._broken(difference))
        return Breakage(tables=found, behind=self._tables.downstream([table.name for table in found]) if found else ())

    def _columns_of(self, table: str) -> tuple[str, ...] | None:
        return tuple(self.columns(_key(table))) or None

    def _broken(self, difference: Difference) -> Iterator[BrokenTable]:
        for name in self.names(difference.table):
            if not difference.column:
                yield BrokenTable(name=name)
            elif broken := self._of_column(self.folder.by_name[name], difference):
                yield broken

    def _of_column(self, file: TableFile, difference: Difference) -> BrokenTable | None:
        gone = (".".join(difference.table), difference.column)
        origins = [self._columns.origins(file.full_name), *(self._of_check(file, query) for query in _checks(file))]
        if any(isinstance(found, NotKnown) for found in origins):
            return BrokenTable(name=file.full_name, is_certain=False)
        known = [found for found in origins if isinstance(found, QueryOrigins)]
        uses = [use for found in known for origin in _parts(found) for use in origin.uses if _is_of(use, gone)]
        if not uses and not _is_named(file, difference):
            return None
        main = known[0]
        columns = [each.name for each in main.columns if any(_is_of(use, gone) for use in each.value.uses)]
        return BrokenTable(
            name=file.full_name,
            columns=tuple(columns),
            is_certain=difference.kind != "retyped column" and (not uses or any(map(_is_certain, uses))),
        )

    def _of_check(self, file: TableFile, query: SourceQuery) -> QueryOrigins | NotKnown:
        table = file.config.table
        return query_origins(
            fill_names(query.text, schema=table.schema, table=table.table), file.dialect, self._columns.columns
        )


def _key(table: str) -> TableKey:
    schema, _, name = table.partition(".")
    return schema, name


def _checks(file: TableFile) -> tuple[SourceQuery, ...]:
    return tuple(file.check_queries("input_check"))


def _parts(found: QueryOrigins) -> Iterator[Origin]:
    yield from (column.value for column in found.columns)
    yield from (found.rows, found.order, found.beside)


def _is_of(use: ColumnUse, column: tuple[str, str]) -> bool:
    table, name = column
    return use.table in (table, _key(table)[1]) and use.column in (name, WHOLE_ROW)


def _is_certain(use: ColumnUse) -> bool:
    return use.is_certain and use.column != WHOLE_ROW


def _is_named(file: TableFile, difference: Difference) -> bool:
    """By an input check, such as the column of `freshness`."""
    table = ".".join(difference.table)
    checks = file.config.table.input_check
    return any(check.looks_at == table and difference.column in check.columns for check in checks)
