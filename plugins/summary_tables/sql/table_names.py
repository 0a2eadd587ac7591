"""A query that reads other tables than those that it names."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.postgres.node_names import names_in
from summary_tables.sql.parsers.clauses import length_of_name
from summary_tables.sql.parsers.postgres_parser import select_statement
from summary_tables.sql.quoting import identifier
from summary_tables.sql.tokens.tokens import tokens

Node = Mapping[str, Any]
Change = tuple[int, int, str]
"""From one offset up to another, and what stands there instead."""


def with_relations(sql: str, dialect: Dialect, relations: Mapping[str, str]) -> str | None:
    """`sql`, a query as it is sent, with the relation in place of each table in `relations`: `schema.table` -> SQL.

    Its columns, and those of the result, are called as before; lines stay lines. A name without a schema means what it
    means to the role, and is left. None: the query cannot be read, and could name one of them.
    """
    text = sql.lower()
    if not any(name.partition(".")[2].replace('"', '""').lower() in text for name in relations):
        return sql
    try:
        select = select_statement(sql)
    except (ImportError, OSError, RecursionError):
        return None
    if select is None:
        return None
    for start, end, text in sorted(_changes(sql, select, dialect, relations), reverse=True):
        sql = f"{sql[:start]}{text}{sql[end:]}"
    return sql


def _changes(sql: str, select: Node, dialect: Dialect, relations: Mapping[str, str]) -> Iterator[Change]:
    raw = b"" if sql.isascii() else sql.encode("utf-8", "replace")
    found = tokens(sql, dialect.lexical)
    behind_table = {token.start for before, token in pairwise(found) if before.key == "TABLE"}
    for kind, body in _nodes(select):
        place = body.get("location", 0)
        start = len(raw[:place].decode("utf-8", "ignore")) if raw else place
        end = start + length_of_name(sql, start)
        if kind == "RangeVar" and (relation := relations.get(f"{body.get('schemaname', '')}.{body['relname']}")):
            # TABLE t takes no alias.
            needs_alias = "alias" not in body and start not in behind_table
            yield start, end, f"{relation} AS {identifier(body['relname'])}" if needs_alias else relation
        elif kind == "ColumnRef":
            names = names_in(body["fields"])
            last = "A_Star" in body["fields"][-1]
            schema_and_table = names[:2] if len(names) + last == 3 else []
            if len(schema_and_table) == 2 and ".".join(schema_and_table) in relations:
                yield start, _behind_first_dot(sql, start), ""


def _behind_first_dot(sql: str, start: int) -> int:
    """Behind `schema.` of `schema.table.column`, whose schema may be in quotes."""
    position = sql.index('"', start + 1) + 1 if sql[start] == '"' else start
    return sql.index(".", position) + 1


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
