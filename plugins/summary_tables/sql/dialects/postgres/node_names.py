"""What PostgreSQL calls a column of the result that nobody gave a name.

Source: FigureColnameInternal in src/backend/parser/parse_target.c.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

UNKNOWN = "?column?"


class Figured(NamedTuple):
    """A name and how sure PostgreSQL is of it: 0 not at all, 1 as a last resort, 2 sure."""

    name: str
    strength: int


_FIXED = {
    "GroupingFunc": "grouping",
    "MergeSupportFunc": "merge_action",
    "A_ArrayExpr": "array",
    "RowExpr": "row",
    "CoalesceExpr": "coalesce",
    "XmlSerialize": "xmlserialize",
    "JsonParseExpr": "json",
    "JsonScalarExpr": "json_scalar",
    "JsonSerializeExpr": "json_serialize",
    "JsonObjectConstructor": "json_object",
    "JsonArrayConstructor": "json_array",
    "JsonArrayQueryConstructor": "json_array",
    "JsonObjectAgg": "json_objectagg",
    "JsonArrayAgg": "json_arrayagg",
}
_BY_OPERATION = {
    "IS_GREATEST": "greatest",
    "IS_LEAST": "least",
    "JSON_EXISTS_OP": "json_exists",
    "JSON_QUERY_OP": "json_query",
    "JSON_VALUE_OP": "json_value",
}


def output_name(expression: Mapping[str, Any]) -> str:
    """The name of a column with this expression, a node of the raw parse tree such as `{"FuncCall": {...}}`."""
    return _figure(expression).name


def takes_name_of_column(expression: Mapping[str, Any]) -> bool:
    """Whether the column has the name of a column that the expression is about: `a`, `a::text`, `a COLLATE "C"`."""
    while True:
        kind, body = next(iter(expression.items())) if expression else ("", expression)
        if kind in ("TypeCast", "CollateClause"):
            expression = body["arg"]
        elif kind == "A_Indirection":
            if names_in(body["indirection"]):
                return True
            expression = body["arg"]
        else:
            return kind == "ColumnRef"


def _figure(node: Mapping[str, Any]) -> Figured:
    kind, body = next(iter(node.items())) if node else ("", node)
    if kind in _FIXED:
        return Figured(_FIXED[kind], 2)
    if kind in ("ColumnRef", "FuncCall"):
        names = names_in(body["fields" if kind == "ColumnRef" else "funcname"])
        return Figured(names[-1], 2) if names else Figured(UNKNOWN, 0)
    if kind in ("MinMaxExpr", "JsonFuncExpr", "XmlExpr", "SQLValueFunction"):
        return Figured(_name_of_operation(body["op"]), 2)
    if kind == "A_Expr" and body["kind"] == "AEXPR_NULLIF":
        return Figured("nullif", 2)
    return _figure_inside(kind, body)


def _figure_inside(kind: str, body: Mapping[str, Any]) -> Figured:
    """Of what takes its name from something in it."""
    match kind:
        case "A_Indirection":
            names = names_in(body["indirection"])
            return Figured(names[-1], 2) if names else _figure(body["arg"])
        case "CollateClause":
            return _figure(body["arg"])
        case "TypeCast":
            inner = _figure(body["arg"])
            return inner if inner.strength > 1 else Figured(names_in(body["typeName"]["names"])[-1], 1)
        case "CaseExpr":
            inner = _figure(body.get("defresult", {}))
            return inner if inner.strength > 1 else Figured("case", 1)
        case "SubLink":
            return _figure_query(body)
        case _:
            return Figured(UNKNOWN, 0)


def _figure_query(body: Mapping[str, Any]) -> Figured:
    match body["subLinkType"]:
        case "EXISTS_SUBLINK":
            return Figured("exists", 2)
        case "ARRAY_SUBLINK":
            return Figured("array", 2)
        case "EXPR_SUBLINK":
            return Figured(_first_name(body["subselect"]["SelectStmt"]), 2)
        case _:
            return Figured(UNKNOWN, 0)


def _first_name(select: Mapping[str, Any]) -> str:
    while "larg" in select:
        select = select["larg"]
    if "valuesLists" in select:
        return "column1"
    target = select.get("targetList", [{"ResTarget": {}}])[0]["ResTarget"]
    return str(target.get("name") or output_name(target.get("val", {})))


def _name_of_operation(operation: str) -> str:
    if operation.startswith("SVFOP_"):
        return operation.removeprefix("SVFOP_").removesuffix("_N").lower()
    return _BY_OPERATION.get(operation) or operation.removeprefix("IS_").lower()


def names_in(nodes: Sequence[Mapping[str, Any]]) -> list[str]:
    """The texts among name nodes, such as those of a qualified name."""
    return [node["String"].get("sval", "") for node in nodes if "String" in node]
