"""Colours of a terminal."""

from collections.abc import Callable

from summary_tables.model.problem import Level

_LEVEL_CODES: dict[Level, str] = {"error": "1;31", "warning": "1;33", "info": "1;36"}

Paint = Callable[[str, str], str]
"""Text and code of a colour -> text in that colour."""


def painter(color: bool) -> Paint:
    """Paints, or leaves the text as it is."""
    return _painted if color else lambda text, _: text


def level_code(level: Level) -> str:
    return _LEVEL_CODES[level]


BOLD, BLUE, CYAN, GREEN, RED, YELLOW = "1", "34", "36", "32", "31", "33"


def _painted(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if text else ""
