"""Cells of columns with texts, truths, ids and JSON."""

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NoReturn

from summary_tables.sheets.values import LARGEST_WHOLE, Moment
from summary_tables.warehouse.sources.cells.cell import Convert, Wrong

_TRUTHS = {
    **dict.fromkeys(("true", "t", "yes", "y", "1"), "true"),
    **dict.fromkeys(("false", "f", "no", "n", "0"), "false"),
}
_UUID = re.compile(r"[0-9A-Fa-f]{8}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{4}-?[0-9A-Fa-f]{12}")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_UNSTORABLE_ESCAPE = re.compile(r"\\u0000|\\u[dD][89a-fA-F]")
_STORABLE_ESCAPE = re.compile(r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
"""A backslash, and the two halves of one character such as an emoji."""
_DEEPEST = 100
_TOO_DEEP = Wrong("is nested too deep")


def text(length: int | None, size: Callable[[str], int] = len, unit: str = "characters") -> Convert:
    """A text of at most `length`, counted by `size`. Blanks around it are kept."""

    def convert(value: str | float | bool) -> str | Wrong:
        written = as_text(value)
        if _UNSTORABLE.search(written):
            return Wrong("has a character that no warehouse stores", "delete it")
        if length is not None and size(written) > length:
            return Wrong(f"has {size(written):,} {unit}: the column keeps {length:,}")
        return written

    return convert


def bytes_of(written: str) -> int:
    """How long it is where lengths count bytes."""
    return len(written.encode("utf-8", errors="surrogatepass"))


def as_text(value: str | float | bool) -> str:
    """A number or a truth of a sheet as people would type it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Moment):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) <= LARGEST_WHOLE else repr(value)
    return str(value)


def truth(value: str | float | bool) -> str | Wrong:
    """`boolean`."""
    return _TRUTHS.get(as_text(value).strip().lower()) or Wrong("is neither true nor false")


def uuid(value: str | float | bool) -> str | Wrong:
    """`uuid`, in small letters with its four dashes."""
    written = as_text(value).strip()
    if not _UUID.fullmatch(written):
        return Wrong("is not a UUID")
    digits = written.replace("-", "").lower()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def json_text(value: str | float | bool) -> str | Wrong:
    """`json` and `jsonb`: what both of them take, as it is written."""
    written = json.dumps(value) if not isinstance(value, str) else value.strip(" \t\r\n")
    if isinstance(value, float) and value.is_integer():
        written = as_text(value)
    if _UNSTORABLE.search(written) or _UNSTORABLE_ESCAPE.search(_STORABLE_ESCAPE.sub(" ", written)):
        return Wrong("has a character that no warehouse stores", "delete it")
    try:
        found = json.loads(written, parse_int=_number, parse_float=_number, parse_constant=_refused)
    except ValueError:
        return Wrong("is not JSON")
    except RecursionError:
        return _TOO_DEEP
    return _TOO_DEEP if _is_deep(found) else written


def _number(written: str) -> str:
    """Raises ValueError for one that `jsonb` has no room for."""
    number = Decimal(written)
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -16_383 or (number and number.adjusted() >= 131_072):
        raise ValueError(written)
    return written


def _refused(written: str) -> NoReturn:
    raise ValueError(written)


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(_DEEPEST):
        level = [
            inner
            for each in level
            for inner in (each.values() if isinstance(each, dict) else each if isinstance(each, list) else ())
        ]
        if not level:
            return False
    return True
