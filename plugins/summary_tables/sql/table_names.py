"""A query that reads other tables than those that it names."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.postgres.node_names import names_in
from summary_tables.sql.dialects.postgres.parse_tree import Node
from summary_tables.sql.parsers.postgres_tree import select_statement
from summary_tables.sql.quoting import identifier
from summary_tables.sql.tokens.tokens import tokens

Change = tuple[int, int, str]
"""From one offset up to another, and what stands there instead."""


def with_relations(sql: str, dialect: Dialect, relations: Mapping[str, str]) -> str | None:
    """`sql`, a query as it is sent, with the relation in place of each table in `relations`: `schema.table` -> SQL.

    Its columns, and those of the result, are called as before; lines stay lines. A name without a schema means what it
    means to the role, and is left. None: the query cannot be read, and could name one of them.
    """
    changes = relation_changes(sql, dialect, relations)
    return None if changes is None else changed(sql, changes)


def relation_changes(sql: str, dialect: Dialect, relations: Mapping[str, str]) -> tuple[Change, ...] | None:
    """What `with_relations` changes in `sql`, in order."""
    text = sql.lower()
    if not any(name.partition(".")[2].replace('"', '""').lower() in text for name in relations):
        return ()
    try:
        select = select_statement(sql)
    except (ImportError, OSError, RecursionError):
        return None
    if select is None:
        return None
    return tuple(sorted(_changes(sql, select, dialect, relations)))


def changed(sql: str, changes: Sequence[Change]) -> str:
    """`sql` with `changes` made, which are in order."""
    for start, end, text in reversed(changes):
        sql = f"{sql[:start]}{text}{sql[end:]}"
    return sql


def offset_before(changes: Sequence[Change], offset: int) -> int:
    """Where what stands at `offset` after `changes` stood before them; of what they put there, where that begins."""
    shift = 0
    for start, end, text in changes:
        if offset < start + shift:
            break
        if offset < start + shift + max(len(text), 1):
            return start
        shift += len(text) - (end - start)
    return offset - shift


def _changes(sql: str, select: Node, dialect: Dialect, relations: Mapping[str, str]) -> Iterator[Change]:
    raw = b"" if sql.isascii() else sql.encode("utf-8", "replace")
    found = tokens(sql, dialect.lexical)
    starts = {token.start: place for place, token in enumerate(found)}
    for kind, body in _nodes(select):
        relation = relations.get(_table(kind, body))
        if relation is None:
            continue
        place = body["location"]
        start = len(raw[:place].decode("utf-8", "ignore")) if raw else place
        first = starts[start]
        if kind == "ColumnRef":
            yield start, found[first + 1].end, ""
        else:
            # The schema, the dot, the table. TABLE t takes no alias.
            needs_alias = "alias" not in body and (first == 0 or found[first - 1].key != "TABLE")
            alias = f" AS {identifier(body['relname'])}" if needs_alias else ""
            yield start, found[first + 2].end, f"{relation}{alias}"


def _table(kind: str, body: Node) -> str:
    """The table that a name speaks of with its schema; empty where there is none."""
    if kind == "RangeVar":
        return f"{body.get('schemaname', '')}.{body['relname']}"
    names = names_in(body["fields"])
    is_column_of_table = len(names) + ("A_Star" in body["fields"][-1]) == 3
    return ".".join(names[:2]) if is_column_of_table else ""


def _nodes(tree: Any) -> Iterator[tuple[str, Node]]:
    """All tables and columns, wherever they stand."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            for key, value in node.items():
                if key in ("RangeVar", "ColumnRef"):
                    yield key, value
                waiting.append(value)
