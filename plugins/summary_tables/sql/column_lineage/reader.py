"""A raw parse tree of PostgreSQL's grammar -> what the columns of the result are made of.

A column without the name of its table may be one of any table whose columns are not known: then it is made of one of
them. Names are looked for as the server does it, from the inside outwards.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from summary_tables.sql.column_lineage import relation
from summary_tables.sql.column_lineage.expressions import Expressions, Value
from summary_tables.sql.column_lineage.from_clause import FromClause
from summary_tables.sql.column_lineage.origins import (
    ColumnOrigin,
    ColumnsOf,
    NotKnown,
    NotToldError,
    Origin,
    QueryOrigins,
    digest,
    joined,
)
from summary_tables.sql.column_lineage.relation import Hidden, Relation
from summary_tables.sql.column_lineage.scope import Scope
from summary_tables.sql.column_lineage.tree import direction, grouping
from summary_tables.sql.column_lineage.with_clause import Ctes, WithClause
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.postgres.node_names import names_in, output_name
from summary_tables.sql.dialects.postgres.parse_tree import Node, grouped


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """How names are written: `table` names a RangeVar, `is_filled_in` says whether a ColumnRef is a value that a run
    fills in; it raises NotToldError where it may be a name."""

    table: Callable[[Node], str]
    is_filled_in: Callable[[Node], bool]


class Reader:
    """Reads one query."""

    def __init__(self, dialect: Dialect, columns_of: ColumnsOf, written: Written) -> None:
        self._dialect = dialect
        self._expressions = Expressions(dialect, written.is_filled_in, self._select)
        self._from = FromClause(dialect, columns_of, written.table, self._expressions, self._select)
        self._with = WithClause(self._select)

    def query(self, select: Node) -> QueryOrigins | NotKnown:
        try:
            found = self._select(select, {}, None)
        except NotToldError as error:
            return NotKnown(error.reason)
        except RecursionError:
            return NotKnown("the query is nested too deep")
        return QueryOrigins(
            columns=found.columns,
            rows=found.rows,
            order=found.order,
            is_complete=not found.hidden,
            passed_on=tuple(dict.fromkeys(hidden.table for hidden in found.hidden if hidden.table)),
            beside=joined(hidden.beside for hidden in found.hidden) if found.hidden else Origin(),
        )

    def _select(self, select: Node, around: Ctes, outer: Scope | None) -> Relation:
        if "intoClause" in select:
            raise NotToldError("the query writes a table")
        ctes = self._with.read(select.get("withClause", {}), around, outer)
        if "larg" in select:
            return self._operation(select, ctes, outer)
        if "valuesLists" in select:
            return self._values(select, ctes, outer)
        return self._plain(select, ctes, outer)

    def _plain(self, select: Node, ctes: Ctes, outer: Scope | None) -> Relation:
        found = self._from.read(select.get("fromClause", ()), ctes, outer)
        bare = Scope(found=found, outer=outer)
        windows = self._expressions.origin(select.get("windowClause", ()), bare, ctes)
        scope = replace(bare, windows=windows)
        items = [node["ResTarget"] for node in select.get("targetList", ())]
        if self._dialect.having_knows_aliases:
            scope = self._with_aliases(scope, items, ctes)
        given, hidden = self._items(items, scope, ctes)
        having = self._expressions.value(select.get("havingClause"), scope, ctes)
        order = [*found.order, *(value.order for _, value in given), having.order]
        values = [_with_order(value, order) for _, value in given]
        columns = tuple(
            ColumnOrigin(name=name, value=value.origin)
            for (name, _), value in zip(given, values, strict=True)
            if name is not None
        )
        named = replace(scope, aliases=columns)
        order += self._listed(select.get("sortClause", ()), values, named, ctes)
        result = Relation(columns=columns, hidden=hidden, order=joined(order))
        is_picked = any(select.get("distinctClause", ())) or _has_limit(select)
        rows = [
            *found.rows,
            *(value.origin for value in values if value.makes_rows),
            self._expressions.origin(select.get("whereClause"), scope, ctes),
            *self._listed(list(grouped(select.get("groupClause", ()))), values, named, ctes),
            _with_order(having, order).origin,
            *self._distinct(select.get("distinctClause"), result, values, named, ctes),
            *(order if is_picked else ()),
            self._limits(select, scope, ctes),
            Origin(definition=digest(str(any(value.aggregates for value in values)), grouping(select))),
        ]
        return replace(result, rows=joined(rows))

    def _distinct(
        self, clause: Sequence[Node] | None, result: Relation, values: Sequence[Value], scope: Scope, ctes: Ctes
    ) -> Iterator[Origin]:
        """DISTINCT, of all columns or ON some."""
        if clause is not None:
            yield Origin(definition=digest("distinct", str(any(clause))))
            yield from self._listed(clause, values, scope, ctes) if any(clause) else [result.everything]

    def _with_aliases(self, scope: Scope, items: Sequence[Node], ctes: Ctes) -> Scope:
        """Where the warehouse knows the names of the select list in all of it."""
        for item in items:
            if item.get("name"):
                value = self._expressions.origin(item["val"], scope, ctes)
                scope = replace(scope, aliases=(*scope.aliases, ColumnOrigin(name=item["name"], value=value)))
        return scope

    def _limits(self, select: Node, scope: Scope, ctes: Ctes) -> Origin:
        parts = [select.get(key) for key in ("limitCount", "limitOffset", "limitOption")]
        return self._expressions.origin(parts, scope, ctes)

    def _items(
        self, items: Sequence[Node], scope: Scope, ctes: Ctes
    ) -> tuple[list[tuple[str | None, Value]], tuple[Hidden, ...]]:
        """The select list, stars taken apart; None is the name of all columns of a star whose names nobody knows."""
        found: list[tuple[str | None, Value]] = []
        hidden: list[Hidden] = []
        for item in items:
            star = self._star(item["val"], scope)
            if star is None:
                value = self._expressions.value(item["val"], scope, ctes)
                found.append((item.get("name") or output_name(item["val"]), value))
                continue
            found += [(column.name, Value(origin=column.value)) for column in star.columns]
            found += [(None, Value(origin=star.everything))] if star.hidden else []
            hidden += star.hidden
        return found, tuple(hidden)

    def _star(self, value: Node, scope: Scope) -> Relation | None:
        """What `*` or `t.*` stands for; None where `value` is no star."""
        if "A_Star" in value.get("A_Indirection", {}).get("indirection", [{}])[-1]:
            raise NotToldError("a value of several parts is taken apart by `.*`")
        fields = value.get("ColumnRef", {}).get("fields", ())
        if not fields or "A_Star" not in fields[-1]:
            return None
        names = names_in(fields)
        return self._expressions.source(names, scope).relation if names else scope.found.star

    def _listed(self, clause: Sequence[Node], values: "Sequence[Value]", scope: Scope, ctes: Ctes) -> Iterator[Origin]:
        """GROUP BY, ORDER BY or DISTINCT ON: a number is a column of the result, a name may be one."""
        for node in clause:
            inner = node.get("SortBy", {}).get("node", node)
            number = inner.get("A_Const", {}).get("ival", {}).get("ival")
            if number is not None and 0 < number <= len(values):
                yield joined((values[number - 1].origin, Origin(definition=direction(node))))
            else:
                yield self._expressions.origin(node, scope, ctes)

    def _values(self, select: Node, ctes: Ctes, outer: Scope | None) -> Relation:
        scope = Scope(outer=outer)
        lists = [node["List"]["items"] for node in select["valuesLists"]]
        columns = tuple(
            ColumnOrigin(
                name=f"column{number}",
                value=joined(self._expressions.origin(items[number - 1], scope, ctes) for items in lists),
            )
            for number in range(1, len(lists[0]) + 1)
        )
        rest = [
            self._expressions.origin(select.get("sortClause", ()), replace(scope, aliases=columns), ctes),
            self._limits(select, scope, ctes),
        ]
        return Relation(columns=columns, rows=joined([Origin(definition=digest("values", str(len(lists)))), *rest]))

    def _operation(self, select: Node, ctes: Ctes, outer: Scope | None) -> Relation:
        branches = [self._select(select[side], ctes, outer) for side in ("larg", "rarg")]
        op = Origin(definition=digest(select["op"], str(select.get("all"))))
        rows = [op, *(branch.rows for branch in branches)]
        if select["op"] != "SETOP_UNION" or not select.get("all"):
            rows += [branch.everything for branch in branches]
        stacked = relation.stacked(branches)
        order = [branch.order for branch in branches]
        scope = Scope(aliases=stacked.columns, outer=outer)
        for node in select.get("sortClause", ()):
            is_known = not stacked.hidden and "A_Const" not in node["SortBy"]["node"]
            order.append(self._expressions.origin(node, scope, ctes) if is_known else stacked.everything)
            order.append(Origin(definition=direction(node)))
        rows += [*(order if _has_limit(select) else ()), self._limits(select, scope, ctes)]
        return replace(stacked, rows=joined(rows), order=joined(order))


def _with_order(value: Value, order: Sequence[Origin]) -> Value:
    """What tells rows apart by their places is made of what puts them there, too."""
    return replace(value, origin=joined((value.origin, *order))) if value.minds_order else value


def _has_limit(select: Node) -> bool:
    return "limitCount" in select or "limitOffset" in select
