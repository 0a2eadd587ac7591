"""Calls that PostgreSQL refuses for the types of their arguments, and divisions of whole numbers by counts."""

from collections.abc import Callable, Iterator

from summary_tables.sql.dialects.postgres import catalog, resolution
from summary_tables.sql.dialects.postgres.catalog import UNKNOWN, Signature
from summary_tables.sql.dialects.postgres.expression_types import INTEGERS, ExpressionTypes, parts_of
from summary_tables.sql.dialects.postgres.node_names import names_in
from summary_tables.sql.dialects.postgres.parse_tree import Node
from summary_tables.sql.query import RefusedCall, Word

_LATER = frozenset(("random", "to_char", "substr", "substring", "concat", "concat_ws", "format"))
"""Functions of which other versions of PostgreSQL take more, or that take anything."""

_ROUNDS = frozenset(("floor", "ceil", "ceiling", "trunc", "div", "mod"))


WordAt = Callable[[int], Word]
"""The word at a place, which a parse tree counts in bytes."""


def refused_calls(tree: object, word_at: WordAt) -> Iterator[RefusedCall]:
    """Those that no function of the name takes, or of which PostgreSQL cannot tell which is meant."""
    types = ExpressionTypes()
    for kind, body, _ in parts_of(tree):
        if kind == "FuncCall" and (found := types.resolved(body)) and found.outcome != "one" and _is_certain(body):
            given = tuple(types.of(node) or "" for node in body.get("args", ()))
            yield _refused(body, given, word_at(body["location"]), is_ambiguous=found.outcome == "several")


def _is_certain(body: Node) -> bool:
    return names_in(body["funcname"])[-1] not in _LATER and not _is_in_words(body)


def _is_in_words(body: Node) -> bool:
    """`EXTRACT(... FROM ...)` and the like: their arguments stand in another order."""
    return bool(body.get("funcformat") == "COERCE_SQL_SYNTAX")


def _refused(body: Node, given: tuple[str, ...], word: Word, *, is_ambiguous: bool) -> RefusedCall:
    same = [found for found in catalog.signatures(names_in(body["funcname"])[-1]) if len(found.takes) == len(given)]
    return RefusedCall(
        word=word,
        given=tuple(map(catalog.shown, given)),
        takes=tuple(tuple(map(catalog.shown, found.takes)) for found in same),
        cast=None if is_ambiguous else _cast(given, same),
        is_ambiguous=is_ambiguous,
    )


_TARGETS = ("numeric", "timestamp", "text", "date", "int4", "float8", "int8", "interval")
"""What an analyst's cast can mean, the likeliest first."""


def _cast(given: tuple[str, ...], signatures: list[Signature]) -> tuple[int, str] | None:
    fitting = [(place, found.takes[place]) for found in signatures if (place := _one_wrong(given, found)) is not None]
    choices = [choice for choice in fitting if choice[1] in _TARGETS]
    if not choices:
        return None
    # The greatest of true and false is 1, rather than the text "true".
    place, target = min(choices, key=lambda it: (given[it[0]] == "bool" and it[1] == "text", _TARGETS.index(it[1])))
    return place, catalog.shown(target)


def _one_wrong(given: tuple[str, ...], signature: Signature) -> int | None:
    """The one argument that the function does not take."""
    wrong = [
        place
        for place, (one, wanted) in enumerate(zip(given, signature.takes, strict=True))
        if one != UNKNOWN and not catalog.becomes(one, wanted)
    ]
    if len(wrong) != 1 or not _has_cast(given[wrong[0]], signature.takes[wrong[0]]):
        return None
    changed = [signature.takes[place] if place in wrong else one for place, one in enumerate(given)]
    return wrong[0] if resolution.call([signature], changed).outcome == "one" else None


def _has_cast(given: str, wanted: str) -> bool:
    """`given::wanted` is no error by itself: all can be a text, and a text all; the others only what is like them."""
    if wanted == "text" or catalog.category(given) == "S":
        return True
    if given == "bool":
        return wanted == "int4"
    return given not in ("time", "timetz") and catalog.category(given) == catalog.category(wanted)


def whole_divisions(tree: object, word_at: WordAt) -> Iterator[Word]:
    """Each `/` between whole numbers whose right side counts or sums rows."""
    types = ExpressionTypes()
    for kind, body, around in parts_of(tree):
        is_division = kind == "A_Expr" and body["kind"] == "AEXPR_OP" and names_in(body["name"]) == ["/"]
        if is_division and "lexpr" in body and _cuts(body, types) and not _is_meant(around):
            yield word_at(body["location"])


def _cuts(body: Node, types: ExpressionTypes) -> bool:
    sides = (types.of(body["lexpr"]), types.of(_without_nullif(body["rexpr"])))
    return all(side in INTEGERS for side in sides) and _counts(body["rexpr"]) and _counts(body["lexpr"])


def _without_nullif(node: Node) -> Node:
    body = node.get("A_Expr", {})
    return body["lexpr"] if body.get("kind") == "AEXPR_NULLIF" else node


def _counts(node: Node) -> bool:
    names = (names_in(body["funcname"])[-1] for kind, body, _ in parts_of(node) if kind == "FuncCall")
    return any(name in ("count", "sum") for name in names)


def _is_meant(around: Node) -> bool:
    """`(a / b)::int`, `FLOOR(a / b)`."""
    kind, body = next(iter(around.items())) if around else ("", around)
    if kind == "TypeCast":
        return names_in(body["typeName"]["names"])[-1] in INTEGERS
    return kind == "FuncCall" and names_in(body["funcname"])[-1] in _ROUNDS
