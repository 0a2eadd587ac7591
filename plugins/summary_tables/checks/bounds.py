"""The limits `min` and `max` of a check against each other."""

import re
from collections.abc import Mapping
from decimal import Decimal

from summary_tables.checks.check import Flaw
from summary_tables.checks.messages import Limit, number_of

LIMIT_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("from", "at_least", "minimum"), "min"),
    **dict.fromkeys(("to", "at_most", "maximum"), "max"),
}
"""What people write for the two keys."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\b")


def crossed(least: Limit, most: Limit) -> Flaw | None:
    """What keeps every value from being between them; None also where only the warehouse can tell."""
    if least is None or most is None:
        return None
    low, high = _comparable(least), _comparable(most)
    if low is None or high is None:
        return None
    if type(low) is not type(high):
        return Flaw(
            key="min",
            why="one of `min` and `max` is a number and the other a text",
            fix="write both as numbers, or both as dates in quotes",
        )
    if low > high:  # type: ignore[operator]  # both are numbers or both are texts
        return Flaw(
            key="min",
            why=f"`min` is {_shown(least)}, which is above `max`, {_shown(most)}",
            fix=f"write `min: {_shown(most)}` and `max: {_shown(least)}`",
        )
    return None


def _comparable(limit: int | float | str) -> Decimal | str | None:
    """A number, also where it stands in quotes; a day or a time as text; None where only the warehouse can tell."""
    number = number_of(limit)
    if number is not None:
        return number
    return str(limit) if _DAY.match(str(limit)) else None


def _shown(limit: int | float | str) -> str:
    return f'"{limit}"' if isinstance(limit, str) else f"{limit}"
