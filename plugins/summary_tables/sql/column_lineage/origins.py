"""Of what the columns of a query are made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Final

ROWS: Final = ""
"""In place of a column: which rows a table has."""

ORDER: Final = "\n"
"""In place of a column: in which order the rows of a table happen to lie, for queries that tell rows apart by that."""

WHOLE_ROW: Final = "*"
"""In place of a column: any column of the table, also those that nobody knows."""

ColumnsOf = Callable[[str], tuple[str, ...] | None]
"""The columns of a table, `schema.table`, in their order; None where they are not known."""


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """A column of a table, as the query calls that: `schema.table`, or the table alone where no schema is written.

    `is_certain`: it is this column, and none of another table whose columns are not known.
    """

    table: str
    column: str
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Origin:
    """What something in a query is made of.

    `unknown`: why there may be more, each reason as what follows "not known: ". `definition` differs where what the
    query says of it does, through CTEs and subqueries down to the tables; the layout of the text and the names of CTEs
    and aliases are no part of it.
    """

    uses: frozenset[ColumnUse] = frozenset()
    unknown: frozenset[str] = frozenset()
    definition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnOrigin:
    """`value`: what its expression is made of. What decides which rows there are is told of the query."""

    name: str
    value: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryOrigins:
    """`rows`: what decides which rows there are, and how often: filters, joins, groups, limits. `order`: what decides
    in which order they come, besides.

    `is_complete`: these are all columns. Otherwise `passed_on` are tables of which columns are passed on under their
    own names, and nobody knows which: `SELECT *`. What each of these is made of besides is `beside`.
    """

    columns: tuple[ColumnOrigin, ...]
    rows: Origin
    order: Origin = field(default_factory=Origin)
    is_complete: bool = True
    passed_on: tuple[str, ...] = ()
    beside: Origin = field(default_factory=Origin)

    @property
    def names(self) -> tuple[str, ...] | None:
        """None where only some are known."""
        return tuple(column.name for column in self.columns) if self.is_complete else None


@dataclass(frozen=True, slots=True)
class NotKnown:
    """Nothing can be told of the columns; `reason` follows "not known: "."""

    reason: str


class NotToldError(Exception):
    """`reason`: see `NotKnown`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def digest(*parts: str) -> str:
    """Differs where the parts differ."""
    found = blake2b(digest_size=12)
    for part in parts:
        found.update(f"{len(part)}:{part}".encode("utf-8", "surrogatepass"))
    return found.hexdigest()


def joined(origins: Iterable[Origin]) -> Origin:
    """What several things are made of together."""
    every = tuple(origins)
    if len(every) == 1:
        return every[0]
    return Origin(
        uses=frozenset().union(*(origin.uses for origin in every)),
        unknown=frozenset().union(*(origin.unknown for origin in every)),
        definition=digest(*(origin.definition for origin in every)),
    )


def one_of(candidates: Iterable[Origin]) -> Origin:
    """It is made of one of these, and nobody knows of which."""
    every = tuple(dict.fromkeys(candidates))
    if len(every) == 1:
        return every[0]
    found = joined(every)
    sure = frozenset.intersection(*(origin.uses for origin in every))
    uses = (use if use in sure else replace(use, is_certain=False) for use in found.uses)
    return replace(found, uses=frozenset(uses))
