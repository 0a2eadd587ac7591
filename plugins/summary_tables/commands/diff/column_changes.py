"""Which columns of a table a branch changes, and which columns of other tables these reach. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summary_tables.commands.diff.changes import TableChange
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.column_lineage import Column, ColumnLineage, How, Reached
from summary_tables.sql.column_lineage.origins import ROWS, WHOLE_ROW, NotKnown, QueryOrigins

ColumnChangeKind = Literal["gone", "renamed", "new", "type", "definition", "rows", "table", "unknown"]
"""`type`: `columns` says another one; `definition`: it is computed otherwise; `rows`: which rows there are may differ;
`table`: nothing builds the table of this name any more; `unknown`: what changes is not known."""

MOST_SEARCHES = 400
"""Of all columns that a branch changes, so many are followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChange:
    """`column` is empty where it is no single one. `now`: the new name or type. `reason`: why nothing is known.

    `is_certain`: it changes; otherwise it may, as it is not known which tables have the columns that it is made of.
    `reached`: columns of tables of the folder as it will be, the nearest first.
    """

    table: str
    kind: ColumnChangeKind
    column: str = ""
    now: str = ""
    reason: str = ""
    is_certain: bool = True
    reached: tuple[Reached, ...] = ()


class ColumnSearch:
    """Follows what changes; `before` and `after` are the lineages of both states of the folder.

    `after` knows the columns that changed tables had `besides` those that they have.
    """

    def __init__(self, before: ColumnLineage, after: ColumnLineage) -> None:
        self._before = before
        self._after = after
        self._left = MOST_SEARCHES

    def changes(self, change: TableChange) -> tuple[ColumnChange, ...]:
        """Nothing for a table that nobody reads."""
        names = {side.full_name for side in (change.before, change.after) if side}
        if change.before is None or not any(self._after.readers(name) for name in names):
            return ()
        return tuple(dict.fromkeys(self._changes(change.before, change.after)))

    def _changes(self, before: TableFile, after: TableFile | None) -> Iterator[ColumnChange]:
        name = before.full_name
        if after is None or after.full_name != name:
            columns = self._before.columns(name) or (WHOLE_ROW,)
            yield self._followed(ColumnChange(table=name, kind="table"), [(name, each) for each in (*columns, ROWS)])
            return
        old, new = self._before.origins(name), self._after.origins(name)
        is_refreshed_otherwise = before.config.table.refresh != after.config.table.refresh
        types = tuple(_type_changes(before, after))
        is_other = before.config.table.main_sql != after.config.table.main_sql or is_refreshed_otherwise
        yield from self._of_queries(name, old, new, types, has_other_rows=is_refreshed_otherwise, is_other=is_other)

    def of_model(self, name: str) -> tuple[ColumnChange, ...]:
        """Of a dbt model whose SQL changes, and that both states have; nothing where nobody reads it."""
        if not self._after.readers(name):
            return ()
        old, new = self._before.origins(name), self._after.origins(name)
        return tuple(dict.fromkeys(self._of_queries(name, old, new, has_other_rows=False, is_other=True)))

    def _of_queries(
        self,
        name: str,
        old: QueryOrigins | NotKnown,
        new: QueryOrigins | NotKnown,
        types: Sequence[ColumnChange] = (),
        *,
        has_other_rows: bool,
        is_other: bool,
    ) -> Iterator[ColumnChange]:
        if isinstance(old, QueryOrigins) and isinstance(new, QueryOrigins):
            for found in (*_query_changes(name, old, new), *types):
                yield self._followed(found, [(name, found.column or ROWS)])
            if old.rows.definition != new.rows.definition or has_other_rows:
                yield self._followed(ColumnChange(table=name, kind="rows"), [(name, ROWS)])
        elif is_other:
            reason = next(found.reason for found in (new, old) if isinstance(found, NotKnown))
            found = ColumnChange(table=name, kind="unknown", reason=reason)
            yield self._followed(found, [(name, WHOLE_ROW), (name, ROWS)])

    def _followed(self, found: ColumnChange, start: Sequence[Column]) -> ColumnChange:
        self._left -= 1
        if self._left < 0:
            return ColumnChange(table=found.table, kind="unknown", reason="too many columns change to follow each")
        how: How = "perhaps" if found.kind == "unknown" or not found.is_certain else "value"
        return replace(found, reached=self._after.reached(start, how))


def _query_changes(table: str, before: QueryOrigins, after: QueryOrigins) -> Iterator[ColumnChange]:
    old = {column.name: column.value for column in before.columns}
    new = {column.name: column.value for column in after.columns}
    added = [name for name in new if name not in old]
    for name, value in old.items():
        if name in new:
            if value.definition != new[name].definition:
                is_certain = all(use.is_certain for use in (*value.uses, *new[name].uses))
                yield ColumnChange(table=table, kind="definition", column=name, is_certain=is_certain)
        elif after.is_complete:
            same = [other for other in added if new[other].definition == value.definition]
            if len(same) == 1:
                yield ColumnChange(table=table, kind="renamed", column=name, now=same[0])
            else:
                yield ColumnChange(table=table, kind="gone", column=name)
    if before.is_complete:
        yield from (ColumnChange(table=table, kind="new", column=name) for name in added)


def _type_changes(before: TableFile, after: TableFile) -> Iterator[ColumnChange]:
    old = {column.name: column.type for column in before.config.table.columns}
    for column in after.config.table.columns:
        if column.name in old and old[column.name] != column.type:
            yield ColumnChange(table=after.full_name, kind="type", column=column.name, now=column.type)


def columns_before(changes: Sequence[TableChange], before: ColumnLineage) -> dict[str, tuple[str, ...]]:
    """The columns that tables had, as far as they are known: who still reads one reads that."""
    found = {change.before.full_name: before.columns(change.before.full_name) for change in changes if change.before}
    return {name: columns for name, columns in found.items() if columns}
