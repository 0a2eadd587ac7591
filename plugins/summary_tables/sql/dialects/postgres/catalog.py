"""The functions, operators and types of PostgreSQL 16, from its catalog.

`catalog.json` is what a server says: `make golden` asks it anew (`tests/warehouse/postgres/test_catalog.py`).
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

UNKNOWN = "unknown"
"""The type of a text in quotes, and of NULL, that nobody has given a type."""

_OF_ARRAYS = ("anyarray", "anycompatiblearray")
_OF_RANGES = ("anyrange", "anymultirange", "anycompatiblerange", "anycompatiblemultirange")
_OF_ANYTHING = ("any", "anyelement", "anynonarray", "anycompatible", "anycompatiblenonarray")
POLYMORPHIC = frozenset((*_OF_ARRAYS, *_OF_RANGES, *_OF_ANYTHING, "anyenum"))
"""What a function takes or gives that is made for several types."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function takes and gives. The last `defaults` arguments may be left out; `variadic`: the last one may
    stand several times. `kind` is `f`, or `a` for an aggregate, `w` for a window function, `p` for a procedure."""

    takes: tuple[str, ...]
    gives: str
    defaults: int = 0
    variadic: str = ""
    kind: str = "f"


def signatures(function: str) -> tuple[Signature, ...]:
    """All functions of this name; none for a name that PostgreSQL does not have."""
    return tuple(_signature(row) for row in _data()["functions"].get(function, ()))


def operators(name: str) -> tuple[Signature, ...]:
    """All operators of this name with two operands."""
    return tuple(Signature((left, right), gives) for left, right, gives in _data()["operators"].get(name, ()))


def is_type(name: str) -> bool:
    """Whether PostgreSQL itself has the type, by its name in the catalog, such as `int4`."""
    return name in _data()["types"]


def type_names() -> tuple[str, ...]:
    """Those of all types but arrays, in the catalog."""
    return tuple(name for name in _data()["types"] if not name.startswith("_"))


def shown(name: str) -> str:
    """The type as SQL writes it: `double precision` for `float8`."""
    return str(_data()["types"].get(name, [name])[0])


def category(name: str) -> str:
    """E.g. `N` for numbers, `S` for texts: https://www.postgresql.org/docs/16/catalog-pg-type.html."""
    return str(_data()["types"].get(name, ["", "", False])[1])


def is_preferred(name: str) -> bool:
    """Among the types of its category."""
    return bool(_data()["types"].get(name, ["", "", False])[2])


def becomes(given: str, wanted: str) -> bool:
    """Whether a value of the first type is taken where the second one is wanted, without a cast."""
    if wanted in POLYMORPHIC:
        kind = "A" if wanted in _OF_ARRAYS else "R" if wanted in _OF_RANGES else "E" if wanted == "anyenum" else ""
        return not kind or category(given) == kind
    return given == wanted or wanted in _data()["casts"].get(given, ())


def _signature(row: list[Any]) -> Signature:
    takes, gives, *rest = row
    return Signature(tuple(takes), gives, *rest)


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(__file__).parent / "catalog.json").read_text("utf-8"))
    return found
