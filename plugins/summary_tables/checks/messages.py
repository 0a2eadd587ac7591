"""Numbers, limits and values of a table in the words of a check."""

import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from summary_tables.text.english import plural
from summary_tables.text.moments import UTC_NAME, due_text

Limit = int | float | str | None

NO_VALUE = "no value (NULL)"

_PLAIN = re.compile(r"[\w.:+-]+(?: [\d:.+-]+)?")
_LONGEST = 40
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
# Where Unicode has the signs of the control characters.
_SIGNS = 0x2400


def number_of(value: object) -> Decimal | None:
    """`value` as a number; None for NULL, NaN and what is no number."""
    try:
        number = Decimal(int(value) if isinstance(value, bool) else str(value))
    except InvalidOperation:
        return None
    return None if number.is_nan() else number


def number_words(number: Decimal | int | float) -> str:
    """With commas, to six digits behind the point, or to as many as tell it from a whole number: 1,234.5."""
    # Of a column of floats, a sum can be -0.
    exact = Decimal(str(number)) if number else Decimal(0)
    if not exact.is_finite():
        return "infinity" if exact > 0 else "-infinity"
    if exact == exact.to_integral_value():
        return f"{exact:,.0f}"
    rounded = f"{exact:,.6f}".rstrip("0")
    if rounded.endswith("."):
        return f"{exact.normalize():,f}" if abs(exact) >= 1 else f"{exact.normalize():g}"
    return rounded if Decimal(rounded.replace(",", "")) == exact or abs(exact) >= 1 else f"{exact.normalize():g}"


def counted(number: Decimal | int | float, one: str, many: str = "") -> str:
    """`1 row`, `2 rows`."""
    return f"{number_words(number)} {plural(number, one, many)}"


def limits_words(least: Limit, most: Limit, first: str = "") -> str:
    """`at least 1`, `at most 2`, `1 to 2` with `first` before it, `exactly 1`."""
    if least is None:
        return f"at most {_limit(most)}"
    if most is None:
        return f"at least {_limit(least)}"
    return f"exactly {_limit(least)}" if least == most else f"{first}{_limit(least)} to {_limit(most)}"


def is_within(number: Decimal, least: int | float | None, most: int | float | None) -> bool:
    """Whether `number` keeps both limits."""
    return (least is None or number >= Decimal(str(least))) and (most is None or number <= Decimal(str(most)))


def moment_words(moment: datetime) -> str:
    """When a run was due: `2026-11-22 03:00 UTC`, with seconds only where there are some.

    In its own zone, which is that of the session that gave it; without one it is UTC.
    """
    return due_text(getattr(moment.tzinfo, "key", UTC_NAME), moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def found_words(value: object) -> str:
    """The one number that a query found, or what it found in its place."""
    if value is None:
        return NO_VALUE
    number = number_of(value)
    return no_number_words(value) if number is None else number_words(number)


def no_number_words(value: object) -> str:
    """What a query found in place of a number."""
    return f'"{_shown(str(value))}", which is not a number'


def value_words(value: object) -> str:
    """A value of a table on one line: in quotes where it could be mistaken for words of ours, and cut where it is long.

    Characters that cannot be seen, and would begin a line or steer a terminal, are shown by their signs: `a␊b`.
    """
    if value is None:
        return "NULL"
    short = _shown(str(value).lower() if isinstance(value, bool) else str(value))
    return short if _PLAIN.fullmatch(short) else f'"{short}"'


def values_words(values: tuple[object, ...], most: int = 5) -> str:
    """`A, B and 3 more`."""
    words = ", ".join(map(value_words, values[:most]))
    return words if len(values) <= most else f"{words} and {len(values) - most:,} more"


def _shown(text: str) -> str:
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
    return _UNSEEN.sub(lambda found: chr(_SIGNS + ord(found[0])) if found[0] < " " else "\ufffd", short)


def _limit(limit: Limit) -> str:
    return number_words(limit) if isinstance(limit, int | float) else value_words(limit)


def in_table(looks_at: str) -> str:
    """` in raw_data.nps`; empty for the new table, of which the message speaks anyway."""
    return f" in {looks_at}" if looks_at else ""


def of_table(looks_at: str) -> str:
    """` (raw_data.nps)`, behind the name of a column or what is said of it."""
    return f" ({looks_at})" if looks_at else ""
