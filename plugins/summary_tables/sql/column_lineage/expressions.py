"""What an expression is made of: the columns that it names, the functions that it calls, the queries inside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from summary_tables.sql.column_lineage import functions
from summary_tables.sql.column_lineage.origins import NotToldError, Origin, digest, joined, one_of
from summary_tables.sql.column_lineage.scope import Scope, Source, candidates
from summary_tables.sql.column_lineage.with_clause import Ctes, Select
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.postgres.node_names import names_in
from summary_tables.sql.dialects.postgres.parse_tree import Node

_OF_AGGREGATES = ("agg_star", "agg_distinct", "agg_filter", "agg_order", "agg_within_group")
_PLACES = frozenset({"location", "name_location", "list_start", "list_end", "rexpr_list_start", "rexpr_list_end"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """An expression. `makes_rows`: it may give several rows, or none; `aggregates`: it has an aggregate of its own.

    `order`: what it sorts the rows of its SELECT by; `minds_order`: it is another one where they come in another order.
    """

    origin: Origin
    makes_rows: bool = False
    aggregates: bool = False
    order: Origin = field(default_factory=Origin)
    minds_order: bool = False


class _Walk:
    """What a walk through an expression has come by."""

    def __init__(self) -> None:
        self._origins: list[Origin] = []
        self._texts: list[str] = []
        self.aggregates = self.makes_rows = self.minds_order = False
        self.order: list[Origin] = []

    def text(self, text: str) -> None:
        self._texts.append(text)

    def add(self, origin: Origin) -> None:
        self._origins.append(origin)
        self._texts.append(origin.definition)

    @property
    def value(self) -> Value:
        found = joined(self._origins)
        return Value(
            origin=replace(found, definition=digest(*self._texts)),
            makes_rows=self.makes_rows,
            aggregates=self.aggregates,
            order=joined(self.order) if self.order else Origin(),
            minds_order=self.minds_order,
        )


class Expressions:
    """Reads them. `select` reads the queries inside; `is_filled_in` says whether a ColumnRef is a value that a run
    fills in, and raises NotToldError where it may be a name."""

    def __init__(
        self,
        dialect: Dialect,
        is_filled_in: Callable[[Node], bool],
        select: Select,
    ) -> None:
        self._dialect = dialect
        self._is_filled_in = is_filled_in
        self._select = select

    def source(self, names: Sequence[str], scope: Scope | None) -> Source:
        """What stands before the dot of a column."""
        inner = scope
        while inner:
            for source in inner.found.sources:
                if (len(names) == 1 and source.alias == names[0]) or source.qualified == ".".join(names):
                    return source
            inner = inner.outer
        raise NotToldError(f"`{'.'.join(names)}` is nothing that the query reads")

    def _column(self, names: Sequence[str], scope: Scope) -> Origin:
        if len(names) > 1:
            source = self.source(names[:-1], scope)
            found = tuple(source.relation.named(names[-1]))
            if not found:
                raise NotToldError(f"`{'.'.join(names)}` is no column that is known")
            return joined(found)
        meant = tuple(candidates(names[0], scope))
        if not meant:
            raise NotToldError(f"`{names[0]}` is no column that is known")
        return one_of(meant)

    def _reference(self, body: Node, scope: Scope) -> Origin:
        if self._is_filled_in(body):
            return Origin(definition=digest(*names_in(body["fields"])))
        names = names_in(body["fields"])
        if "A_Star" in body["fields"][-1]:
            return self.source(names, scope).relation.everything if names else scope.found.star.everything
        return self._column(names, scope)

    def value(self, node: Any, scope: Scope, ctes: Ctes) -> Value:
        """Whatever a part of the tree holds, the queries inside it included."""
        walk = _Walk()
        self._walk(node, scope, ctes, walk)
        return walk.value

    def origin(self, node: Any, scope: Scope, ctes: Ctes) -> Origin:
        """The same, without what it does to rows."""
        return self.value(node, scope, ctes).origin

    def _walk(self, node: Any, scope: Scope, ctes: Ctes, walk: _Walk) -> None:
        if isinstance(node, list | tuple):
            walk.text("[")
            for each in node:
                self._walk(each, scope, ctes, walk)
            walk.text("]")
        elif isinstance(node, dict):
            for key, value in node.items():
                if key not in _PLACES:
                    walk.text(key)
                    self._walk_part(key, value, scope, ctes, walk)
        else:
            walk.text(repr(node))

    def _walk_part(self, key: str, value: Any, scope: Scope, ctes: Ctes, walk: _Walk) -> None:
        match key:
            case "ColumnRef":
                walk.add(self._reference(value, scope))
            case "SelectStmt":
                found = self._select(value, ctes, scope)
                walk.add(found.everything)
                walk.add(found.rows)
            case "SubLink" if value.get("subLinkType") == "EXISTS_SUBLINK":
                walk.add(self._select(value["subselect"]["SelectStmt"], ctes, scope).rows)
            case "SubLink" if value.get("subLinkType") == "ARRAY_SUBLINK":
                walk.add(self._select(value["subselect"]["SelectStmt"], ctes, scope).order)
                self._walk(value, scope, ctes, walk)
            case "ParamRef":
                raise NotToldError("the query has a parameter")
            case "FuncCall":
                self._note_call(value, scope, ctes, walk)
                self._walk(value, scope, ctes, walk)
            case _:
                self._walk(value, scope, ctes, walk)

    def _note_call(self, call: Node, scope: Scope, ctes: Ctes, walk: _Walk) -> None:
        names = names_in(call["funcname"])
        if reason := functions.why_unknown(names, self._dialect):
            walk.add(Origin(unknown=frozenset({reason})))
        walk.makes_rows |= functions.makes_rows(names[-1], self._dialect)
        window = call.get("over")
        if window is not None:
            walk.minds_order |= functions.minds_order(names[-1]) or _counts_rows(window)
            self._note_window(window, scope, ctes, walk)
        elif functions.is_aggregate(names[-1]) or any(mark in call for mark in _OF_AGGREGATES):
            walk.aggregates = True
            walk.minds_order |= functions.minds_order(names[-1])
            sorted_by = [call.get("agg_order"), call.get("args") if "agg_distinct" in call else None]
            walk.order.append(self.origin(sorted_by, scope, ctes))

    def _note_window(self, window: Node, scope: Scope, ctes: Ctes, walk: _Walk) -> None:
        walk.order.append(self.origin([window.get("partitionClause"), window.get("orderClause")], scope, ctes))
        if "name" in window or "refname" in window:
            walk.add(scope.windows)
            walk.order.append(scope.windows)


_ROWS_FRAME = 0x4


def _counts_rows(window: Node) -> bool:
    """Whether its frame may be one of ROWS, which tells rows apart that are alike."""
    return "name" in window or "refname" in window or bool(window.get("frameOptions", 0) & _ROWS_FRAME)
