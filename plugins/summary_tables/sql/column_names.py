"""The names of columns in a query, beside what the tables that it reads are known to have."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from summary_tables.sql.dialect import Dialect
from summary_tables.sql.parser import MAX_CHARACTERS


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongName:
    """A name that begins at `offset`.

    `missing`: no table has it. `ambiguous`: more than one does. `no table`: what stands before its dot is none.
    """

    kind: Literal["missing", "ambiguous", "no table"]
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnNames:
    """`wrong`: what certainly means nothing, in its order. `columns`: the names of the result's; None: not known."""

    wrong: tuple[WrongName, ...] = ()
    columns: tuple[str, ...] | None = None


def column_names(sql: str, dialect: Dialect, columns_of: Callable[[str, str], tuple[str, ...] | None]) -> ColumnNames:
    """What `sql`, in which all is filled in, says of columns.

    `columns_of` has those of a table by its schema, which may be empty, and its name; None: they are not known. Nothing
    is known of a query that PostgreSQL's grammar cannot read.
    """
    if len(sql) > MAX_CHARACTERS or "\0" in sql:
        return ColumnNames()
    from summary_tables.sql.parsers.name_scopes import NameScopes
    from summary_tables.sql.parsers.postgres_tree import select_statement

    readable = dialect.grammar.readable(sql)
    scopes = NameScopes(
        columns_of, folds=dialect.lexical.folds_quoted_names, knows_aliases=dialect.having_knows_aliases
    )
    try:
        select = select_statement(readable)
        columns = scopes.query(select) if select else None
    except (ImportError, OSError, RecursionError):
        return ColumnNames()
    raw = readable.encode("utf-8", "replace")
    places = ((len(raw[:place].decode("utf-8", "ignore")), kind) for place, kind in sorted(scopes.found.items()))
    return ColumnNames(wrong=tuple(WrongName(kind=kind, offset=offset) for offset, kind in places), columns=columns)
