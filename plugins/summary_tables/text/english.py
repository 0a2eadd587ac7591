"""Several things in one sentence."""

from collections.abc import Iterable, Sequence


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def any_of(words: Iterable[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def quoted(words: Iterable[str]) -> str:
    """The words as they stand in a file: `a`, `b` and `c`, each in backticks."""
    return listed([f"`{word}`" for word in words])


def also_on_lines(lines: Iterable[int]) -> str:
    """Where the rest of what is said of the first of `lines` stands: ` (also on lines 3 and 5)`; empty if nowhere."""
    _, *others = dict.fromkeys(lines)
    if not others:
        return ""
    return f" (also on line{'s' if len(others) > 1 else ''} {listed([str(line) for line in others])})"
