"""Which names of columns mean something, as PostgreSQL looks them up: the FROM of a SELECT, then those around it.

What is not certain is not said: the columns of functions, of tables that nobody knows and of all that takes from them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from summary_tables.model.table_columns import SYSTEM_COLUMNS
from summary_tables.sql.dialects.postgres.node_names import names_in, output_name
from summary_tables.sql.dialects.postgres.parse_tree import Node, grouped

Columns = tuple[str, ...]

ColumnsOf = Callable[[str, str], Columns | None]
"""The columns of a table by its schema, which may be empty, and its name; None: they are not known."""

Kind = Literal["missing", "ambiguous", "no table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """An item of FROM. `columns`: None where they are not known; `merged`: those that a join with USING gives once."""

    alias: str
    columns: Columns | None
    schema: str = ""
    is_table: bool = False
    merged: frozenset[str] = frozenset()

    def times(self, column: str) -> int:
        """How often the name stands for a column of the item, where no table is written before it."""
        return 0 if self.columns is None or column in self.merged else self.columns.count(column)


_Level = tuple[_Item, ...]
_Levels = tuple[_Level, ...]
_Ctes = Mapping[str, Columns | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _From:
    """Items of FROM, and the columns of `*` over them; None: not known."""

    items: _Level = ()
    star: Columns | None = ()


class NameScopes:
    """Reads one query. `folds`: names in double quotes are folded, too. `knows_aliases`: of SELECT, in all clauses."""

    def __init__(self, columns_of: ColumnsOf, *, folds: bool, knows_aliases: bool) -> None:
        self._columns_of = columns_of
        self._folds = folds
        self._knows_aliases = knows_aliases
        self.found: dict[int, Kind] = {}
        """What means nothing, by its place in bytes."""

    def query(self, select: Node, outer: _Levels = (), around: _Ctes | None = None) -> Columns | None:
        """The names of its columns; None: not known. Raises RecursionError for a query nested too deep."""
        ctes = self._with(select.get("withClause", {}), outer, around or {})
        if "larg" in select:
            return self._set_operation(select, outer, ctes)
        if "valuesLists" in select:
            self._walk(select["valuesLists"], outer)
            return tuple(f"column{at + 1}" for at in range(len(select["valuesLists"][0]["List"]["items"])))
        source = self._from(select.get("fromClause", ()), outer, ctes)
        return self._select(select, source, outer, ctes)

    def _select(self, select: Node, source: _From, outer: _Levels, ctes: _Ctes) -> Columns | None:
        targets = [target["ResTarget"] for target in select.get("targetList", ())]
        given = tuple(self._fold(target["name"]) for target in targets if "name" in target)
        levels: _Levels = (source.items, *outer)
        if self._knows_aliases:
            levels = (source.items, (_Item(alias="", columns=given),), *outer)
        names: list[str] | None = []
        for target in targets:
            found = self._target(target, source, levels, ctes)
            names = None if found is None or names is None else [*names, *found]
        for clause in ("whereClause", "havingClause", "windowClause", "limitCount", "limitOffset"):
            self._walk(select.get(clause), levels, ctes)
        called = (*given, *(names or ()))
        for item in grouped(select.get("groupClause", ())):
            self._sorted_orgrouped(item, called, levels, ctes, names_first=False)
        for item in (*select.get("distinctClause", ()), *(sort["SortBy"]["node"] for sort in _sorts(select))):
            self._sorted_orgrouped(item, called, levels, ctes, names_first=True)
        return None if names is None else tuple(names)

    def _target(self, target: Node, source: _From, levels: _Levels, ctes: _Ctes) -> Columns | None:
        value = target["val"]
        fields = value.get("ColumnRef", {}).get("fields", ())
        if fields and "A_Star" in fields[-1]:
            self._walk(value, levels, ctes)
            names = self._names(fields)
            if not names:
                return source.star
            item = next((item for level in levels for item in level if _is_called(item, names)), None)
            return item.columns if item else None
        if "A_Star" in value.get("A_Indirection", {}).get("indirection", [{}])[-1]:
            self._walk(value, levels, ctes)
            return None
        self._walk(value, levels, ctes)
        return (self._fold(target.get("name") or output_name(value)),)

    def _set_operation(self, select: Node, outer: _Levels, ctes: _Ctes) -> Columns | None:
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

    def _with(self, clause: Node, outer: _Levels, around: _Ctes) -> _Ctes:
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
                ctes[name] = _renamed(self._aliases(body), self.query(select["larg"], outer, inner))
            columns = _renamed(self._aliases(body), self.query(select, outer, ctes))
            ctes[name] = None if "search_clause" in body or "cycle_clause" in body else columns
        return ctes

    def _aliases(self, body: Node, key: str = "aliascolnames") -> Columns:
        return tuple(self._names(body.get(key, ())))

    def _from(self, clause: Sequence[Node], outer: _Levels, ctes: _Ctes) -> _From:
        found = _From()
        for node in clause:
            more = self._from_item(node, found.items, outer, ctes)
            star = None if found.star is None or more.star is None else (*found.star, *more.star)
            found = _From(items=(*found.items, *more.items), star=star)
        return found

    def _from_item(self, node: Node, left: _Level, outer: _Levels, ctes: _Ctes) -> _From:
        """`left`: what stands before it in FROM, which functions and LATERAL can see."""
        kind, body = next(iter(node.items()))
        alias = body.get("alias", {})
        name, renamed = self._fold(alias.get("aliasname", "")), self._aliases(alias, "colnames")
        match kind:
            case "JoinExpr":
                return self._join(body, name, renamed, left, outer, ctes)
            case "RangeVar":
                return _one(self._table(body, name, renamed, ctes))
            case "RangeSubselect":
                around = (left, *outer) if body.get("lateral") else outer
                columns = self.query(body["subquery"]["SelectStmt"], around, ctes)
                return _one(_Item(alias=name, columns=_renamed(renamed, columns)))
            case "RangeFunction":
                self._walk(body.get("functions"), (left, *outer), ctes)
                return _one(_Item(alias=name or _function(body), columns=self._of_function(body, name, renamed)))
            case "RangeTableSample":
                return self._from_item(body["relation"], left, outer, ctes)
            case _:
                return _one(_Item(alias=name, columns=None))

    def _table(self, body: Node, alias: str, renamed: Columns, ctes: _Ctes) -> _Item:
        schema, name = self._fold(body.get("schemaname", "")), self._fold(body["relname"])
        if not schema and name in ctes:
            return _Item(alias=alias or name, columns=_renamed(renamed, ctes[name]))
        known = None if "catalogname" in body else self._columns_of(schema, name)
        columns = None if known is None else tuple(map(self._fold, known))
        return _Item(
            alias=alias or name, columns=_renamed(renamed, columns), schema="" if alias else schema, is_table=True
        )

    def _of_function(self, body: Node, alias: str, renamed: Columns) -> Columns | None:
        if "coldeflist" in body:
            return tuple(self._fold(column["ColumnDef"]["colname"]) for column in body["coldeflist"])
        if body.get("is_rowsfrom") or _function(body) not in _ONE_COLUMN:
            return None
        ordinality = ("ordinality",) if body.get("ordinality") else ()
        return _renamed(renamed, (alias or _function(body), *ordinality))

    def _join(self, body: Node, alias: str, renamed: Columns, left: _Level, outer: _Levels, ctes: _Ctes) -> _From:
        first = self._from_item(body["larg"], left, outer, ctes)
        second = self._from_item(body["rarg"], (*left, *first.items), outer, ctes)
        self._walk(body.get("quals"), ((*first.items, *second.items), left, *outer), ctes)
        joined = self._merged(body, first, second)
        if alias:
            return _one(_Item(alias=alias, columns=_renamed(renamed, joined.star)))
        if using_alias := body.get("join_using_alias"):
            columns = tuple(self._names(body.get("usingClause", ())))
            hidden = _Item(alias=self._fold(using_alias["aliasname"]), columns=columns, merged=frozenset(columns))
            return _From(items=(*joined.items, hidden), star=joined.star)
        return joined

    def _merged(self, body: Node, first: _From, second: _From) -> _From:
        """Both sides of a join; columns that it has once stand first."""
        names = tuple(self._names(body.get("usingClause", ())))
        if body.get("isNatural"):
            if first.star is None or second.star is None:
                return _From(items=(*first.items, *second.items, _Item(alias="", columns=None)), star=None)
            names = tuple(name for name in first.star if name in second.star)
        both = (*first.items, *second.items)
        star = None if first.star is None or second.star is None else (*first.star, *second.star)
        if not names:
            return _From(items=both, star=star)
        hidden = tuple(replace(item, merged=item.merged | set(names)) for item in both)
        rest = None if star is None else tuple(name for name in star if name not in names)
        return _From(items=(*hidden, _Item(alias="", columns=names)), star=None if rest is None else (*names, *rest))

    def _sorted_orgrouped(
        self, node: Node, called: Columns, levels: _Levels, ctes: _Ctes, *, names_first: bool
    ) -> None:
        """A name alone may be one that SELECT gives: before the columns in ORDER BY, after them in GROUP BY."""
        fields = node.get("ColumnRef", {}).get("fields", ())
        names = self._names(fields)
        is_given = len(names) == len(fields) == 1 and names[0] in called
        if not is_given or (not names_first and any(item.times(names[0]) for item in levels[0])):
            self._walk(node, levels, ctes)

    def _walk(self, node: Any, levels: _Levels, ctes: _Ctes | None = None) -> None:
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

    def _look_up(self, reference: Node, levels: _Levels) -> None:
        fields = reference["fields"]
        names = self._names(fields)
        place = reference.get("location", 0)
        is_star = len(names) < len(fields)
        if is_star or len(names) > 2:
            if is_star and len(names) == 1 and not self._knows_item(names[0], levels):
                self.found.setdefault(place, "no table")
            return
        kind = self._qualified(names[0], names[1], levels) if len(names) == 2 else self._plain(names[0], levels)
        if kind:
            self.found.setdefault(place, kind)

    def _plain(self, name: str, levels: _Levels) -> Kind | None:
        for level in levels:
            times = sum(item.times(name) for item in level)
            if times > 1:
                return "ambiguous"
            if times or any(item.columns is None for item in level):
                return None
        is_row = any(item.alias == name for level in levels for item in level)
        has_system = name in SYSTEM_COLUMNS and any(item.is_table for level in levels for item in level)
        return None if is_row or has_system else "missing"

    def _qualified(self, table: str, name: str, levels: _Levels) -> Kind | None:
        item = next((item for level in levels for item in level if item.alias == table), None)
        if item is None:
            return None if self._knows_item(table, levels) else "no table"
        if item.columns is None or (item.is_table and name in SYSTEM_COLUMNS) or name in _TAKE_ROWS:
            return None
        times = item.columns.count(name)
        return "ambiguous" if times > 1 else None if times else "missing"

    def _knows_item(self, name: str, levels: _Levels) -> bool:
        """Where a value can have fields, what looks like a table may be a column."""
        if any(item.alias == name for level in levels for item in level):
            return True
        return self._folds and any(item.columns is None or name in item.columns for level in levels for item in level)

    def _names(self, nodes: Sequence[Node]) -> list[str]:
        return [self._fold(name) for name in names_in(nodes)]

    def _fold(self, name: str) -> str:
        return name.lower() if self._folds else name


# A type may have words in its brackets: geometry(Point, 4326).
_NO_EXPRESSIONS = frozenset({"typeName", "TypeName"})

# Functions in FROM of whose one column the name is known: their own, or the alias.
_ONE_COLUMN = frozenset({"generate_series", "generate_subscripts", "regexp_split_to_table", "string_to_table"})

# `t.count` is count(t), where t has no such column.
_TAKE_ROWS = frozenset(
    (
        *("any_value", "array_agg", "concat", "count", "hash_record", "json_agg", "json_agg_strict", "jsonb_agg"),
        *("jsonb_agg_strict", "max", "min", "num_nonnulls", "num_nulls", "pg_column_compression", "pg_column_size"),
        *("pg_typeof", "quote_literal", "quote_nullable", "record_out", "row_to_json", "to_json", "to_jsonb"),
    )
)


def _one(item: _Item) -> _From:
    return _From(items=(item,), star=item.columns)


def _renamed(names: Columns, columns: Columns | None) -> Columns | None:
    return None if columns is None else (*names, *columns[len(names) :])


def _function(body: Node) -> str:
    first = body.get("functions", [{}])[0].get("List", {}).get("items", [{}])[0]
    return (names_in(first.get("FuncCall", {}).get("funcname", ())) or [""])[-1]


def _is_called(item: _Item, names: Sequence[str]) -> bool:
    return item.alias == names[-1] and (len(names) == 1 or item.schema == names[-2])


def _sorts(select: Node) -> Sequence[Node]:
    found: Sequence[Node] = select.get("sortClause", ())
    return found
