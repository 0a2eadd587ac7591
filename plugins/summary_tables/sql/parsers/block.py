"""A query as its syntax tree has it, whichever parser made the tree: SELECTs inside SELECTs and what they take from."""

from dataclasses import dataclass

from summary_tables.sql.query import TableRead

UNREAD_STAR = "\0"
"""Stands for a star that is not read further: one that leaves columns out, and that of a composite value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a select list.

    `star` is None, or what stands before the dot of `t.*`: empty for a bare `*`. `name` is empty for a star.
    """

    name: str
    has_alias: bool = False
    is_named: bool = False
    star: str | None = None
    never_negative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One item of FROM. `alias` is the name by which the SELECT knows it; `columns` are those its alias renames.

    A function has neither `table` nor `block`.
    """

    alias: str
    table: TableRead | None = None
    block: "Block | None" = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cte:
    """A query of a WITH. `columns` are the names that it gives to its columns itself."""

    name: str
    block: "Block"
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A SELECT, VALUES, or a set operation of `branches`.

    `inner`: the queries that its expressions hold. `merges_columns`: a join with USING or NATURAL. `is_grouped`: by
    GROUP BY. `aggregates`: some item or HAVING has an aggregate of its own. `takes_one`: LIMIT 1 and the like.
    `makes_rows`: some item may give several rows, as `unnest(...)` does. `calls`: some function, casts aside.
    """

    ctes: tuple[Cte, ...] = ()
    is_recursive: bool = False
    branches: "tuple[Block, ...]" = ()
    items: tuple[Item, ...] = ()
    sources: tuple[Source, ...] = ()
    inner: "tuple[Block, ...]" = ()
    value_rows: int = 0
    merges_columns: bool = False
    is_grouped: bool = False
    aggregates: bool = False
    takes_one: bool = False
    makes_rows: bool = False
    calls: bool = False
