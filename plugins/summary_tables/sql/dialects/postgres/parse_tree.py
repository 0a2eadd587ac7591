"""The raw parse tree of PostgreSQL's grammar, as `libpg_query` gives it in JSON."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Node = Mapping[str, Any]
"""A part of it: what it has, by name. Around a node stands another, whose one key is the kind."""


def grouped(clause: Iterable[Node]) -> Iterator[Node]:
    """The single items of GROUP BY, those in brackets and in ROLLUP, CUBE and GROUPING SETS, too."""
    for node in clause:
        if "GroupingSet" in node:
            yield from grouped(node["GroupingSet"].get("content", ()))
        elif "RowExpr" in node:
            yield from grouped(node["RowExpr"].get("args", ()))
        else:
            yield node
