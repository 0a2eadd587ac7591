"""A raw parse tree of PostgreSQL's grammar -> what the columns of the result are made of.

A column without the name of its table may be one of any table whose columns are not known: then it is made of one of
them. Names are looked for as the server does it, from the inside outwards.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from summary_tables.sql.column_lineage import relation
from summary_tables.sql.column_lineage.expressions import Expressions, Value
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
from summary_tables.sql.column_lineage.scope import FromItems, Scope, Source, merged_columns, side_by_side
from summary_tables.sql.column_lineage.tree import Node, columns_of_call, direction, grouped, grouping
from summary_tables.sql.column_lineage.with_clause import Cte, Ctes
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.postgres.node_names import names_in, output_name


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
        self._columns_of = columns_of
        self._table_name = written.table
        self._expressions = Expressions(dialect, written.is_filled_in, self._select)

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

    # One SELECT.

    def _select(self, select: Node, around: Ctes, outer: Scope | None) -> Relation:
        if "intoClause" in select:
            raise NotToldError("the query writes a table")
        ctes = self._ctes(select.get("withClause", {}), around, outer)
        if "larg" in select:
            return self._operation(select, ctes, outer)
        if "valuesLists" in select:
            return self._values(select, ctes, outer)
        return self._plain(select, ctes, outer)

    def _plain(self, select: Node, ctes: Ctes, outer: Scope | None) -> Relation:
        found = self._from(select.get("fromClause", ()), ctes, outer)
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

    # WITH.

    def _ctes(self, clause: Node, around: Ctes, outer: Scope | None) -> Ctes:
        found = dict(around)
        is_recursive = bool(clause.get("recursive"))
        for node in clause.get("ctes", ()):
            body = node["CommonTableExpr"]
            # A name inside means what stands before it; in WITH RECURSIVE any of the clause.
            seen = found if is_recursive else dict(found)
            found[body["ctename"]] = self._cte(body, seen, outer, is_recursive=is_recursive)
        return found

    def _cte(self, body: Node, seen: Ctes, outer: Scope | None, *, is_recursive: bool) -> Cte:
        def read() -> Relation:
            select = body["ctequery"].get("SelectStmt")
            if select is None or "search_clause" in body or "cycle_clause" in body:
                raise NotToldError(f"`{body['ctename']}` of WITH is more than a query")
            names = names_in(body.get("aliascolnames", ()))
            if not is_recursive:
                return self._select(select, seen, outer).renamed(names)
            return self._recursive(cte, select, names, seen, outer)

        cte = Cte(read)
        return cte

    def _recursive(self, cte: Cte, select: Node, names: Sequence[str], seen: Ctes, outer: Scope | None) -> Relation:
        """One that names itself: each of its columns is made of all that any of them is made of."""
        if "larg" not in select:
            cte.in_itself = Relation()
            found = self._select(select, seen, outer)
        else:
            inner = self._ctes(select.get("withClause", {}), seen, outer)
            cte.in_itself = Relation()
            first = self._select(select["larg"], inner, outer).renamed(names)
            cte.in_itself = relation.of_one_origin(
                [column.name for column in first.columns],
                joined((first.everything, first.rows, first.order)),
                rows=first.rows,
                are_all=not first.hidden,
            )
            found = self._select(select, seen, outer)
        cte.in_itself = None
        if not cte.names_itself:
            return found.renamed(names)
        if found.hidden:
            raise NotToldError("a recursive query passes on columns that nobody knows")
        renamed = found.renamed(names)
        every = joined((renamed.everything, renamed.rows, renamed.order))
        return relation.of_one_origin((column.name for column in renamed.columns), every, rows=every, are_all=True)

    # FROM.

    def _from(self, clause: Sequence[Node], ctes: Ctes, outer: Scope | None) -> FromItems:
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
        sides = replace(side_by_side(one, other), merged=one.merged | other.merged)
        on = self._expressions.origin(body.get("quals"), Scope(found=sides, outer=outer), ctes)
        keys = [column.value for column in merged]
        if is_natural and (one.star.hidden or other.star.hidden):
            keys += [one.star.everything, other.star.everything]
        kind = Origin(definition=digest(body["jointype"], str(is_natural), *using))
        names = {column.name for column in merged}
        star = Relation(
            columns=(
                *merged,
                *(column for side in (one, other) for column in side.star.columns if column.name not in names),
            ),
            hidden=(*one.star.hidden, *other.star.hidden),
        )
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
            merged=one.merged | other.merged | names,
            is_natural=is_natural or one.is_natural or other.is_natural,
            rows=rows,
            order=sides.order,
        )


def _item(body: Node, found: Relation, name: str = "", qualified: str = "") -> FromItems:
    alias = body.get("alias", {})
    renamed = found.renamed(names_in(alias.get("colnames", ())))
    source = Source(alias=alias.get("aliasname") or name, relation=renamed, qualified=qualified)
    return FromItems(sources=(source,), star=renamed, rows=(found.rows,), order=(found.order,))


def _with_order(value: Value, order: Sequence[Origin]) -> Value:
    """What tells rows apart by their places is made of what puts them there, too."""
    return replace(value, origin=joined((value.origin, *order))) if value.minds_order else value


def _has_limit(select: Node) -> bool:
    return "limitCount" in select or "limitOffset" in select


_OF_SAMPLES = ("method", "args", "repeatable")
