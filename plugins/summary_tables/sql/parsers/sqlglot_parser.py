"""Reads SQL by sqlglot: that of Redshift which PostgreSQL's grammar does not know, and all SQL where that is missing.

sqlglot knows less than the warehouses and lets wrong SQL through: what it refuses may be right, and its place of a
mistake is often another. So it is asked for facts and for a second opinion only.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from summary_tables.sql.dialect import Dialect
from summary_tables.sql.parsers import facts
from summary_tables.sql.parsers.block import UNREAD_STAR, Block, Cte, Item, Source
from summary_tables.sql.parsers.clauses import Written, length_of_name
from summary_tables.sql.parsers.function_names import AGGREGATES, ROW_MAKERS
from summary_tables.sql.parsers.sqlglot_names import folded, function_name, output_name, takes_name_of_column
from summary_tables.sql.query import Query, TableRead


class RefusedError(Exception):
    """sqlglot does not know what to make of a text."""


def read(sql: str, dialect: Dialect) -> Query | None:
    """What `sql` says; None where that cannot be told. Raises RefusedError."""
    try:
        with _quiet():
            statements = sqlglot.parse(sql, read=dialect.grammar.sqlglot)
        statement = statements[0] if len(statements) == 1 else None
        if not isinstance(statement, exp.Query | exp.Values):
            return None
        return facts.query(_Reader(sql, dialect).block(statement), Written(sql, dialect))
    except SqlglotError as error:
        raise RefusedError from error
    except Exception:  # a young parser that raises anything on odd text; it only means that nothing is known
        return None


@contextmanager
def _quiet() -> Iterator[None]:
    """sqlglot logs what it does not know; nobody who reads a report can do anything about that."""
    logger = logging.getLogger("sqlglot")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


class _Reader:
    """Makes blocks of sqlglot's tree."""

    def __init__(self, sql: str, dialect: Dialect) -> None:
        self._sql = sql
        self._dialect = dialect

    def block(self, query: exp.Expr) -> Block:
        """Raises RecursionError for SELECTs nested too deep in each other."""
        if isinstance(query, exp.Subquery):
            return self._wrapped(query)
        if isinstance(query, exp.Values):
            rows = query.expressions
            return Block(items=_value_items(rows), value_rows=len(rows), inner=self._blocks(_Parts(rows).queries))
        clause = query.args.get("with_")
        ctes = tuple(map(self._cte, clause.expressions)) if clause else ()
        is_recursive = bool(clause and clause.args.get("recursive"))
        if isinstance(query, exp.SetOperation):
            return Block(ctes=ctes, is_recursive=is_recursive, branches=self._blocks(_branches(query)))
        return self._select(query, ctes, is_recursive)

    def _select(self, query: exp.Expr, ctes: tuple[Cte, ...], is_recursive: bool) -> Block:
        joins = list(_joins(query))
        nodes = list(_from_items(query))
        parts = _Parts(_expressions(query, joins, nodes))
        targets = _Parts([*query.expressions, query.args.get("having")])
        return Block(
            ctes=ctes,
            is_recursive=is_recursive,
            items=tuple(map(self._item, query.expressions)),
            sources=tuple(map(self._source, nodes)),
            inner=self._blocks(parts.queries),
            merges_columns=any(map(_merges_columns, (*joins, *nodes))),
            is_grouped=bool(query.args.get("group")),
            aggregates=targets.aggregates,
            takes_one=_takes_one(query),
            makes_rows=targets.makes_rows,
            calls=parts.calls,
        )

    def _wrapped(self, query: exp.Subquery) -> Block:
        """A query in brackets, which may have a WITH or LIMIT of its own outside them."""
        block = self.block(query.this)
        clause = query.args.get("with_")
        outside = tuple(map(self._cte, clause.expressions)) if clause else ()
        if not outside and not _takes_one(query):
            return block
        star = Item(name="", star="")
        source = Source(alias="", block=block)
        return Block(ctes=outside, items=(star,), sources=(source,), takes_one=_takes_one(query))

    def _blocks(self, queries: "list[exp.Expr]") -> tuple[Block, ...]:
        return tuple(map(self.block, queries))

    def _cte(self, node: exp.Expr) -> Cte:
        return Cte(name=self._name(node.args["alias"].this), block=self.block(node.this), columns=self._renamed(node))

    def _renamed(self, node: exp.Expr) -> tuple[str, ...]:
        alias = node.args.get("alias")
        return tuple(map(self._name, alias.columns)) if isinstance(alias, exp.TableAlias) else ()

    def _name(self, identifier: exp.Expr | None) -> str:
        return folded(identifier, self._dialect) if isinstance(identifier, exp.Identifier) else ""

    def _source(self, node: exp.Expr) -> Source:
        alias = node.args.get("alias")
        name = self._name(alias.this) if isinstance(alias, exp.TableAlias) else ""
        columns = self._renamed(node)
        if isinstance(node, exp.Table) and isinstance(node.this, exp.Identifier):
            table = self._table(node)
            return Source(alias=name or table.name, table=table, columns=columns)
        inner = node.this if isinstance(node, exp.Lateral) else node
        if isinstance(inner, exp.Query | exp.Values):
            return Source(alias=name, block=self.block(inner), columns=columns)
        return Source(alias=name, columns=columns)

    def _table(self, node: exp.Table) -> TableRead:
        written = [part for part in (node.args.get("catalog"), node.args.get("db"), node.this) if part]
        offset = written[0].meta["start"]
        schema = self._name(node.args.get("db"))
        length = length_of_name(self._sql, offset)
        return TableRead(schema=schema, name=self._name(node.this), offset=offset, length=length)

    def _item(self, node: exp.Expr) -> Item:
        value = node.this if isinstance(node, exp.Alias) else node
        if isinstance(value, exp.Star) or (isinstance(value, exp.Column) and isinstance(value.this, exp.Star)):
            chosen = isinstance(value, exp.Star) and any(value.args.values())
            return Item(name="", star=UNREAD_STAR if chosen else self._name(value.args.get("table")))
        if isinstance(value, exp.Dot) and isinstance(value.expression, exp.Star):
            return Item(name="", star=UNREAD_STAR)
        has_alias = isinstance(node, exp.Alias)
        name = self._name(node.args["alias"]) if has_alias else output_name(value, self._sql, self._dialect)
        is_named = has_alias or takes_name_of_column(value)
        return Item(name=name, has_alias=has_alias, is_named=is_named, never_negative=_never_negative(value))


