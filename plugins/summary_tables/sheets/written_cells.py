"""Values of a table as cells of a sheet, with their types; or why a sheet cannot hold one.

A text is never read as anything else, whatever it begins with: `=1+1` stays a text, `00501` too.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final, Literal, TypeAlias

Cell: TypeAlias = Mapping[str, Any]
"""The API's ExtendedValue; None where it is empty."""

Kind: TypeAlias = Literal["number", "truth", "date", "moment", "time", "text"]

_KINDS: Final[Mapping[str, Kind]] = {
    "smallint": "number",
    "integer": "number",
    "bigint": "number",
    "real": "number",
    "double precision": "number",
    "numeric": "number",
    "boolean": "truth",
    "date": "date",
    "timestamp without time zone": "moment",
    "timestamp with time zone": "moment",
    "time without time zone": "time",
}
_SORTED_TEXTS: Final = ("character varying", "character", "text", "uuid")
_EPOCH: Final = datetime(1899, 12, 30)
_DAY: Final = timedelta(days=1)
_LARGEST_WHOLE: Final = 2**53
_LONGEST_TEXT: Final = 50_000


class UnfitError(Exception):
    """A value that no cell of a sheet can hold; `str()` says why, without the value."""


def kind_of(full_type: str) -> Kind:
    """What a column of this type, as the warehouse calls it, is in a sheet."""
    return _KINDS.get(_plain(full_type), "text")


def is_sorted(full_type: str) -> bool:
    """Whether rows can be ordered by such a column."""
    return _plain(full_type) in {*_KINDS, *_SORTED_TEXTS}


def written(value: object, kind: Kind) -> Cell | None:
    """A value as the session returns it. Raises UnfitError."""
    return None if value is None else _WRITERS[kind](value)


def _plain(full_type: str) -> str:
    """`numeric(12,2)` -> `numeric`, `timestamp(3) without time zone` -> `timestamp without time zone`."""
    before, bracket, after = full_type.partition("(")
    return f"{before}{after.partition(')')[2]}" if bracket else full_type


def _number(value: Any) -> Cell:
    number = Decimal(value)
    if not number.is_finite():
        raise UnfitError("is no number that a sheet has, such as NaN")
    if abs(number) > _LARGEST_WHOLE and number == number.to_integral_value() and Decimal(float(number)) != number:
        raise UnfitError("has more digits than a sheet keeps (15); let the query give a text: CAST(... AS text)")
    whole = not isinstance(value, float) and number == number.to_integral_value() and abs(number) <= _LARGEST_WHOLE
    return {"numberValue": int(number) if whole else float(number)}


def _truth(value: Any) -> Cell:
    return {"boolValue": bool(value)}


def _date(value: Any) -> Cell:
    try:
        found = date.fromisoformat(str(value))
    except ValueError:
        raise UnfitError("is no date that a sheet has") from None
    return {"numberValue": (found - _EPOCH.date()).days}


def _moment(value: Any) -> Cell:
    """By the clocks of the session, which is in the table's zone; it gives a `timestamp` as a text."""
    try:
        found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    except ValueError:
        raise UnfitError("is no time that a sheet has") from None
    return {"numberValue": (found.replace(tzinfo=None) - _EPOCH) / _DAY}


def _time(value: Any) -> Cell:
    try:
        found = time.fromisoformat(str(value))
    except ValueError:
        raise UnfitError("is no time that a sheet has") from None
    return {"numberValue": (datetime.combine(_EPOCH, found) - _EPOCH) / _DAY}


def _text(value: Any) -> Cell | None:
    text = str(value)
    if len(text) > _LONGEST_TEXT:
        raise UnfitError(f"has {len(text):,} characters; a cell of a sheet holds {_LONGEST_TEXT:,}")
    return {"stringValue": text} if text else None


_WRITERS: Final[Mapping[Kind, Callable[[Any], Cell | None]]] = {
    "number": _number,
    "truth": _truth,
    "date": _date,
    "moment": _moment,
    "time": _time,
    "text": _text,
}
