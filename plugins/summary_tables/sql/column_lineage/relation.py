"""What FROM can take columns from: tables, subqueries, CTEs and functions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from summary_tables.sql.column_lineage.origins import (
    ORDER,
    ROWS,
    WHOLE_ROW,
    ColumnOrigin,
    ColumnUse,
    Origin,
    digest,
    joined,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Columns whose names nobody knows: those of `table`, and what each of them is made of `beside` that."""

    table: str = ""
    beside: Origin = field(default_factory=Origin)

    def column(self, name: str) -> Origin:
        """The column of this name, if it is one of them."""
        if not self.table:
            return self.beside
        of_table = Origin(frozenset({ColumnUse(self.table, name)}), definition=digest(self.table, name))
        return joined((of_table, self.beside)) if self.beside.definition else of_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """`columns` stand in their order where nothing is `hidden`; `rows`, `order`: see `QueryOrigins`."""

    columns: tuple[ColumnOrigin, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    rows: Origin = field(default_factory=Origin)
    order: Origin = field(default_factory=Origin)

    def known(self, name: str) -> Iterator[Origin]:
        """The columns that certainly have the name."""
        return (column.value for column in self.columns if column.name == name)

    def perhaps(self, name: str) -> Iterator[Origin]:
        """What a column of the name could be, if there is one that nobody knows."""
        return (hidden.column(name) for hidden in self.hidden)

    def named(self, name: str) -> Iterator[Origin]:
        """What `alias.name` may be."""
        known = tuple(self.known(name))
        return iter(known) if known else self.perhaps(name)

    @property
    def everything(self) -> Origin:
        """All columns together."""
        return joined((*(column.value for column in self.columns), *self.perhaps(WHOLE_ROW)))

    def renamed(self, names: Sequence[str]) -> "Relation":
        """As `AS alias (a, b)` calls the first columns."""
        if not names:
            return self
        if self.hidden:
            return replace(self, columns=_alike(names, self.everything))
        kept = self.columns[len(names) :]
        columns = (ColumnOrigin(name=name, value=old.value) for name, old in zip(names, self.columns, strict=False))
        return replace(self, columns=(*columns, *kept))


def table(name: str, columns: Sequence[str] | None) -> Relation:
    """A table of the warehouse; `columns`: None where they are not known."""
    hidden = Hidden(table=name)
    found = Relation(rows=hidden.column(ROWS), order=hidden.column(ORDER))
    if columns is None:
        return replace(found, hidden=(hidden,))
    return replace(found, columns=tuple(ColumnOrigin(name=each, value=hidden.column(each)) for each in columns))


def of_one_origin(names: Iterable[str], origin: Origin, *, rows: Origin, are_all: bool) -> Relation:
    """A function, or what is not looked into: each column is made of all that it is made of."""
    hidden = () if are_all else (Hidden(beside=origin),)
    return Relation(columns=_alike(names, origin), hidden=hidden, rows=rows)


def _alike(names: Iterable[str], origin: Origin) -> tuple[ColumnOrigin, ...]:
    return tuple(ColumnOrigin(name=name, value=origin) for name in names)


def stacked(branches: Sequence[Relation]) -> Relation:
    """UNION and the like: the n-th columns of all branches are one, which is called as in the first."""
    first, *others = branches
    if not any(branch.hidden for branch in branches) and len({len(branch.columns) for branch in branches}) == 1:
        columns = tuple(
            ColumnOrigin(name=same[0].name, value=joined(column.value for column in same))
            for same in zip(*(branch.columns for branch in branches), strict=True)
        )
        return Relation(columns=columns)
    rest = joined(branch.everything for branch in others)
    return Relation(
        columns=tuple(
            ColumnOrigin(name=column.name, value=joined((first.everything, rest))) for column in first.columns
        ),
        hidden=tuple(
            Hidden(table=hidden.table, beside=joined((hidden.beside, rest, *(c.value for c in first.columns))))
            for hidden in first.hidden
        ),
    )
