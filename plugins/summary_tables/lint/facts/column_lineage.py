"""Which columns of the folder's tables a column reaches, through queries that read it and those that read these.

What is read inside somebody's functions and views is not seen; `Origin.unknown` names the functions.
"""

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.known_tables import known_tables
from summary_tables.lint.facts.lineage import Lineage, tables_read
from summary_tables.model.placeholders import fill_names
from summary_tables.model.table import SummaryTable
from summary_tables.sql.column_lineage.origins import (
    ORDER,
    ROWS,
    WHOLE_ROW,
    ColumnOrigin,
    ColumnsOf,
    ColumnUse,
    NotKnown,
    Origin,
    QueryOrigins,
)
from summary_tables.sql.column_lineage.query import query_origins

if TYPE_CHECKING:
    from summary_tables.lint.facts.model_queries import ModelQuery

Column = tuple[str, str]
"""A table, `schema.table`, and one of its columns; `ROWS`: which rows it has."""

How = Literal["value", "rows", "perhaps"]
"""`value`: the column is computed from it; `rows`: it decides which rows there are; `perhaps`: that is not known."""

_NO_COLUMNS: Final = (ROWS, ORDER)
_SURE_FIRST: Final[tuple[How, ...]] = ("value", "rows", "perhaps")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A column that is reached, or which rows a table has: `ROWS`.

    `column` is `WHOLE_ROW` where it is not known which of the table, for this `reason`.
    """

    table: str
    column: str
    how: How
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ColumnLineage:
    """Of the tables of a folder; a query is read when it is first asked for.

    `files`: by the full name of the table. `sources`: the columns of tables that others fill, where they are known.
    `models`: the queries of dbt models. `besides`: columns that some tables have beside those that their query gives,
    such as those that they had before a change; also of tables that are gone.
    """

    files: Mapping[str, TableFile]
    tables: Lineage
    sources: ColumnsOf = field(default=lambda _: None)
    models: "Mapping[str, ModelQuery]" = field(default_factory=dict)
    besides: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    _known: dict[str, QueryOrigins | NotKnown] = field(default_factory=dict)

    def origins(self, table: str) -> QueryOrigins | NotKnown:
        """What the columns of a table of the folder, or of a model, are made of, in the names that its query reads."""
        if table not in self._known:
            # While it is read itself, as in a cycle, nobody knows its columns.
            self._known[table] = NotKnown("it reads itself")
            if table not in self.files:
                self._known[table] = self.models[table].origins(self.columns)
                return self._known[table]
            file = self.files[table]
            names = file.config.table
            if names.cells:
                self._known[table] = _of_cells(names)
                return self._known[table]
            sql = fill_names(names.main_sql, schema=names.schema, table=names.table)
            self._known[table] = query_origins(sql, file.dialect, self.columns)
        return self._known[table]

    def columns(self, table: str) -> tuple[str, ...] | None:
        """The columns of any table that a query reads; None where they are not known."""
        besides = self.besides.get(table, ())
        if table not in self.files:
            found = besides or self.sources(table)
            return found if found or table not in self.models else self._names(table)
        names = self._names(table)
        return None if names is None else tuple(dict.fromkeys((*names, *besides)))

    def _names(self, table: str) -> tuple[str, ...] | None:
        found = self.origins(table)
        return found.names if isinstance(found, QueryOrigins) else None

    def reached(self, start: Collection[Column], how: How = "value") -> tuple[Reached, ...]:
        """What `start` reaches, the nearest tables first, their columns in order; without `start` itself.

        `how`: `perhaps` where it is not known whether `start` changes.
        """
        return tuple(_Walk(self, start, how).reached())

    def readers(self, table: str) -> tuple[str, ...]:
        """The tables and models whose queries read `table`, also by its name without a schema, or may do so."""
        bare = table.partition(".")[2]
        found = [*self._readers.get(table, ()), *self._readers.get(bare, ())]
        return tuple(dict.fromkeys((*found, *(name for name, text in self._unread.items() if bare.lower() in text))))

    @cached_property
    def _readers(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        of_models = ((name, self.tables.models.get(name, ())) for name in self.models)
        for name, read in (*self.tables.reads.items(), *of_models):
            for source in read:
                found.setdefault(source, []).append(name)
        return found

    @cached_property
    def _unread(self) -> Mapping[str, str]:
        """The text of the queries that cannot be read."""
        files = (
            (name, self.files[name]) for name, read in self.tables.reads.items() if not read and name in self.files
        )
        return {name: file.config.table.main_sql.lower() for name, file in files if tables_read(file) is None}


def _of_cells(table: SummaryTable) -> QueryOrigins:
    """They are the declared ones, and made of no other table's."""
    columns = tuple(ColumnOrigin(name=column.name, value=Origin()) for column in table.columns)
    return QueryOrigins(columns=columns, rows=Origin())


