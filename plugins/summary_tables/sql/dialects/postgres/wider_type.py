"""Whether every value of one type is a value of another, too, and the same one. Pure.

Types that mean something else are not: `date` and `timestamp`, `integer` and `double precision`; nor `char(2)` and
`char(3)`, which fills values up with blanks that readers get and LIKE compares.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

from summary_tables.sql.dialect import TypeRules
from summary_tables.sql.dialects.postgres.comparable_type import compared_as

_COLLATION: Final = " COLLATE "
_ARRAY: Final = "[]"
_MICROSECONDS: Final = "6"

# Decimal digits before the point and behind it; 1: NaN is a value, 2: so are the infinities.
_WHOLE_NUMBERS: Final = {"smallint": (5, 0, 0), "integer": (10, 0, 0), "bigint": (19, 0, 0)}


@dataclass(frozen=True, slots=True)
class _Room:
    """What a type has room for; sizes can be compared within a family only."""

    family: str
    sizes: tuple[float, ...] = ()


def holds(wide: str, narrow: str) -> bool:
    """Whether each value of the type `narrow`, a full name as the warehouse gives it, is one of `wide`, unchanged."""
    room, needed = _room(wide), _room(narrow)
    return room.family == needed.family and all(map(float.__ge__, map(float, room.sizes), map(float, needed.sizes)))


def gets_fractions(wide: str, narrow: str) -> bool:
    """Whether dividing gives another result in `wide`: `3 / 2` is 1 of whole numbers, 1.5 of `numeric`."""
    return narrow in _WHOLE_NUMBERS and wide not in _WHOLE_NUMBERS


def is_stored_alike(wide: str, narrow: str) -> bool:
    """Whether a value of `narrow` is stored with the same bytes as one of the wider type `wide`.

    Where it is not certain, it is not.
    """
    room, held = _room(wide), _room(narrow)
    if room.family != held.family or wide.partition(_COLLATION)[0].endswith(_ARRAY):
        return wide == narrow
    if room.family.startswith("number"):
        return bool(held.sizes[2]) and (room.sizes[1] in (held.sizes[1], inf))
    return not room.family.startswith("float")


def as_cast(full_type: str) -> str:
    """The type alone, as a CAST takes it."""
    return full_type.partition(_COLLATION)[0]


def full_name(written: str) -> str:
    """See `type_spelling`, which no running task has a use for."""
    from summary_tables.sql.dialects.postgres.type_spelling import full_type_name

    return full_type_name(written)


def names() -> Sequence[str]:
    """See `type_spelling`."""
    from summary_tables.sql.dialects.postgres.type_spelling import type_names

    return type_names()


TYPES: Final = TypeRules(
    holds=holds,
    is_stored_alike=is_stored_alike,
    gets_fractions=gets_fractions,
    as_cast=as_cast,
    full_name=full_name,
    names=names,
    compared_as=compared_as,
)


def _room(full_type: str) -> _Room:
    name, _, collation = full_type.partition(_COLLATION)
    element = name.removesuffix(_ARRAY)
    room = next((_FAMILIES[pattern](found) for pattern in _FAMILIES if (found := pattern.fullmatch(element))), None)
    room = room or _Room(element)
    return _Room(f"{room.family}{_ARRAY if element != name else ''}{_COLLATION}{collation}", room.sizes)


def _numeric(found: re.Match[str]) -> _Room:
    if found[1] is None:
        return _Room("number", (inf, inf, 2))
    digits, scale = int(found[1]), int(found[2])
    return _Room("number", (digits - scale, scale, 1))


def _text(found: re.Match[str]) -> _Room:
    return _Room("text", (int(found[1]) if found[1] else inf,))


def _bits(found: re.Match[str]) -> _Room:
    return _Room("bits", (int(found[1]) if found[1] else inf,))


def _moment(found: re.Match[str]) -> _Room:
    return _Room(found[1] + (found[3] or ""), (int(found[2] or _MICROSECONDS),))


_FAMILIES: Final[dict[re.Pattern[str], Callable[[re.Match[str]], _Room]]] = {
    re.compile("smallint|integer|bigint"): lambda found: _Room("number", _WHOLE_NUMBERS[found[0]]),
    re.compile(r"numeric(?:\((\d+),(-?\d+)\))?"): _numeric,
    re.compile("real"): lambda _: _Room("float", (1,)),
    re.compile("double precision"): lambda _: _Room("float", (2,)),
    re.compile(r"(?:character varying(?:\((\d+)\))?|text)"): _text,
    re.compile(r"bit varying(?:\((\d+)\))?"): _bits,
    re.compile(r"(timestamp|time|interval)(?:\((\d)\))?( with(?:out)? time zone)?"): _moment,
}
