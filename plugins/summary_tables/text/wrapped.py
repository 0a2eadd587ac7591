"""Sentences in lines of a width that people can read, for a log that breaks none by itself."""

import re
from typing import Final

from summary_tables.text.width import cells

WIDTH: Final = 84
"""Cells of a line: what Airflow's page of a log shows uncut in a window of 1280 pixels, beside time and level."""

_OPEN, _CLOSED = r"(?<![^\s(=\[{,])", r"(?![^\s.,;:!?)\]}])"
# What stands in quotes may be quoted itself: a mark opens behind a blank and closes before one, or before a full stop.
_QUOTED = "|".join(f"{_OPEN}{mark}[^\\n]*?{mark}{_CLOSED}" for mark in ('"', "`", "'"))
_COMMAND = r"(?<!\S)(?:airflow|summary-tables) [a-z]+ [^;\n]*?(?=\.?(?:;|\s[A-Z]|$))"
_WORD = re.compile(rf"(?:{_COMMAND}|{_QUOTED}|\S)+", re.MULTILINE)


def wrapped(text: str, width: int = WIDTH) -> str:
    """`text` with line breaks between words, of which no line has more than `width` cells.

    What is quoted, and a command that somebody may copy into a shell, stays whole, however long it is. Line breaks of
    the text stay.
    """
    return "\n".join("\n".join(_lines(line, width)) for line in text.split("\n"))


def _lines(line: str, width: int) -> list[str]:
    lines: list[str] = []
    for word in _WORD.findall(line):
        if lines and cells(lines[-1]) + 1 + cells(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]
