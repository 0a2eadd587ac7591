"""The full name that the catalog has for a type, from any way in which SQL spells it. Pure."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from summary_tables.sql.dialects.postgres import catalog

_ARRAY: Final = re.compile(r"(?: ?\[\d*\])+\Z| array(?: ?\[\d*\])?\Z", re.IGNORECASE)
_TYPE: Final = re.compile(r'(?P<before>"[^"]+"|[^("]+)(?:\((?P<sizes>[^()]*)\))?(?P<after>[^"()]*)')
_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "int": "integer",
        "decimal": "numeric",
        "dec": "numeric",
        "char": "character",
        "nchar": "character",
        "national char": "character",
        "national character": "character",
        "char varying": "character varying",
        "nchar varying": "character varying",
        "national char varying": "character varying",
        "national character varying": "character varying",
        "timestamp": "timestamp without time zone",
        "time": "time without time zone",
    }
)
_OF_STANDARD: Final = frozenset(
    {
        *("smallint", "integer", "bigint", "real", "double precision", "float", "numeric", "boolean"),
        *("character", "character varying", "bit", "bit varying", "interval"),
        *(f"{name} {zone} time zone" for name in ("time", "timestamp") for zone in ("with", "without")),
        *(f"interval {field}" for field in ("year", "month", "day", "hour", "minute", "second", "year to month")),
        *(f"interval day to {field}" for field in ("hour", "minute", "second")),
        *("interval hour to minute", "interval hour to second", "interval minute to second"),
    }
)

_OF_EXTENSIONS: Final = frozenset(
    {"citext", "hstore", "ltree", "lquery", "ltxtquery", "cube", "seg", "isbn", "issn", "ean13", "vector", "halfvec"}
    | {"geometry", "geography", "raster", "box2d", "box3d"}
)
"""Of contrib (https://www.postgresql.org/docs/18/contrib.html), PostGIS and pgvector: a server may have them."""

_Sizes = tuple[int, ...]


def type_names() -> tuple[str, ...]:
    """Names by which people call the types that there are."""
    return tuple(sorted({*_WORDS, *_OF_STANDARD, *_OF_EXTENSIONS, *catalog.type_names()}))


def full_type_name(written: str) -> str:
    """E.g. `character varying(5)` for `VARCHAR(5)`, `integer[]` for `int4[]`.

    Empty: neither PostgreSQL nor an extension that many have has such a type.
    """
    spelt, arrays = _ARRAY.subn("", " ".join(written.split()).removeprefix("pg_catalog."), count=1)
    found = _TYPE.fullmatch(spelt)
    if not found:
        return ""
    if found["before"].strip().lower() in _OF_EXTENSIONS:
        return f"{spelt.lower()}{'[]' if arrays else ''}"
    name, sizes = _name(found["before"].strip(), found["after"].strip()), _sizes(found["sizes"])
    element = _with_sizes(name, sizes) if name and sizes is not None else ""
    return f"{element}[]" if element and arrays and not element.endswith("[]") else element


def _name(before: str, after: str) -> str:
    """The full name without sizes; empty for none. `"char"`, in quotes, is a type of its own."""
    if before.startswith('"'):
        inner = before.strip('"')
        return catalog.shown(inner) if catalog.is_type(inner) and not after else ""
    words = f"{before} {after}".strip().lower()
    name = _WORDS.get(words, words)
    if name in _OF_STANDARD or name == "bpchar":
        return name
    return catalog.shown(name) if catalog.is_type(name) else ""


def _sizes(written: str | None) -> _Sizes | None:
    """None: they are no numbers."""
    if written is None:
        return ()
    numbers = [number.strip() for number in written.split(",")]
    return tuple(map(int, numbers)) if all(re.fullmatch(r"-?\d{1,9}", number) for number in numbers) else None


def _with_sizes(name: str, sizes: _Sizes) -> str:
    kind = next((kind for kind in _SIZED if kind.fullmatch(name)), None)
    if kind:
        return _SIZED[kind](name, sizes)
    return "" if sizes else name


def _numeric(name: str, sizes: _Sizes) -> str:
    match sizes:
        case ():
            return name
        case (digits,) | (digits, 0) if 1 <= digits <= 1000:
            return f"{name}({digits},0)"
        case (digits, behind) if 1 <= digits <= 1000 and -1000 <= behind <= 1000:
            return f"{name}({digits},{behind})"
        case _:
            return ""


def _float(_: str, sizes: _Sizes) -> str:
    """`float(24)` is `real`."""
    match sizes:
        case ():
            return "double precision"
        case (digits,) if 1 <= digits <= 53:
            return "real" if digits <= 24 else "double precision"
        case _:
            return ""


def _character(name: str, sizes: _Sizes) -> str:
    return _length(name, sizes or (() if name == "bpchar" else (1,))).replace("bpchar(", "character(")


_LONGEST: Final = 10_485_760
"""In characters, or in bytes of bits."""


def _length(name: str, sizes: _Sizes) -> str:
    match sizes:
        case ():
            return name
        case (length,) if 1 <= length <= _LONGEST * (8 if name.startswith("bit") else 1):
            return f"{name}({length})"
        case _:
            return ""


_MOST_DIGITS: Final = 6
"""Of a second. The server takes more, and keeps these."""


def _moment(name: str, sizes: _Sizes) -> str:
    """The digits of a second stand behind the first word, and behind all others of an interval."""
    match sizes:
        case ():
            return name
        case (given,) if given >= 0:
            digits = min(given, _MOST_DIGITS)
            if name.startswith("interval"):
                return f"{name}({digits})" if name.endswith(("interval", "second")) else ""
            first, _, zone = name.partition(" ")
            return f"{first}({digits}) {zone}"
        case _:
            return ""


_SIZED: Final[Mapping[re.Pattern[str], Callable[[str, _Sizes], str]]] = MappingProxyType(
    {
        re.compile("numeric"): _numeric,
        re.compile("float"): _float,
        re.compile("character|bpchar|bit"): _character,
        re.compile("character varying|bit varying"): _length,
        re.compile("(?:time|timestamp|interval).*"): _moment,
    }
)
