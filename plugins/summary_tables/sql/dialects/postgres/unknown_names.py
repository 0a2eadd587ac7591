"""Functions and types in a query that PostgreSQL does not have itself, such as those of another database."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from summary_tables.sql.dialects.postgres import catalog
from summary_tables.sql.dialects.postgres.node_names import names_in
from summary_tables.sql.query import UnknownName, Word


def unknown_names(tree: object, word_at: Callable[[int], Word]) -> Iterator[UnknownName]:
    """Each name without a schema, in the order of the tree. An extension, or somebody, may have made it."""
    waiting = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += reversed(part)
        elif isinstance(part, dict):
            yield from _of_node(part, word_at)
            waiting += reversed(part.values())


def _of_node(part: Mapping[str, Any], word_at: Callable[[int], Word]) -> Iterator[UnknownName]:
    call, cast = part.get("FuncCall"), part.get("typeName")
    if isinstance(call, dict) and (name := _alone(call.get("funcname"))) and not catalog.signatures(name):
        yield UnknownName(kind="function", word=word_at(call.get("location", 0)))
    if isinstance(cast, dict) and (name := _alone(cast.get("names"))) and not catalog.is_type(name):
        yield UnknownName(kind="type", word=word_at(cast.get("location", 0)))


def _alone(names: object) -> str:
    """Empty for a name with a schema."""
    found = names_in(names) if isinstance(names, list) else []
    return found[0] if len(found) == 1 else ""
