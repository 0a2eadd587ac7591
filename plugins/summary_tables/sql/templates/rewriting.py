"""Expressions of a template in other words: all else of the text stays as it is."""

from collections.abc import Callable, Iterator
from typing import TypeAlias

from summary_tables.sql.templates.nodes import Constant, For, If, Name, Node, Set, Statement, Text, every_node

Written: TypeAlias = Callable[[Node], str]
"""A part of an expression in its other words."""

Rewrite: TypeAlias = Callable[[Node, Written], str | None]
"""The other words of an expression, in which its parts stand as they are given; None: only its parts change."""


def rewritten(sql: str, body: tuple[Statement, ...], rewrite: Rewrite) -> str:
    """`sql`, of which `body` is the template, with what `rewrite` says in place of its expressions."""

    def written(node: Node) -> str:
        words = rewrite(node, written)
        return words if words is not None else _with_parts(sql, node, written)

    pieces, position = list[str](), 0
    for node in _outermost(body):
        pieces += [sql[position : node.start], written(node)]
        position = node.end
    return "".join((*pieces, sql[position:]))


def _outermost(part: object) -> Iterator[Node]:
    """The expressions that stand in no other, in the order of the text."""
    yield from sorted(_found(part), key=lambda node: node.start)


def _found(part: object) -> Iterator[Node]:
    match part:
        case Node():
            yield part
        case Text():
            pass
        case Set(value=value, body=body):
            yield from _all(value, body)
        case If(branches=branches, otherwise=otherwise):
            yield from _all(*(each for branch in branches for each in branch), otherwise)
        case For(values=values, condition=condition, body=body, otherwise=otherwise):
            yield from _all(values, condition, body, otherwise)
        case tuple():
            yield from _all(*part)
        case None:
            pass
        case _:
            yield from _found(getattr(part, "value", None))


def _all(*parts: object) -> Iterator[Node]:
    for part in parts:
        yield from _found(part)


def _with_parts(sql: str, node: Node, written: Written) -> str:
    """As it is written, but for its parts."""
    if isinstance(node, Constant | Name):
        return sql[node.start : node.end]
    text, end = "", node.start
    for part in _parts(node):
        text += sql[end : part.start] + written(part)
        end = part.end
    return text + sql[end : node.end]


def _parts(node: Node) -> list[Node]:
    """The largest expressions within it, in the order of the text."""
    found: list[Node] = []
    for part in sorted(every_node(node), key=lambda part: (part.start, -part.end)):
        if part is not node and (not found or part.start >= found[-1].end):
            found.append(part)
    return found
