"""What differs between the rows of two tables: numbers, and a few values as the warehouse writes them."""

from dataclasses import dataclass
from typing import Literal

from summary_tables.model.column import Column

KeyOrigin = Literal["option", "merge", "unique", "found", ""]
"""Who says that no two rows share their key: somebody who asked, `refresh: merge`, a `unique` check or index; or it
was `found` that the first columns differ in every row of both sides. Empty: rows are compared as wholes.
"""

RowKind = Literal["changed", "added", "removed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnStatistics:
    """Of one column on one side. Values are None where the type has none, or where they may not be shown.

    `top`: the most frequent values of a column that is no number and no time, with their rows.
    """

    nulls: int
    distinct: int
    minimum: str | None = None
    maximum: str | None = None
    average: str | None = None
    top: tuple[tuple[str | None, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProfile:
    """A column that one side alone has. `hidden`: personal data, or no values may be shown."""

    name: str
    type: str
    hidden: bool = False
    statistics: ColumnStatistics


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnDiff:
    """A column that both sides have.

    `changed`: of the rows with the same key, how many have another value. `noise`: how many differ only as floating
    point does that was summed up in another order; they do not count as changed. `reordered`: of the changed, how many
    have the same elements in another order. `largest`: by how much a value changes at most: a number, for times
    seconds. `hidden`: personal data, or no values may be shown. `before` and `after` are there where something changes.
    """

    name: str
    type_before: str
    type_after: str
    changed: int = 0
    noise: int = 0
    reordered: int = 0
    largest: str | None = None
    is_time: bool = False
    hidden: bool = False
    before: ColumnStatistics | None = None
    after: ColumnStatistics | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRange:
    """The least and the greatest value of a column of the key, among rows that came or went. `days`: it is of days."""

    name: str
    first: str
    last: str
    days: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleRow:
    """A row that differs. Values belong to `DataDiff.example_columns`; an added row has none before."""

    kind: RowKind
    key: tuple[str | None, ...]
    before: tuple[str | None, ...] = ()
    after: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DataDiff:
    """Two tables side by side. `rows_before` and `rows_after` are all that there are.

    `every`: only one of so many keys was compared, the same on both sides; all other numbers are of that sample.
    `repeated_before` and `repeated_after` are rows of keys that both sides have, and one of them in several rows: which
    of them belong together nobody can tell, so they are compared as wholes, and are among `added` and `removed` where
    the other side lacks them. `renamed`: columns that are gone,
    and new ones that have the same values. `examples`: the largest changes first.
    """

    rows_before: int
    rows_after: int
    every: int = 1
    compared_before: int
    compared_after: int
    key: tuple[str, ...] = ()
    key_origin: KeyOrigin = ""
    added: int = 0
    removed: int = 0
    changed: int = 0
    repeated_before: int = 0
    repeated_after: int = 0
    added_range: KeyRange | None = None
    removed_range: KeyRange | None = None
    columns: tuple[ColumnDiff, ...] = ()
    new_columns: tuple[ColumnProfile, ...] = ()
    gone_columns: tuple[Column, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    is_reordered: bool = False
    example_columns: tuple[str, ...] = ()
    examples: tuple[ExampleRow, ...] = ()
    seconds: float = 0.0

    @property
    def is_sample(self) -> bool:
        return self.every > 1

    @property
    def has_same_rows(self) -> bool:
        """No row that was compared differs."""
        return not (self.added or self.removed or self.changed)

    @property
    def is_same(self) -> bool:
        """Nothing differs that was compared, columns and their types included."""
        types = any(column.type_before != column.type_after for column in self.columns)
        return self.has_same_rows and not (self.new_columns or self.gone_columns or types or self.is_reordered)

    @property
    def changed_columns(self) -> tuple[ColumnDiff, ...]:
        return tuple(column for column in self.columns if column.changed)
