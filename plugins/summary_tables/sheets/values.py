"""What a cell holds, as it is stored and not as it is shown.

Texts, numbers, true and false are Python's own; an empty cell is None.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final, TypeAlias

ERROR_NAMES: Final[Mapping[str, str]] = {
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "ERROR": "#ERROR!",
    "LOADING": "Loading...",
    "NAME": "#NAME?",
    "NULL_VALUE": "#NULL!",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "REF": "#REF!",
    "VALUE": "#VALUE!",
}
"""How the sheet shows them: the API's ErrorType, and what the browser has for each."""

LARGEST_WHOLE: Final = 2**53
"""Up to here a cell keeps each whole number as it is."""

_EPOCH: Final = datetime(1899, 12, 30)
_MOMENTS: Final = frozenset({"DATE", "DATE_TIME", "TIME"})


class Moment(float):
    """A number that the sheet shows as a date or a time: days since 1899-12-30."""

    __slots__ = ()

    def __str__(self) -> str:
        """`2026-01-31`, `2026-01-31 18:30:00`; the number where Python knows no such day."""
        try:
            moment = _EPOCH + timedelta(seconds=round(self * 86_400))
        except OverflowError:
            return repr(float(self))
        return moment.date().isoformat() if moment.time() == time() else moment.isoformat(sep=" ")


class FormulaError(str):
    """What a formula gave that could not be computed, e.g. `#REF!`."""

    __slots__ = ()


CellValue: TypeAlias = str | float | bool | None


def cell_value(cell: Mapping[str, Any]) -> CellValue:
    """Of the API's CellData. A text without a letter is an empty cell: so does a formula that gives nothing look."""
    value = cell.get("effectiveValue")
    if not value:
        return None
    if "numberValue" in value:
        number: float = value["numberValue"]
        return Moment(number) if _is_moment(cell) else number
    if "stringValue" in value:
        return value["stringValue"] or None
    if "boolValue" in value:
        return bool(value["boolValue"])
    kind = value.get("errorValue", {}).get("type", "ERROR")
    return FormulaError(ERROR_NAMES.get(kind, f"#{kind}!"))


def _is_moment(cell: Mapping[str, Any]) -> bool:
    return cell.get("effectiveFormat", {}).get("numberFormat", {}).get("type") in _MOMENTS
