"""What a name of a column means among the items of FROM: those of its SELECT, then those around it, level by level."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summary_tables.model.table_columns import SYSTEM_COLUMNS

Columns = tuple[str, ...]

Kind = Literal["missing", "ambiguous", "no table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item of FROM. `columns`: None where they are not known; `merged`: those that a join with USING gives once."""

    alias: str
    columns: Columns | None
    schema: str = ""
    is_table: bool = False
    merged: frozenset[str] = frozenset()

    def times(self, column: str) -> int:
        """How often the name stands for a column of the item, where no table is written before it."""
        return 0 if self.columns is None or column in self.merged else self.columns.count(column)


Level = tuple[Item, ...]
Levels = tuple[Level, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class From:
    """Items of FROM, and the columns of `*` over them; None: not known."""

    items: Level = ()
    star: Columns | None = ()


# `t.count` is count(t), where t has no such column.
_TAKE_ROWS = frozenset(
    (
        *("any_value", "array_agg", "concat", "count", "hash_record", "json_agg", "json_agg_strict", "jsonb_agg"),
        *("jsonb_agg_strict", "max", "min", "num_nonnulls", "num_nulls", "pg_column_compression", "pg_column_size"),
        *("pg_typeof", "quote_literal", "quote_nullable", "record_out", "row_to_json", "to_json", "to_jsonb"),
    )
)


def one(item: Item) -> From:
    """FROM with one item."""
    return From(items=(item,), star=item.columns)


def with_names(names: Columns, columns: Columns | None) -> Columns | None:
    """`columns`, the first of them called by `names`, as in `AS t (a, b)`."""
    return None if columns is None else (*names, *columns[len(names) :])


def is_called(item: Item, names: Sequence[str]) -> bool:
    """Whether `t` or `schema.t` means it."""
    return item.alias == names[-1] and (len(names) == 1 or item.schema == names[-2])


def plain(name: str, levels: Levels) -> Kind | None:
    """Why a column without its table means nothing; None: it may mean something."""
    for level in levels:
        times = sum(item.times(name) for item in level)
        if times > 1:
            return "ambiguous"
        if times or any(item.columns is None for item in level):
            return None
    is_row = any(item.alias == name for level in levels for item in level)
    has_system = name in SYSTEM_COLUMNS and any(item.is_table for level in levels for item in level)
    return None if is_row or has_system else "missing"


def qualified(table: str, name: str, levels: Levels, *, has_fields: bool) -> Kind | None:
    """The same of one behind the name of a table. `has_fields`: a value can have some, written like columns of it."""
    item = next((item for level in levels for item in level if item.alias == table), None)
    if item is None:
        return None if knows_item(table, levels, has_fields=has_fields) else "no table"
    if item.columns is None or (item.is_table and name in SYSTEM_COLUMNS) or name in _TAKE_ROWS:
        return None
    times = item.columns.count(name)
    return "ambiguous" if times > 1 else None if times else "missing"


def knows_item(name: str, levels: Levels, *, has_fields: bool) -> bool:
    """Whether an item of FROM is called so; where a value can have fields, what looks like a table may be a column."""
    if any(item.alias == name for level in levels for item in level):
        return True
    return has_fields and any(item.columns is None or name in item.columns for level in levels for item in level)