class _Walk:
    """One search, from table to table until nothing new is reached."""

    def __init__(self, lineage: ColumnLineage, start: Collection[Column], how: How) -> None:
        self._lineage = lineage
        self._start = frozenset(start)
        self._how: dict[str, dict[str, How]] = {}
        self._reasons: dict[str, str] = {}
        for table, column in start:
            self._note(table, column, how)

    def reached(self) -> Iterator[Reached]:
        waiting = deque(dict.fromkeys(table for table, _ in self._start))
        seen: dict[str, None] = {}
        while waiting:
            for reader in self._lineage.readers(waiting.popleft()):
                if self._read(reader):
                    seen[reader] = None
                    waiting.append(reader)
        for table in seen:
            yield from self._of_table(table)

    def _of_table(self, table: str) -> Iterator[Reached]:
        reason = self._reasons.get(table, "")
        found = self._lineage.origins(table)
        names = [column.name for column in found.columns] if isinstance(found, QueryOrigins) else []
        how_of = self._how[table]
        for name in dict.fromkeys((ROWS, *names, *sorted(how_of.keys() - {*names, *_NO_COLUMNS}))):
            if (how := how_of.get(name)) and (table, name) not in self._start:
                yield Reached(table=table, column=name, how=how, reason=reason if name == WHOLE_ROW else "")

    def _read(self, table: str) -> bool:
        """Whether more of `table` is reached than was known, now that more is of what it reads."""
        found = self._lineage.origins(table)
        if isinstance(found, NotKnown):
            self._reasons[table] = found.reason
            every = [self._note(table, name, "perhaps") for name in (WHOLE_ROW, ROWS, ORDER)]
            return any(every)
        rows = _weaker(self._best(found.rows), "rows")
        news = [self._note(table, ROWS, rows), self._note(table, ORDER, _weaker(self._best(found.order), "rows"))]
        for column in found.columns:
            news.append(self._note(table, column.name, _stronger(self._best(column.value), rows)))
        news += [self._note(table, name, how) for name, how in self._passed_on(found)]
        return any(news)

    def _passed_on(self, found: QueryOrigins) -> Iterator[tuple[str, "How | None"]]:
        """Of columns whose names nobody knows."""
        if found.is_complete:
            return
        reason = self._best(found.beside)
        yield WHOLE_ROW, reason and "perhaps"
        for passed in found.passed_on:
            for table in self._tables_called(passed):
                columns = tuple(self._how[table].items())
                yield from ((name, how) for name, how in columns if name not in (*_NO_COLUMNS, WHOLE_ROW))

    def _note(self, table: str, column: str, how: "How | None") -> bool:
        before = self._how.get(table, {}).get(column)
        better = _stronger(before, how)
        if better is None or better == before:
            return False
        self._how.setdefault(table, {})[column] = better
        return True

    def _tables_called(self, written: str) -> list[str]:
        """Those that are reached and that a query may mean by a name."""
        if "." in written:
            return [written] if written in self._how else []
        return [table for table in self._how if written in (table, table.partition(".")[2])]

    def _best(self, origin: Origin) -> "How | None":
        """How surely something that is reached is part of `origin`."""
        best: How | None = "perhaps" if origin.unknown else None
        for use in origin.uses:
            best = _stronger(best, self._use(use))
        return best

    def _use(self, use: ColumnUse) -> "How | None":
        best: How | None = None
        for table in self._tables_called(use.table):
            for column, how in self._how[table].items():
                if _is_meant(use.column, column):
                    is_sure = use.is_certain and use.table == table and column != WHOLE_ROW
                    best = _stronger(best, how if is_sure else "perhaps")
        return best


def _is_meant(used: str, column: str) -> bool:
    if not {used, column}.isdisjoint(_NO_COLUMNS):
        return used == column
    return used == column or WHOLE_ROW in (used, column)


def _stronger(one: How | None, other: How | None) -> How | None:
    given = [how for how in (one, other) if how]
    return min(given, key=_SURE_FIRST.index) if given else None


def _weaker(one: How | None, other: How) -> How | None:
    return max(one, other, key=_SURE_FIRST.index) if one else None


def column_lineage(
    folder: ConfigFolder,
    tables: Lineage,
    besides: Mapping[str, tuple[str, ...]] | None = None,
    models: "Mapping[str, ModelQuery] | None" = None,
) -> ColumnLineage:
    """That of a folder's readable files, with its known sources; `tables` is which of them read which.

    `besides`: see `ColumnLineage`. `models`: those that manifests know, where nothing else is given.
    """

    known = known_tables(folder)

    def columns_of_source(name: str) -> tuple[str, ...] | None:
        schema, _, table = name.partition(".")
        found = known.get((schema, table))
        return tuple(column.name for column in found.columns) or None if found else None

    return ColumnLineage(
        files=folder.by_name,
        tables=tables,
        sources=columns_of_source,
        models=_models(folder) if models is None else models,
        besides=besides or {},
    )


def _models(folder: ConfigFolder) -> "Mapping[str, ModelQuery]":
    if not folder.projects:
        return {}
    # Imported here because most folders have none.
    from summary_tables.lint.facts.model_queries import model_queries

    return model_queries(folder)
