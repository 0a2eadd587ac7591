"""What lint needs to know of a query, whichever parser read it.

Offsets count the characters of the SQL from 0; lengths are in characters.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRead:
    """A table or view that the query reads, once for each place. Names are as the warehouse folds them.

    `schema` is empty where none is written. Names of CTEs, functions in FROM and VALUES are not among them.
    """

    schema: str
    name: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputColumn:
    """A column of the result, in order. `name` is what the warehouse calls it; empty for `*` and `t.*`.

    `is_named`: by an alias (`has_alias`: one of this query), or because the expression is a column, also cast to a
    type. Otherwise the warehouse made the name up, such as `round` or `?column?`. `star_over_table`: a star whose
    columns only the warehouse knows, as it takes them from a table, view or function. A star over CTEs and
    subqueries with known columns is given as these columns, each at the place of the star. `text` is the expression
    as it is written, without alias.
    """

    name: str
    text: str
    is_named: bool
    is_star: bool
    offset: int
    length: int
    star_over_table: bool = False
    has_alias: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A piece of the query that a rule speaks of, as it is written, e.g. `CURRENT_DATE` or `ORDER BY`."""

    text: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedCall:
    """A call that PostgreSQL refuses for the types of its arguments, at the function's name.

    `given`: these types; `takes`: those that functions of its name take, with as many arguments; `cast`: the argument
    (from 0) that needs a cast and the type, where one cast is enough. `is_ambiguous`: several functions could be meant.
    """

    word: Word
    given: tuple[str, ...]
    takes: tuple[tuple[str, ...], ...]
    cast: tuple[int, str] | None = None
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownName:
    """A function or a type that the warehouse does not have itself."""

    kind: Literal["function", "type"]
    word: Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One query that the grammar accepts.

    `columns`: of the result; those of the first branch of a UNION.
    `order_by`: the ORDER BY of the whole query, None where it has none or where LIMIT, FETCH or DISTINCT ON needs it.
    `limits_without_order`: each LIMIT, FETCH or TOP, at any depth, whose own SELECT is not ordered.
    `current_times`: each use of the server's clock, at any depth: CURRENT_DATE, NOW(), GETDATE() and the like.
    `null_comparisons`: each `= NULL`, `<> NULL` and `!= NULL`, NOT between them included, at any depth, or NULL and
    the operator where NULL stands on the left.
    `refused_calls`: see there. `whole_divisions`: each `/` that divides whole counts or sums by each other, so that a
    share becomes 0 or 1. `unknown_names`: functions and types without a schema that the warehouse does not have itself.
    `returns_one_row`: certainly one row whatever the data: aggregates without GROUP BY, no FROM, LIMIT 1, EXISTS.
    `never_negative`: its one value is certainly 0 or more: COUNT(...), or a constant.
    `is_constant`: it reads no table, calls no function and asks no clock.
    """

    tables: tuple[TableRead, ...] = ()
    columns: tuple[OutputColumn, ...] = ()
    order_by: Word | None = None
    limits_without_order: tuple[Word, ...] = ()
    current_times: tuple[Word, ...] = ()
    null_comparisons: tuple[Word, ...] = ()
    refused_calls: tuple[RefusedCall, ...] = ()
    whole_divisions: tuple[Word, ...] = ()
    unknown_names: tuple[UnknownName, ...] = ()
    returns_one_row: bool = False
    never_negative: bool = False
    is_constant: bool = False
