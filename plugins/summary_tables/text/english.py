"""Several things in one sentence."""

from collections.abc import Iterable, Sequence
from decimal import Decimal


def listed(words: Sequence[str], most: int | None = None) -> str:
    """`a`, `a and b`, `a, b and c`; of more than `most` words the first: `a, b and 1,234 more`."""
    more = len(words) - most if most is not None else 0
    *others, last = [*words[:most], f"{more:,} more"] if more > 0 else words
    return f"{', '.join(others)} and {last}" if others else last


def any_of(words: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def quoted(words: Iterable[str]) -> str:
    """The words as they stand in a file: `a`, `b` and `c`, each in backticks."""
    return listed([f"`{word}`" for word in words])


def plural(number: float | Decimal, one: str, many: str = "") -> str:
    """`row` for 1, `rows` for every other number; `many` where that is more than an s."""
    return one if number == 1 else many or f"{one}s"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 row`, `1,234 rows`."""
    return f"{number:,} {plural(number, one, many)}"


def counted_hours(hours: float) -> str:
    """`1 hour`, `0.5 hours`."""
    return f"{hours:,g} {plural(hours, 'hour')}"


def also_on_lines(lines: Iterable[int]) -> str:
    """Where the rest of what is said of the first of `lines` stands: ` (also on lines 3 and 5)`; empty if nowhere."""
    _, *others = dict.fromkeys(lines)
    if not others:
        return ""
    return f" (also on {plural(len(others), 'line')} {listed([str(line) for line in others])})"
