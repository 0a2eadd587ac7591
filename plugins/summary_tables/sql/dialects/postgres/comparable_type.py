"""How values of two types, by the full names that the catalog has, are compared with each other. Pure.

Everything is compared by the type's own `=`, and can be hashed, so that the server joins millions of rows at once. What
has no such `=`, or belongs to somebody else, is compared as the text that the server writes for it.
"""

import re
from collections.abc import Mapping
from typing import Final

from summary_tables.sql.statements.comparing import ComparedAs, ValueKind

FLOAT_NOISE: Final = 1e-9
"""Sums of floating point in another order differ by less of themselves."""
REAL_NOISE: Final = 1e-6
"""The same of `real`, which has seven digits."""

_MODIFIER = re.compile(r"\(-?\d+(,-?\d+)?\)")
_WHOLE = ("smallint", "integer", "bigint")
_FLOATS = ("real", "double precision")
_TEXTS = ("text", "character varying", "character", "name")
_MOMENTS = ("date", "timestamp without time zone", "timestamp with time zone")
_TIMES = ("time without time zone", "time with time zone", "interval")
_JSON = ("json", "jsonb")
_OTHERS = frozenset(
    {
        *("boolean", "uuid", "bytea", "inet", "cidr", "macaddr", "macaddr8", "oid", '"char"', "pg_lsn", "xid8"),
    }
)
_ELEMENTS = frozenset({*_WHOLE, *_FLOATS, *_MOMENTS, *_TIMES, *_OTHERS, "numeric", "text", "jsonb"})
_AS_TEXT: Final = ComparedAs(kind="other", cast="text")


def compared_as(before: str, after: str) -> ComparedAs:
    """How values of the two types are compared."""
    old, new = _plain(before), _plain(after)
    both = {old, new}
    if both <= {*_WHOLE, "numeric", *_FLOATS}:
        return _numbers(both)
    if both <= {*_TEXTS}:
        return ComparedAs(kind="text", cast="" if both == {"text"} else "text")
    if both <= {*_MOMENTS}:
        return ComparedAs(kind="time", cast="" if len(both) == 1 else max(both, key=_MOMENTS.index))
    if both <= {*_JSON}:
        return ComparedAs(kind="json", cast="" if both == {"jsonb"} else "jsonb")
    if len(both) == 1:
        return _SAME.get(old) or _list(old) or _AS_TEXT
    return ComparedAs(kind="text", cast="text")


def _numbers(both: set[str]) -> ComparedAs:
    if both & {*_FLOATS}:
        tolerance = REAL_NOISE if "real" in both else FLOAT_NOISE
        # Beside other numbers as `numeric`, which has room for all of them.
        exact = both - {*_FLOATS}
        cast = "numeric" if exact else "" if both == {"double precision"} else "double precision"
        return ComparedAs(kind="number" if exact else "float", cast=cast, tolerance=tolerance)
    kind: ValueKind = "number" if "numeric" in both else "whole"
    cast = "" if len(both) == 1 else "numeric" if kind == "number" else "bigint"
    return ComparedAs(kind=kind, cast=cast)


def _list(name: str) -> ComparedAs | None:
    element = name.removesuffix("[]")
    if element == name:
        return None
    if element in _TEXTS:
        return ComparedAs(kind="list", cast="" if element == "text" else "text[]")
    return ComparedAs(kind="list") if element in _ELEMENTS else None


def _plain(full_type: str) -> str:
    return _MODIFIER.sub("", full_type.partition(" COLLATE ")[0])


_SAME: Final[Mapping[str, ComparedAs]] = {
    **dict.fromkeys(_TIMES, ComparedAs(kind="time")),
    **dict.fromkeys(_OTHERS, ComparedAs(kind="other")),
}