def _merges_columns(node: exp.Expr) -> bool:
    return bool(node.args.get("using") or node.args.get("method") == "NATURAL" or node.args.get("pivots"))


def _branches(query: exp.Expr) -> "list[exp.Expr]":
    found: list[exp.Expr] = []
    while isinstance(query, exp.SetOperation) and not (found and query.args.get("with_")):
        found.append(query.expression)
        query = query.this
    return [query, *reversed(found)]


def _from_items(query: exp.Expr) -> Iterator[exp.Expr]:
    """What stands in FROM, the tables inside joins in brackets included."""
    clause = query.args.get("from_")
    waiting = [clause.this] if clause else []
    waiting += [join.this for join in query.args.get("joins") or ()]
    waiting += query.args.get("laterals") or []
    waiting.reverse()
    while waiting:
        node = waiting.pop()
        if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Table):
            waiting.append(node.this)
            continue
        waiting += [join.this for join in reversed(node.args.get("joins") or [])]
        yield node


def _joins(query: exp.Expr) -> Iterator[exp.Expr]:
    waiting = [query]
    while waiting:
        node = waiting.pop()
        joins = node.args.get("joins") or []
        yield from joins
        clause = node.args.get("from_")
        waiting += [join.this for join in joins] + ([clause.this] if clause else [])
        if isinstance(node, exp.Subquery) and isinstance(node.this, exp.Table):
            waiting.append(node.this)


def _expressions(query: exp.Expr, joins: "list[exp.Expr]", nodes: "list[exp.Expr]") -> Iterator[object]:
    """What can hold queries of a SELECT: all but WITH and the tables and queries that stand in FROM themselves."""
    yield from (value for key, value in query.args.items() if key not in ("with_", "from_", "joins", "laterals"))
    yield from (join.args.get("on") for join in joins)
    for node in nodes:
        is_plain = isinstance(node, exp.Query | exp.Values) or isinstance(node.this, exp.Identifier | exp.Query)
        yield None if is_plain else node


def _value_items(rows: "list[exp.Expr]") -> tuple[Item, ...]:
    count = len(rows[0].expressions) if rows and isinstance(rows[0], exp.Tuple) else 1
    return tuple(Item(name=f"column{number}") for number in range(1, count + 1))


def _never_negative(value: exp.Expr) -> bool:
    match value:
        case exp.Count() | exp.ApproxDistinct():
            return True
        case exp.Literal():
            return not value.is_string
        case exp.Paren() | exp.Cast():
            return _never_negative(value.this)
        case exp.Coalesce():
            return all(map(_never_negative, (value.this, *value.expressions)))
        case exp.Add() | exp.Mul():
            return _never_negative(value.this) and _never_negative(value.expression)
        case exp.Subquery() if isinstance(value.this, exp.Select) and len(value.this.expressions) == 1:
            return _never_negative(value.this.expressions[0].unalias())
        case _:
            return False


def _takes_one(query: exp.Expr) -> bool:
    limit = query.args.get("limit")
    if isinstance(limit, exp.Fetch):
        count = limit.args.get("count")
        options = limit.args.get("limit_options")
        return (count is None or count.name in ("0", "1")) and not (options and options.args.get("with_ties"))
    return isinstance(limit, exp.Limit) and isinstance(limit.expression, exp.Literal) and limit.expression.name in "01"


_NO_CALLS = (exp.Cast, exp.Connector, exp.Case, exp.If, exp.Coalesce, exp.Nullif, exp.Greatest, exp.Least, exp.Exists)


_ROW_MAKERS = (exp.UDTF, exp.GenerateSeries, exp.ExplodingGenerateSeries, exp.Explode)


class _Parts:
    """What the expressions of one SELECT hold, those of the queries inside them left out."""

    def __init__(self, nodes: "Iterator[object] | list[object]") -> None:
        self.queries: list[exp.Expr] = []
        self.aggregates = self.makes_rows = self.calls = False
        waiting = list(nodes)[::-1]
        in_window: set[int] = set()
        while waiting:
            node = waiting.pop()
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, exp.Query):
                self.queries.append(node)
            elif isinstance(node, exp.Expr):
                if isinstance(node, exp.Window):
                    in_window.add(id(_window_function(node)))
                self._note(node, is_window=id(node) in in_window)
                waiting += list(node.args.values())

    def _note(self, node: exp.Expr, *, is_window: bool) -> None:
        name = function_name(node)
        self.aggregates |= not is_window and (isinstance(node, exp.AggFunc) or name in AGGREGATES)
        self.makes_rows |= name in ROW_MAKERS or isinstance(node, _ROW_MAKERS)
        self.calls |= isinstance(node, exp.Func) and not isinstance(node, _NO_CALLS)


def _window_function(window: exp.Expr) -> exp.Expr:
    node: exp.Expr = window.this
    while isinstance(node, exp.IgnoreNulls | exp.RespectNulls | exp.WithinGroup | exp.Filter):
        node = node.this
    return node
