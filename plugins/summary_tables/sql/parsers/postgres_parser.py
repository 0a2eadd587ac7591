"""Reads PostgreSQL's SQL by PostgreSQL's own grammar."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.postgres import suspicions
from summary_tables.sql.dialects.postgres.node_names import names_in, output_name, takes_name_of_column
from summary_tables.sql.dialects.postgres.parse_tree import Node
from summary_tables.sql.dialects.postgres.unknown_names import unknown_names
from summary_tables.sql.parsers import facts
from summary_tables.sql.parsers.block import UNREAD_STAR, Block, Cte, Item, Source
from summary_tables.sql.parsers.clauses import Written, length_of_name
from summary_tables.sql.parsers.function_names import AGGREGATES, ROW_MAKERS
from summary_tables.sql.parsers.libpg_query import GrammarError
from summary_tables.sql.parsers.postgres_tree import only_select, raw_tree
from summary_tables.sql.query import Query, TableRead, Word

_NO_MISTAKE = "memory exhausted"


def read(sql: str, dialect: Dialect) -> Query | GrammarError | None:
    """What `sql` says, or where the grammar stops. None: nested too deep to say, or no query.

    Raises ImportError or OSError where the grammar is not installed.
    """
    readable = dialect.grammar.readable(sql)
    answer = raw_tree(readable)
    if isinstance(answer, GrammarError):
        return None if answer.message.startswith(_NO_MISTAKE) else answer
    try:
        select = only_select(answer)
        if not select:
            return None
        query = facts.query(_Reader(readable, dialect).block(select), Written(sql, dialect))
        return _with_suspicions(query, select, sql, readable, dialect)
    except RecursionError:
        return None


def _with_suspicions(query: Query, select: Node, sql: str, readable: str, dialect: Dialect) -> Query:
    raw = b"" if readable.isascii() else readable.encode("utf-8", "replace")

    def word_at(place: int) -> Word:
        offset = len(raw[:place].decode("utf-8", "ignore")) if raw else place
        return Word(text=sql[offset : offset + length_of_name(sql, offset)], offset=offset)

    try:
        return replace(
            query,
            refused_calls=tuple(suspicions.refused_calls(select, word_at)) if dialect.functions.are_known else (),
            unknown_names=tuple(unknown_names(select, word_at)) if dialect.functions.are_known else (),
            whole_divisions=tuple(suspicions.whole_divisions(select, word_at)),
        )
    except RecursionError:
        return query


class _Reader:
    """Makes blocks of a raw parse tree."""

    def __init__(self, sql: str, dialect: Dialect) -> None:
        self._sql = sql
        self._dialect = dialect
        self._raw = b"" if sql.isascii() else sql.encode("utf-8", "replace")

    def block(self, select: Node) -> Block:
        """Raises RecursionError for SELECTs nested too deep in each other."""
        clause = select.get("withClause", {})
        from_items = _FromItems(select.get("fromClause", ()))
        parts = _Parts.of([value for key, value in select.items() if key not in _READ_APART] + from_items.expressions)
        targets = _Parts.of([select.get("targetList", ()), select.get("havingClause", ())])
        values = select.get("valuesLists", ())
        return Block(
            ctes=tuple(self._cte(node["CommonTableExpr"]) for node in clause.get("ctes", ())),
            is_recursive=bool(clause.get("recursive")),
            branches=tuple(map(self.block, _branches(select))),
            items=tuple(map(self._item, select.get("targetList", ()))) or _value_items(values),
            sources=tuple(map(self._source, from_items.items)),
            inner=tuple(map(self.block, parts.selects)),
            value_rows=len(values),
            merges_columns=from_items.merges_columns,
            is_grouped="groupClause" in select,
            aggregates=targets.aggregates,
            takes_one=_takes_one(select),
            makes_rows=targets.makes_rows,
            calls=parts.calls,
        )

    def _folded(self, name: str) -> str:
        """The grammar folds names without quotes."""
        return name.lower() if self._dialect.lexical.folds_quoted_names else name

    def _names(self, nodes: Sequence[Node]) -> tuple[str, ...]:
        return tuple(map(self._folded, names_in(nodes)))

    def _item(self, node: Node) -> Item:
        body = node["ResTarget"]
        value, alias = body["val"], body.get("name", "")
        star = _star(value)
        if star is not None:
            return Item(name="", star=self._folded(star))
        return Item(
            name=self._folded(alias or output_name(value)),
            has_alias=bool(alias),
            is_named=bool(alias) or takes_name_of_column(value),
            never_negative=_never_negative(value),
        )

    def _cte(self, node: Node) -> Cte:
        block = self.block(node["ctequery"].get("SelectStmt", {}))
        return Cte(name=self._folded(node["ctename"]), block=block, columns=self._names(node.get("aliascolnames", ())))

    def _source(self, node: Node) -> Source:
        kind, body = next(iter(node.items()))
        alias = body.get("alias", {})
        name, columns = self._folded(alias.get("aliasname", "")), self._names(alias.get("colnames", ()))
        if kind == "RangeVar":
            table = self._table(body)
            return Source(alias=name or table.name, table=table, columns=columns)
        if kind == "RangeSubselect":
            return Source(alias=name, block=self.block(body["subquery"]["SelectStmt"]), columns=columns)
        return Source(alias=name, columns=columns)

    def _table(self, body: Node) -> TableRead:
        raw_offset = body["location"]
        offset = len(self._raw[:raw_offset].decode("utf-8", "ignore")) if self._raw else raw_offset
        length = length_of_name(self._sql, offset)
        schema, name = self._folded(body.get("schemaname", "")), self._folded(body["relname"])
        return TableRead(schema=schema, name=name, offset=offset, length=length)


_READ_APART = ("withClause", "fromClause", "larg", "rarg")


def _branches(select: Node) -> Sequence[Node]:
    """Those of a set operation in order; a chain of UNIONs is one operation, however long."""
    found: list[Node] = []
    while "larg" in select and not (found and "withClause" in select):
        found.append(select["rarg"])
        select = select["larg"]
    return [select, *reversed(found)] if found else ()


def _star(value: Node) -> str | None:
    if "A_Star" in value.get("A_Indirection", {}).get("indirection", [{}])[-1]:
        return UNREAD_STAR
    fields = value.get("ColumnRef", {}).get("fields", ())
    return (names_in(fields) or [""])[-1] if fields and "A_Star" in fields[-1] else None


def _value_items(lists: Sequence[Node]) -> tuple[Item, ...]:
    count = len(lists[0]["List"]["items"]) if lists else 0
    return tuple(Item(name=f"column{number}") for number in range(1, count + 1))


def _never_negative(value: Node) -> bool:
    kind, body = next(iter(value.items()))
    match kind:
        case "FuncCall":
            return "over" not in body and names_in(body["funcname"])[-1] == "count"
        case "A_Const":
            return _constant_is_positive(body)
        case "TypeCast":
            return _never_negative(body["arg"]) and "boolval" not in body["arg"].get("A_Const", {})
        case "CoalesceExpr":
            return all(map(_never_negative, body["args"]))
        case "A_Expr" if body["kind"] == "AEXPR_OP" and names_in(body["name"])[-1] in ("+", "*"):
            return _never_negative(body.get("lexpr", body["rexpr"])) and _never_negative(body["rexpr"])
        case "SubLink" if body["subLinkType"] == "EXPR_SUBLINK":
            targets = body["subselect"]["SelectStmt"].get("targetList", ())
            return len(targets) == 1 and _never_negative(targets[0]["ResTarget"]["val"])
        case _:
            return False


def _constant_is_positive(body: Node) -> bool:
    if "ival" in body:
        return int(body["ival"].get("ival", 0)) >= 0
    return "fval" in body and not str(body["fval"]["fval"]).startswith("-")


def _takes_one(select: Node) -> bool:
    """LIMIT 1 or FETCH FIRST ROW ONLY."""
    limit = select.get("limitCount", {}).get("A_Const", {})
    return limit.get("ival", {}).get("ival", 0 if "ival" in limit else None) in (0, 1) and _no_ties(select)


def _no_ties(select: Node) -> bool:
    return bool(select.get("limitOption") != "LIMIT_OPTION_WITH_TIES")


class _FromItems:
    """FROM with its joins taken apart. `expressions`: what can hold subqueries there."""

    def __init__(self, clause: Sequence[Node]) -> None:
        self.items: list[Node] = []
        self.expressions: list[Any] = []
        self.merges_columns = False
        waiting = list(reversed(clause))
        while waiting:
            kind, body = next(iter((node := waiting.pop()).items()))
            if kind == "JoinExpr":
                waiting += [body["rarg"], body["larg"]]
                self.expressions.append(body.get("quals"))
                self.merges_columns |= "usingClause" in body or bool(body.get("isNatural"))
            elif kind == "RangeTableSample":
                waiting.append(body["relation"])
                self.expressions.append(body.get("args"))
            else:
                self.items.append(node)
                self.expressions += [] if kind in ("RangeVar", "RangeSubselect") else [body]


class _Parts:
    """What the expressions of one SELECT hold, those of the SELECTs inside them left out."""

    def __init__(self) -> None:
        self.selects: list[Node] = []
        self.aggregates = self.makes_rows = self.calls = False

    @classmethod
    def of(cls, nodes: Sequence[Any]) -> "_Parts":
        parts = cls()
        waiting = list(reversed(nodes))
        while waiting:
            node = waiting.pop()
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                waiting += [value for key, value in node.items() if not parts._note(key, value)]
        return parts

    def _note(self, key: str, value: Any) -> bool:
        """Whether the walk is to go no deeper."""
        if key == "SelectStmt":
            self.selects.append(value)
            return True
        if key == "FuncCall":
            self._note_call(value)
        self.calls |= key in ("FuncCall", "SQLValueFunction")
        self.aggregates |= key in ("JsonObjectAgg", "JsonArrayAgg")
        return False

    def _note_call(self, call: Node) -> None:
        name = names_in(call["funcname"])[-1]
        marks = ("agg_star", "agg_distinct", "agg_filter", "agg_order", "agg_within_group")
        self.aggregates |= "over" not in call and (name in AGGREGATES or any(mark in call for mark in marks))
        self.makes_rows |= name in ROW_MAKERS
