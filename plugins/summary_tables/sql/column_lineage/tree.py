"""Parts of a raw parse tree."""

from collections.abc import Iterator
from typing import Any

from summary_tables.sql.column_lineage import functions
from summary_tables.sql.column_lineage.origins import digest
from summary_tables.sql.dialects.postgres.parse_tree import Node


def _kind(node: Node) -> tuple[str, Node]:
    return next(iter(node.items())) if node else ("", node)


def direction(node: Node) -> str:
    """The direction of an item of ORDER BY."""
    body = node.get("SortBy", {})
    return digest(str(body.get("sortby_dir")), str(body.get("sortby_nulls")))


def grouping(select: Node) -> str:
    """How the items of GROUP BY are put together."""
    return digest(str(bool(select.get("groupClause"))), str(select.get("groupDistinct")), *_kinds_of_sets(select))


def _kinds_of_sets(select: Node) -> Iterator[str]:
    waiting = list(select.get("groupClause", ()))
    while waiting:
        node = waiting.pop()
        kind, body = _kind(node)
        if kind in ("GroupingSet", "RowExpr"):
            inner = body.get("content", body.get("args", ()))
            yield f"{body.get('kind', kind)} {len(inner)}"
            waiting += inner


def _column_definitions(node: Any) -> Iterator[Node]:
    """Those of `f() AS (a int, b text)`."""
    if isinstance(node, list):
        for each in node:
            yield from _column_definitions(each)
    elif isinstance(node, dict):
        if "ColumnDef" in node:
            yield node
        elif "List" in node:
            yield from _column_definitions(node["List"]["items"])


def columns_of_call(body: Node, own_name: str, called: str) -> list[str] | None:
    """What the columns of a function in FROM are called; None where only the server knows."""
    defined = [*body.get("coldeflist", ()), *_column_definitions(body["functions"])]
    if defined:
        return [node["ColumnDef"]["colname"] for node in defined]
    known = functions.COLUMNS_OF_ROWS.get(called)
    return [name or own_name for name in known] if known else None
