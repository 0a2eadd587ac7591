"""What the warehouse calls a column of the result that nobody gave a name, on sqlglot's tree; see `node_names`."""

from sqlglot import exp

from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.postgres.node_names import UNKNOWN, Figured

_TYPES = {
    "INT": "int4",
    "BIGINT": "int8",
    "SMALLINT": "int2",
    "FLOAT": "float4",
    "DOUBLE": "float8",
    "DECIMAL": "numeric",
    "CHAR": "bpchar",
    "BOOLEAN": "bool",
}


def folded(identifier: exp.Identifier, dialect: Dialect) -> str:
    """The name as the warehouse stores it."""
    name = str(identifier.this)
    keeps = identifier.args.get("quoted") and not dialect.lexical.folds_quoted_names
    return name if keeps else name.lower()


def function_name(node: exp.Expr) -> str:
    """What the SQL calls the function, in small letters; empty for what is no function."""
    if isinstance(node, exp.Anonymous):
        return str(node.this).lower() if isinstance(node.this, str) else ""
    return node.sql_names()[0].lower() if isinstance(node, exp.Func) else ""


def output_name(value: exp.Expr, sql: str, dialect: Dialect) -> str:
    """The name of a column with this expression of `sql`."""
    return _figure(value, sql, dialect).name


def takes_name_of_column(value: exp.Expr) -> bool:
    """See `node_names`."""
    while isinstance(value, exp.Cast | exp.Paren | exp.Collate | exp.Bracket):
        value = value.this
    return isinstance(value, exp.Column | exp.Dot)


def _figure(node: exp.Expr | None, sql: str, dialect: Dialect) -> Figured:
    match node:
        case exp.Column() | exp.Dot():
            last = node.this if isinstance(node, exp.Column) else node.expression
            if isinstance(last, exp.Identifier):
                return Figured(folded(last, dialect), 2)
            return _figure(last, sql, dialect)
        case exp.Paren() | exp.Bracket() | exp.Collate():
            return _figure(node.this, sql, dialect)
        case exp.Window() | exp.WithinGroup() | exp.Filter() | exp.IgnoreNulls() | exp.RespectNulls():
            return _figure(node.this, sql, dialect)
        case exp.Cast() if not node.meta.get("start"):
            inner = _figure(node.this, sql, dialect)
            return inner if inner.strength > 1 else Figured(_type_name(node.to), 1)
        case exp.Case():
            inner = _figure(node.args.get("default"), sql, dialect)
            return inner if inner.strength > 1 else Figured("case", 1)
        case exp.Exists():
            return Figured("exists", 2)
        case exp.Array():
            return Figured("array", 2)
        case exp.Tuple():
            return Figured("row", 2)
        case exp.Subquery():
            return Figured(_first_name(node, sql, dialect), 2)
        case _:
            return _figure_call(node, sql)


def _figure_call(node: exp.Expr | None, sql: str) -> Figured:
    if isinstance(node, exp.Interval):
        return Figured("interval", 1)
    if not isinstance(node, exp.Func | exp.AtTimeZone):
        return Figured(UNKNOWN, 0)
    start, end = node.meta.get("start"), node.meta.get("end")
    written = sql[start : end + 1] if start is not None and end is not None else ""
    name = written.lower() or _WITHOUT_PLACE.get(type(node).__name__, "")
    return Figured(name, 2) if name.isidentifier() else Figured(UNKNOWN, 0)


_WITHOUT_PLACE = {
    "AtTimeZone": "timezone",
    "CurrentDate": "current_date",
    "CurrentTime": "current_time",
    "CurrentTimestamp": "current_timestamp",
    "CurrentUser": "current_user",
    "Extract": "extract",
    "Localtime": "localtime",
    "Localtimestamp": "localtimestamp",
    "Overlay": "overlay",
    "StrPosition": "position",
    "Substring": "substring",
    "Trim": "btrim",
}
"""What is written in words and so has no name of a function in the text."""


def _first_name(query: exp.Expr, sql: str, dialect: Dialect) -> str:
    while isinstance(query, exp.Subquery | exp.SetOperation):
        query = query.this
    first = next(iter(query.expressions), None)
    if isinstance(first, exp.Alias):
        return folded(first.args["alias"], dialect)
    return _figure(first, sql, dialect).name


def _type_name(kind: exp.Expr) -> str:
    if isinstance(kind, exp.DataType) and kind.this == exp.DataType.Type.ARRAY and kind.expressions:
        return _type_name(kind.expressions[0])
    name = kind.this.name if isinstance(kind, exp.DataType) else str(kind)
    return _TYPES.get(name, name.lower())
