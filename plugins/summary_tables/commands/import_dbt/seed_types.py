"""What dbt makes of the cells of a seed's column where nobody has told it their type: of all cells, by their shape."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

_NULL: Final = "null"
_CURRENCIES: Final = "؋$ƒ៛¥₡₱£€¢﷼₪₩₭₮₦฿₤₫"
_OF_32_BITS: Final = 2**31
_ISO: Final = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d|\d{8})T(?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?)?"
    r"(?:Z|(?P<sign>[+-])(?P<hours>\d\d)(?::?(?P<minutes>\d\d))?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """`type` is that of the column; `cells` are as they stand in the table then, empty where there is nothing."""

    type: str
    cells: tuple[str, ...]


def is_empty(cell: str) -> bool:
    """dbt takes the word for nothing, too."""
    return cell.strip().lower() in ("", _NULL)


def loaded(cells: Sequence[str], *, is_postgres: bool) -> Loaded:
    """What dbt loads of them. Other warehouses than PostgreSQL have room for larger numbers."""
    told = [cell for cell in cells if not is_empty(cell)]
    numbers = [_number(cell) for cell in told]
    if all(number is not None for number in numbers):
        kind = _type_of([number for number in numbers if number is not None], is_postgres=is_postgres)
        return Loaded(type=kind, cells=_each(cells, _plain_number))
    for kind, shape in _SHAPES:
        if all(shape(cell) is not None for cell in told):
            return Loaded(type=kind, cells=_each(cells, shape))
    return Loaded(type="text", cells=_each(cells, str))


def _each(cells: Sequence[str], written: Callable[[str], str | None]) -> tuple[str, ...]:
    return tuple("" if is_empty(cell) else written(cell) or "" for cell in cells)


def _type_of(numbers: Sequence[Decimal], *, is_postgres: bool) -> str:
    if any(number != number.to_integral_value() for number in numbers):
        return "double precision" if is_postgres else "numeric"
    fits = all(-_OF_32_BITS <= number < _OF_32_BITS for number in numbers)
    return "integer" if fits and is_postgres else "bigint"


def _number(cell: str) -> Decimal | None:
    bare = cell.strip().strip("%")
    sign, bare = (-1, bare[1:]) if bare.startswith("-") else (1, bare)
    for currency in _CURRENCIES:
        bare = bare.strip(currency)
    try:
        found = Decimal(bare.replace(",", ""))
    except InvalidOperation:
        return None
    return found * sign if found.is_finite() else None


_PLAIN_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def _plain_number(cell: str) -> str:
    number = _number(cell)
    return cell if number is None or _PLAIN_NUMBER.fullmatch(cell) else format(number, "f")


def _day(cell: str) -> str | None:
    found = _by_format(cell, "%Y-%m-%d")
    return found.date().isoformat() if found else None


def _moment(cell: str) -> str | None:
    found = _by_format(cell, "%Y-%m-%d %H:%M:%S")
    return found.isoformat(sep=" ") if found else None


def _by_format(cell: str, written: str) -> datetime | None:
    try:
        return datetime.strptime(cell.strip(), written)
    except ValueError:
        return None


def _iso_moment(cell: str) -> str | None:
    """In UTC where it says its zone: the column keeps none."""
    found = _ISO.fullmatch(cell.strip())
    if found is None:
        return None
    digits = found["day"].replace("-", "")
    try:
        day = datetime(int(digits[:4]), int(digits[4:6]), int(digits[6:]), int(found["hour"]))
        clock = day.replace(minute=int(found["minute"] or 0), second=int(found["second"] or 0))
        clock = clock.replace(microsecond=int(f"{found['fraction'] or 0:0<6}"[:6]))
        offset = timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
        return (clock - offset * (-1 if found["sign"] == "-" else 1)).isoformat(sep=" ")
    except (ValueError, OverflowError):
        return None


def _truth(cell: str) -> str | None:
    bare = cell.replace(",", "").strip().lower()
    return bare if bare in ("true", "false") else None


_Shape = Callable[[str], str | None]
# In the order in which dbt tries them, behind numbers.
_SHAPES: Final[tuple[tuple[str, _Shape], ...]] = (
    ("date", _day),
    ("timestamp", _moment),
    ("timestamp", _iso_moment),
    ("boolean", _truth),
)
