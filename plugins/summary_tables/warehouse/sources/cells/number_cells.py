"""Cells of columns with numbers. Dots are decimal points, and thousands are not separated: nobody has to guess."""

import re
import struct
import unicodedata
from decimal import Decimal

from summary_tables.sheets.values import LARGEST_WHOLE
from summary_tables.text.english import counted
from summary_tables.warehouse.sources.cells.cell import Convert, Wrong

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?")
_WHOLE = re.compile(r"(?P<sign>[+-]?)0*(?P<digits>[0-9]+)(?:\.0*)?")
_SEPARATED = re.compile(r"[+-]?[0-9]{1,3}(?:[,\s'\u2019][0-9]{3})+(?:\.[0-9]+)?")
_COMMA = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:[.\s][0-9]{3})+),[0-9]+")
_UNIT = re.compile(r"[^\w\s.+-]\s*[+-]?[0-9][0-9.,]*|[+-]?[0-9][0-9.,]*\s*(?:[^\w\s.]|(?![OoIl]+\Z)[A-Za-z]{1,3})")
_OTHER_SIGNS = str.maketrans("\u2212\u2013", "--")
"""A minus and a dash as texts have them."""
_LONGEST_WHOLE = 19
_DIGITS_BEFORE, _DIGITS_BEHIND = 131_072, 16_383
"""What `numeric` without a size has room for."""
_PRECISE = ".15g"
"""Of a number that a sheet computed, which is stored with that many digits: 0.1 + 0.2 is 0.3."""


def whole(low: int, high: int) -> Convert:
    """A whole number of the range, both ends included."""

    def convert(value: str | float | bool) -> str | Wrong:
        written = str(int(value)) if isinstance(value, float) and value.is_integer() else _written(value)
        found = _WHOLE.fullmatch(written)
        if not found:
            is_comma = _COMMA.fullmatch(written) and not _SEPARATED.fullmatch(written)
            is_fraction = is_comma or _NUMBER.fullmatch(written)
            return Wrong("is not a whole number", "" if is_fraction else _advice(written))
        number = int(found["sign"] + found["digits"]) if len(found["digits"]) <= _LONGEST_WHOLE else None
        if number is None or not low <= number <= high:
            return Wrong(f"is out of range: the column takes {low} to {high}")
        return str(number)

    return convert


def decimal(precision: int | None, scale: int) -> Convert:
    """`numeric(precision,scale)`, or `numeric` where `precision` is None. Nothing is rounded."""
    before = _DIGITS_BEFORE if precision is None else precision - scale
    behind = _DIGITS_BEHIND if precision is None else scale

    def convert(value: str | float | bool) -> str | Wrong:
        is_computed = isinstance(value, float) and not (value.is_integer() and abs(value) <= LARGEST_WHOLE)
        written = format(value, _PRECISE) if is_computed else _written(value)
        if not _NUMBER.fullmatch(written):
            return _no_number(written)
        number = Decimal(written)
        if number and number.adjusted() >= before:
            return Wrong(f"is too large: the column has room for {_digits(before)} before the decimal point")
        if number and _behind(number) > behind:
            return Wrong(f"has more than {counted(max(behind, 0), 'digit')} behind the decimal point")
        return format(number, "f") if number else "0"

    return convert


def floating(*, single: bool) -> Convert:
    """`double precision`, or `real` where `single`."""

    def convert(value: str | float | bool) -> str | Wrong:
        written = _written(value)
        if not _NUMBER.fullmatch(written):
            return _no_number(written)
        number = float(written)
        try:
            stored = struct.unpack("f", struct.pack("f", number))[0] if single else number
        except OverflowError:
            stored = float("inf")
        is_lost = stored == 0 and re.search("[1-9]", written.lower().partition("e")[0]) is not None
        if is_lost or stored in (float("inf"), float("-inf")):
            return Wrong("is out of range: the column keeps no number so large or so small")
        return written

    return convert


def _written(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    return value.strip() if isinstance(value, str) else repr(value)


def _no_number(written: str) -> Wrong:
    return Wrong("is not a number", _advice(written))


def _advice(written: str) -> str:
    if _SEPARATED.fullmatch(written):
        return f"write {re.sub('[^0-9.+-]', '', written)}, if that is what it means"
    if _COMMA.fullmatch(written):
        return f"write {re.sub('[^0-9,+-]', '', written).replace(',', '.')}, if that is what it means"
    if _is_number_in_other_signs(written):
        return f"write {unicodedata.normalize('NFKC', written).translate(_OTHER_SIGNS)}, in plain signs"
    if _UNIT.fullmatch(written):
        return "write the number alone, without a unit"
    return ""


def _is_number_in_other_signs(written: str) -> bool:
    plain = unicodedata.normalize("NFKC", written).translate(_OTHER_SIGNS)
    return plain != written and _NUMBER.fullmatch(plain) is not None


def _digits(number: int) -> str:
    return counted(max(number, 0), "digit")


def _behind(number: Decimal) -> int:
    """Digits behind the decimal point that say something; negative: zeros before it."""
    exponent = number.as_tuple().exponent
    behind = -exponent if isinstance(exponent, int) else 0
    digits = number.as_tuple().digits
    zeros = next((place for place, digit in enumerate(reversed(digits)) if digit), 0)
    return behind - zeros
