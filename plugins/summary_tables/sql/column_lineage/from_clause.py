"""FROM: which tables, queries and functions the names of a query can mean, and what its rows are made of."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from summary_tables.sql.column_lineage import relation
from summary_tables.sql.column_lineage.expressions import Expressions
from summary_tables.sql.column_lineage.origins import ColumnOrigin, ColumnsOf, NotToldError, Origin, digest, joined
from summary_tables.sql.column_lineage.relation import Relation
from summary_tables.sql.column_lineage.scope import FromItems, Scope, Source, merged_columns, side_by_side
from summary_tables.sql.column_lineage.tree import columns_of_call
from summary_tables.sql.column_lineage.with_clause import Ctes, Select
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.postgres.node_names import names_in
from summary_tables.sql.dialects.postgres.parse_tree import Node

_OF_SAMPLES = ("method", "args", "repeatable")


class FromClause:
    """Reads that of any query of a text. `table_name` says how a table is written, `select` reads queries inside."""

    def __init__(
        self,
        dialect: Dialect,
        columns_of: ColumnsOf,
        table_name: Callable[[Node], str],
        expressions: Expressions,
        select: Select,
    ) -> None:
        self._dialect = dialect
        self._columns_of = columns_of
        self._table_name = table_name
        self._expressions = expressions
        self._select = select

    def read(self, clause: Sequence[Node], ctes: Ctes, outer: Scope | None) -> FromItems:
        """All items of FROM beside each other."""
        found = FromItems()
        for node in clause:
            found = side_by_side(found, self._from_item(node, ctes, found, outer))
        return found

    def _from_item(self, node: Node, ctes: Ctes, left: FromItems, outer: Scope | None) -> FromItems:
        """`left`: what stands before it, which LATERAL and functions may name."""
        kind, body = next(iter(node.items()))
        beside = Scope(found=left, outer=outer)
        match kind:
            case "RangeVar":
                return self._table(body, ctes, left)
            case "RangeSubselect":
                around = beside if body.get("lateral") else outer
                return _item(body, self._select(body["subquery"]["SelectStmt"], ctes, around))
            case "JoinExpr":
                return self._join(body, ctes, left, outer)
            case "RangeTableSample":
                sampled = self._from_item(body["relation"], ctes, left, outer)
                how = self._expressions.origin([body.get(key) for key in _OF_SAMPLES], beside, ctes)
                return replace(sampled, rows=(*sampled.rows, *sampled.order, how))
            case "RangeFunction":
                return self._function(body, beside, ctes)
            case _:
                parts = [value for key, value in body.items() if key != "alias"]
                origin = self._expressions.origin(parts, beside, ctes)
                return _item(body, relation.of_one_origin((), origin, rows=origin, are_all=False))

    def _table(self, body: Node, ctes: Ctes, left: FromItems) -> FromItems:
        schema, name = body.get("schemaname", ""), body["relname"]
        if not schema and name in ctes:
            return _item(body, ctes[name].relation, name)
        if self._dialect.grammar.unnests_columns and any(source.alias in (schema, name) for source in left.sources):
            raise NotToldError(f"`{name}` in FROM may be a column")
        full = self._table_name(body)
        found = relation.table(full, self._columns_of(full))
        return _item(body, found, name, qualified=f"{schema}.{name}" if schema and "alias" not in body else "")

    def _function(self, body: Node, beside: Scope, ctes: Ctes) -> FromItems:
        origin = self._expressions.origin(body["functions"], beside, ctes)
        calls = [node["List"]["items"][0].get("FuncCall", {}) for node in body["functions"]]
        called = names_in(calls[0].get("funcname", ()))[-1:] if len(calls) == 1 else []
        alias = body.get("alias", {})
        own_name = alias.get("aliasname") or "".join(called)
        renames = names_in(alias.get("colnames", ()))
        last = ("ordinality",) if body.get("ordinality") else ()
        names = columns_of_call(body, own_name, called[0]) if called else None
        if names is None:
            given = renames or (own_name, *last)
            found = relation.of_one_origin(given, origin, rows=origin, are_all=False)
        else:
            found = relation.of_one_origin((*names, *last), origin, rows=origin, are_all=True).renamed(renames)
        return FromItems(sources=(Source(alias=own_name, relation=found),), star=found, rows=(origin,))

    def _join(self, body: Node, ctes: Ctes, left: FromItems, outer: Scope | None) -> FromItems:
        one = self._from_item(body["larg"], ctes, left, outer)
        other = self._from_item(body["rarg"], ctes, side_by_side(left, one), outer)
        is_natural = bool(body.get("isNatural"))
        using = names_in(body.get("usingClause", ()))
        merged = merged_columns(one, other, using, is_natural=is_natural)
        sides = side_by_side(one, other)
        on = self._expressions.origin(body.get("quals"), Scope(found=sides, outer=outer), ctes)
        keys = [column.value for column in merged]
        if is_natural and (one.star.hidden or other.star.hidden):
            keys += [one.star.everything, other.star.everything]
        kind = Origin(definition=digest(body["jointype"], str(is_natural), *using))
        star = _star(one, other, merged)
        rows = (joined((*one.rows, *other.rows, on, kind, *keys)),)
        if alias := body.get("alias"):
            renamed = star.renamed(names_in(alias.get("colnames", ())))
            source = Source(alias=alias["aliasname"], relation=renamed)
            return FromItems(sources=(source,), star=renamed, rows=rows, order=sides.order)
        sources = sides.sources
        if using_alias := body.get("join_using_alias"):
            sources = (*sources, Source(alias=using_alias["aliasname"], relation=Relation(columns=tuple(merged))))
        return FromItems(
            sources=sources,
            star=star,
            merged=sides.merged | {column.name for column in merged},
            is_natural=is_natural or sides.is_natural,
            rows=rows,
            order=sides.order,
        )


def _item(body: Node, found: Relation, name: str = "", qualified: str = "") -> FromItems:
    alias = body.get("alias", {})
    renamed = found.renamed(names_in(alias.get("colnames", ())))
    source = Source(alias=alias.get("aliasname") or name, relation=renamed, qualified=qualified)
    return FromItems(sources=(source,), star=renamed, rows=(found.rows,), order=(found.order,))


def _star(one: FromItems, other: FromItems, merged: Sequence[ColumnOrigin]) -> Relation:
    """What `*` stands for behind a join: the columns that it merges come first, and once."""
    names = {column.name for column in merged}
    rest = (column for side in (one, other) for column in side.star.columns if column.name not in names)
    return Relation(columns=(*merged, *rest), hidden=(*one.star.hidden, *other.star.hidden))
