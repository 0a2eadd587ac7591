"""Which names of columns mean something, as PostgreSQL looks them up: the FROM of a SELECT, then those around it.

What is not certain is not said: the columns of functions, of tables that nobody knows and of all that takes from them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from summary_tables.sql.dialects.postgres.node_names import names_in, output_name
from summary_tables.sql.dialects.postgres.parse_tree import Node, grouped
from summary_tables.sql.parsers.name_lookup import (
    Columns,
    From,
    Item,
    Kind,
    Level,
    Levels,
    is_called,
    knows_item,
    one,
    plain,
    qualified,
    with_names,
)

ColumnsOf = Callable[[str, str], Columns | None]
"""The columns of a table by its schema, which may be empty, and its name; None: they are not known."""

_Ctes = Mapping[str, Columns | None]


class NameScopes:
    """Reads one query. `folds`: names in double quotes are folded, too. `knows_aliases`: of SELECT, in all clauses."""

    def __init__(self, columns_of: ColumnsOf, *, folds: bool, knows_aliases: bool) -> None:
        self._columns_of = columns_of
        self._folds = folds
        self._knows_aliases = knows_aliases
        self.found: dict[int, Kind] = {}
        """What means nothing, by its place in bytes."""

    def query(self, select: Node, outer: Levels = (), around: _Ctes | None = None) -> Columns | None:
        """The names of its columns; None: not known. Raises RecursionError for a query nested too deep."""
        ctes = self._with(select.get("withClause", {}), outer, around or {})
        if "larg" in select:
            return self._set_operation(select, outer, ctes)
        if "valuesLists" in select:
            self._walk(select["valuesLists"], outer)
            return tuple(f"column{at + 1}" for at in range(len(select["valuesLists"][0]["List"]["items"])))
        source = self._from(select.get("fromClause", ()), outer, ctes)
        return self._select(select, source, outer, ctes)

    def _select(self, select: Node, source: From, outer: Levels, ctes: _Ctes) -> Columns | None:
        targets = [target["ResTarget"] for target in select.get("targetList", ())]
        given = tuple(self._fold(target["name"]) for target in targets if "name" in target)
        levels: Levels = (source.items, *outer)
        if self._knows_aliases:
            levels = (source.items, (Item(alias="", columns=given),), *outer)
        names: list[str] | None = []
        for target in targets:
            found = self._target(target, source, levels, ctes)
            names = None if found is None or names is None else [*names, *found]
        for clause in ("whereClause", "havingClause", "windowClause", "limitCount", "limitOffset"):
            self._walk(select.get(clause), levels, ctes)
        called = (*given, *(names or ()))
        for item in grouped(select.get("groupClause", ())):
            self._sorted_or_grouped(item, called, levels, ctes, names_first=False)
        for item in (*select.get("distinctClause", ()), *(sort["SortBy"]["node"] for sort in _sorts(select))):
            self._sorted_or_grouped(item, called, levels, ctes, names_first=True)
        return None if names is None else tuple(names)

    def _target(self, target: Node, source: From, levels: Levels, ctes: _Ctes) -> Columns | None:
        value = target["val"]
        fields = value.get("ColumnRef", {}).get("fields", ())
        if fields and "A_Star" in fields[-1]:
            self._walk(value, levels, ctes)
            names = self._names(fields)
            if not names:
                return source.star
            item = next((item for level in levels for item in level if is_called(item, names)), None)
            return item.columns if item else None
        if "A_Star" in value.get("A_Indirection", {}).get("indirection", [{}])[-1]:
            self._walk(value, levels, ctes)
            return None
        self._walk(value, levels, ctes)
        return (self._fold(target.get("name") or output_name(value)),)

    def _set_operation(self, select: Node, outer: Levels, ctes: _Ctes) -> Columns | None:
        branches: list[Node] = []
        left: Node = select
        # A chain of UNIONs is one operation, however long; what has a WITH or an ORDER BY of its own is a query.
        while "larg" in left and (left is select or not ("withClause" in left or "sortClause" in left)):
            branches.append(left["rarg"])
            left = left["larg"]
        names = self.query(left, outer, ctes)
        for branch in reversed(branches):
            self.query(branch, outer, ctes)
        for sort in _sorts(select):
            reference = sort["SortBy"]["node"].get("ColumnRef", {})
            written = self._names(reference.get("fields", ()))
            if names is not None and len(written) == 1 and written[0] not in names:
                self.found.setdefault(reference.get("location", 0), "missing")
        return names

    def _with(self, clause: Node, outer: Levels, around: _Ctes) -> _Ctes:
        ctes = dict(around)
        bodies = [node["CommonTableExpr"] for node in clause.get("ctes", ())]
        if clause.get("recursive"):
            ctes |= {self._fold(body["ctename"]): None for body in bodies}
        for body in bodies:
            name = self._fold(body["ctename"])
            select = body["ctequery"].get("SelectStmt")
            if select is None:
                ctes[name] = None
                continue
            if clause.get("recursive") and "larg" in select:
                inner = self._with(select.get("withClause", {}), outer, ctes)
                ctes[name] = with_names(self._aliases(body), self.query(select["larg"], outer, inner))
            columns = with_names(self._aliases(body), self.query(select, outer, ctes))
            ctes[name] = None if "search_clause" in body or "cycle_clause" in body else columns
        return ctes

    def _aliases(self, body: Node, key: str = "aliascolnames") -> Columns:
        return tuple(self._names(body.get(key, ())))

    def _from(self, clause: Sequence[Node], outer: Levels, ctes: _Ctes) -> From:
        found = From()
        for node in clause:
            more = self._from_item(node, found.items, outer, ctes)
            star = None if found.star is None or more.star is None else (*found.star, *more.star)
            found = From(items=(*found.items, *more.items), star=star)
        return found

    def _from_item(self, node: Node, left: Level, outer: Levels, ctes: _Ctes) -> From:
        """`left`: what stands before it in FROM, which functions and LATERAL can see."""
        kind, body = next(iter(node.items()))
        alias = body.get("alias", {})
        name, renamed = self._fold(alias.get("aliasname", "")), self._aliases(alias, "colnames")
        match kind:
            case "JoinExpr":
                return self._join(body, name, renamed, left, outer, ctes)
            case "RangeVar":
                return one(self._table(body, name, renamed, ctes))
            case "RangeSubselect":
                around = (left, *outer) if body.get("lateral") else outer
                columns = self.query(body["subquery"]["SelectStmt"], around, ctes)
                return one(Item(alias=name, columns=with_names(renamed, columns)))
            case "RangeFunction":
                self._walk(body.get("functions"), (left, *outer), ctes)
                return one(Item(alias=name or _function(body), columns=self._of_function(body, name, renamed)))
            case "RangeTableSample":
                return self._from_item(body["relation"], left, outer, ctes)
            case _:
                return one(Item(alias=name, columns=None))

    def _table(self, body: Node, alias: str, renamed: Columns, ctes: _Ctes) -> Item:
        schema, name = self._fold(body.get("schemaname", "")), self._fold(body["relname"])
        if not schema and name in ctes:
            return Item(alias=alias or name, columns=with_names(renamed, ctes[name]))
        known = None if "catalogname" in body else self._columns_of(schema, name)
        columns = None if known is None else tuple(map(self._fold, known))
        return Item(
            alias=alias or name, columns=with_names(renamed, columns), schema="" if alias else schema, is_table=True
        )

    def _of_function(self, body: Node, alias: str, renamed: Columns) -> Columns | None:
        if "coldeflist" in body:
            return tuple(self._fold(column["ColumnDef"]["colname"]) for column in body["coldeflist"])
        if body.get("is_rowsfrom") or _function(body) not in _ONE_COLUMN:
            return None
        ordinality = ("ordinality",) if body.get("ordinality") else ()
        return with_names(renamed, (alias or _function(body), *ordinality))

    def _join(self, body: Node, alias: str, renamed: Columns, left: Level, outer: Levels, ctes: _Ctes) -> From:
        first = self._from_item(body["larg"], left, outer, ctes)
        second = self._from_item(body["rarg"], (*left, *first.items), outer, ctes)
        self._walk(body.get("quals"), ((*first.items, *second.items), left, *outer), ctes)
        joined = self._merged(body, first, second)
        if alias:
            return one(Item(alias=alias, columns=with_names(renamed, joined.star)))
        if using_alias := body.get("join_using_alias"):
            columns = tuple(self._names(body.get("usingClause", ())))
            hidden = Item(alias=self._fold(using_alias["aliasname"]), columns=columns, merged=frozenset(columns))
            return From(items=(*joined.items, hidden), star=joined.star)
        return joined

    def _merged(self, body: Node, first: From, second: From) -> From:
        """Both sides of a join; columns that it has once stand first."""
        names = tuple(self._names(body.get("usingClause", ())))
        if body.get("isNatural"):
            if first.star is None or second.star is None:
                return From(items=(*first.items, *second.items, Item(alias="", columns=None)), star=None)
            names = tuple(name for name in first.star if name in second.star)
        both = (*first.items, *second.items)
        star = None if first.star is None or second.star is None else (*first.star, *second.star)
        if not names:
            return From(items=both, star=star)
        hidden = tuple(replace(item, merged=item.merged | set(names)) for item in both)
        rest = None if star is None else tuple(name for name in star if name not in names)
        return From(items=(*hidden, Item(alias="", columns=names)), star=None if rest is None else (*names, *rest))

    def _sorted_or_grouped(
        self, node: Node, called: Columns, levels: Levels, ctes: _Ctes, *, names_first: bool
    ) -> None:
        """A name alone may be one that SELECT gives: before the columns in ORDER BY, after them in GROUP BY."""
        fields = node.get("ColumnRef", {}).get("fields", ())
        names = self._names(fields)
        is_given = len(names) == len(fields) == 1 and names[0] in called
        if not is_given or (not names_first and any(item.times(names[0]) for item in levels[0])):
            self._walk(node, levels, ctes)

    def _walk(self, node: Any, levels: Levels, ctes: _Ctes | None = None) -> None:
        waiting = [node]
        while waiting:
            current = waiting.pop()
            if isinstance(current, list):
                waiting += current
            elif isinstance(current, dict):
                for key, value in current.items():
                    if key == "SelectStmt":
                        self.query(value, levels, ctes)
                    elif key == "ColumnRef":
                        self._look_up(value, levels)
                    elif key not in _NO_EXPRESSIONS:
                        waiting.append(value)

    def _look_up(self, reference: Node, levels: Levels) -> None:
        fields = reference["fields"]
        names = self._names(fields)
        place = reference.get("location", 0)
        is_star = len(names) < len(fields)
        if is_star or len(names) > 2:
            if is_star and len(names) == 1 and not knows_item(names[0], levels, has_fields=self._folds):
                self.found.setdefault(place, "no table")
            return
        kind = (
            qualified(names[0], names[1], levels, has_fields=self._folds)
            if len(names) == 2
            else plain(names[0], levels)
        )
        if kind:
            self.found.setdefault(place, kind)

    def _names(self, nodes: Sequence[Node]) -> list[str]:
        return [self._fold(name) for name in names_in(nodes)]

    def _fold(self, name: str) -> str:
        return name.lower() if self._folds else name


# A type may have words in its brackets: geometry(Point, 4326).
_NO_EXPRESSIONS = frozenset({"typeName", "TypeName"})

# Functions in FROM of whose one column the name is known: their own, or the alias.
_ONE_COLUMN = frozenset({"generate_series", "generate_subscripts", "regexp_split_to_table", "string_to_table"})


def _function(body: Node) -> str:
    first = body.get("functions", [{}])[0].get("List", {}).get("items", [{}])[0]
    return (names_in(first.get("FuncCall", {}).get("funcname", ())) or [""])[-1]


def _sorts(select: Node) -> Sequence[Node]:
    found: Sequence[Node] = select.get("sortClause", ())
    return found
