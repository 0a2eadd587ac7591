"""The types of expressions, as far as casts, values and PostgreSQL's own functions tell them.

A node is one of the raw parse tree, such as `{"FuncCall": {...}}`. None: not known. Types are those of the catalog.
"""

from collections.abc import Iterator, Sequence

from summary_tables.sql.dialects.postgres import catalog, resolution
from summary_tables.sql.dialects.postgres.catalog import POLYMORPHIC, UNKNOWN, Signature
from summary_tables.sql.dialects.postgres.node_names import names_in
from summary_tables.sql.dialects.postgres.parse_tree import Node

INTEGERS = ("int2", "int4", "int8")

_ALWAYS = {"BoolExpr": "bool", "NullTest": "bool", "BooleanTest": "bool", "GroupingFunc": "int4"}
_OF_CLOCK = {
    "SVFOP_CURRENT_DATE": "date",
    "SVFOP_CURRENT_TIMESTAMP": "timestamptz",
    "SVFOP_CURRENT_TIMESTAMP_N": "timestamptz",
    "SVFOP_LOCALTIMESTAMP": "timestamp",
    "SVFOP_LOCALTIMESTAMP_N": "timestamp",
}
_QUESTIONS = ("AEXPR_LIKE", "AEXPR_ILIKE", "AEXPR_IN", "AEXPR_BETWEEN", "AEXPR_NOT_BETWEEN", "AEXPR_DISTINCT")


class ExpressionTypes:
    """The types of the expressions of one tree, each worked out once."""

    def __init__(self) -> None:
        self._known: dict[int, str | None] = {}

    def of(self, node: Node) -> str | None:
        """Raises RecursionError for expressions nested too deep."""
        if id(node) not in self._known:
            self._known[id(node)] = self._worked_out(node)
        return self._known[id(node)]

    def _worked_out(self, node: Node) -> str | None:
        kind, body = next(iter(node.items())) if node else ("", node)
        match kind:
            case "A_Const":
                return _constant(body)
            case "TypeCast":
                return _named(body["typeName"])
            case "FuncCall":
                found = self.resolved(body)
                return _result(found.taken) if found else _only_result(body)
            case "A_Expr":
                return self._operation(body)
            case "CoalesceExpr" | "MinMaxExpr":
                return self._common(body.get("args", ()))
            case "CaseExpr":
                results = [when["CaseWhen"]["result"] for when in body["args"]]
                return self._common([*results, *([body["defresult"]] if "defresult" in body else [])])
            case "SQLValueFunction":
                return _OF_CLOCK.get(body["op"])
            case "SubLink" if body["subLinkType"] == "EXISTS_SUBLINK":
                return "bool"
            case _:
                return _ALWAYS.get(kind)

    def resolved(self, body: Node) -> resolution.Resolved | None:
        """What PostgreSQL makes of a call, the body of a `FuncCall`; None where that cannot be told."""
        arguments = body.get("args", ())
        names = names_in(body["funcname"])
        odd = {"agg_within_group", "func_variadic"} & body.keys() or any("NamedArgExpr" in node for node in arguments)
        if odd or names[:-1] not in ([], ["pg_catalog"]):
            return None
        given = [self.of(node) for node in arguments]
        # A type that is called like a function is a cast: `date('2026-01-31')`.
        if None in given or catalog.is_type(names[-1]):
            return None
        known = catalog.signatures(names[-1])
        return resolution.call(known, [kind or "" for kind in given]) if known else None

    def _operation(self, body: Node) -> str | None:
        if body["kind"] in _QUESTIONS:
            return "bool"
        if body["kind"] != "AEXPR_OP" or "rexpr" not in body:
            return None
        if "lexpr" not in body:
            kind = self.of(body["rexpr"])
            return kind if names_in(body["name"]) == ["-"] and kind and catalog.category(kind) == "N" else None
        given = [self.of(body["lexpr"]), self.of(body["rexpr"])]
        if None in given:
            return None
        found = resolution.operator(catalog.operators(names_in(body["name"])[-1]), [kind or "" for kind in given])
        return _result(found.taken)

    def _common(self, nodes: Sequence[Node]) -> str | None:
        """Of CASE and COALESCE; NULL and texts in quotes take the type of the others."""
        kinds = {self.of(node) for node in nodes} - {UNKNOWN}
        if len(kinds) == 1:
            return kinds.pop()
        return _widest(kinds) if kinds else None


def _constant(body: Node) -> str | None:
    if "ival" in body:
        return "int4"
    if "fval" in body:
        text = str(body["fval"]["fval"])
        return "int8" if text.lstrip("-").isdigit() and abs(int(text)) < 2**63 else "numeric"
    return "bool" if "boolval" in body else UNKNOWN


def _named(body: Node) -> str | None:
    """The type that a cast names; one that somebody made is not known."""
    name = names_in(body["names"])[-1]
    if "arrayBounds" in body:
        return f"_{name}" if catalog.is_type(f"_{name}") else None
    return name if catalog.is_type(name) else None


def _result(taken: Signature | None) -> str | None:
    return taken.gives if taken and taken.gives not in POLYMORPHIC else None


def _only_result(body: Node) -> str | None:
    """What all functions of the name give, whatever they take: `COUNT(a)` is an `int8`."""
    names, count = names_in(body["funcname"]), len(body.get("args", ()))
    if len(names) > 1 or catalog.is_type(names[-1]) or "agg_within_group" in body:
        return None
    found = [each for each in catalog.signatures(names[-1]) if resolution.of_length(each, count)]
    return _result(found[0]) if len({each.gives for each in found}) == 1 else None


_NUMBERS = ("int2", "int4", "int8", "numeric", "float4", "float8")


def _widest(kinds: set[str | None]) -> str | None:
    places = [_NUMBERS.index(kind) if kind in _NUMBERS else -1 for kind in kinds]
    return None if -1 in places else _NUMBERS[max(places)]


def parts_of(tree: object) -> Iterator[tuple[str, Node, Node]]:
    """Each call and each operation in a tree, with what stands straight around it."""
    waiting: list[tuple[object, Node]] = [(tree, {})]
    while waiting:
        part, around = waiting.pop()
        if isinstance(part, list):
            waiting += [(each, around) for each in reversed(part)]
        elif isinstance(part, dict):
            for kind, body in part.items():
                if kind in ("FuncCall", "A_Expr"):
                    yield kind, body, around
                inside = {kind: body} if kind[:1].isupper() and isinstance(body, dict) and kind != "List" else around
                waiting.append((body, inside))
