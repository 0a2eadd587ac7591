"""The warehouse can read the pattern of `matches`.

The run stops at one that it cannot read.

PASS: `- matches: {column: month, pattern: '^\\d{4}-(0[1-9]|1[0-2])$'}`
FAIL: the same with `'^\\d{4}-(0[1-9]|1[0-2]$'`, since a `(` stays open; `'^\\p{L}+$'`, which only other tools know
"""

import re
import warnings
from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.named_checks import PlacedCheck, named_checks
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place

# How Python begins to speak of mistakes that are ones in the warehouse, too -> what people are told, and what to write.
_MISTAKES = {
    "missing ), unterminated subpattern": (
        "a `(` is not closed",
        "write `)` where the group ends, or `\\(` for the sign",
    ),
    "unbalanced parenthesis": ("a `)` closes nothing", "delete it, or write `\\)` for the sign"),
    "unterminated character set": ("a `[` is not closed", "write `]` where the set ends, or `\\[` for the sign"),
    "nothing to repeat": ("there is nothing that it could repeat", "write `.` before it, or `\\` if the sign is meant"),
    "multiple repeat": ("something is repeated twice in a row", "keep one of the signs `*`, `+`, `?`"),
    "min repeat greater than max repeat": ("the first number is above the second", "write the smaller one first"),
    "bad character range": ("the range runs backwards", "write the smaller sign first, or `\\-` for the sign"),
}

# What other tools know and neither PostgreSQL nor Redshift does.
_FOREIGN = re.compile(r"(?<!\\)(?:\\\\)*(?P<piece>\(\?P?<[A-Za-z_]\w*>|\\[pP]\{\w+\}|[*+?}]\+)")
_CLASS = re.compile(r"\[[:.=]\w+[:.=]\]")


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for found in named_checks(file):
        for key, pattern in found.check.patterns.items():
            yield from _findings(found, key, pattern)


RULE = Rule(check=check, level="error")


def _findings(found: PlacedCheck, key: str, pattern: str) -> Iterator[Finding[Place]]:
    foreign = _FOREIGN.search(pattern)
    if foreign:
        place = _place(found, key, foreign.start("piece"), len(foreign["piece"]))
        message = f"the warehouse cannot read this pattern: it does not know `{foreign['piece']}`"
        yield Finding(place=place, message=message, fix=_instead(foreign["piece"]))
        return
    error = _error(pattern)
    known = next((known for known in _MISTAKES if error and error.msg.startswith(known)), "")
    if error and known:
        words, fix = _MISTAKES[known]
        message = f"the warehouse cannot read this pattern: {words}"
        yield Finding(place=_place(found, key, error.pos or 0, 1), message=message, fix=fix)


def _error(pattern: str) -> re.error | None:
    # `[[:alpha:]]` is a class of the warehouse; Python would take its brackets for others.
    readable = _CLASS.sub(lambda piece: "x" * len(piece[0]), pattern)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(readable)
    except re.error as error:
        return error
    except (OverflowError, RecursionError):  # a number of repeats, or brackets, beyond all measure
        return None
    return None


def _instead(piece: str) -> str:
    if piece.startswith("("):
        return "write `(` alone"
    return "write the letters themselves, e.g. `[a-z가-힣]`" if piece.startswith("\\") else "delete the second sign"


def _place(found: PlacedCheck, key: str, offset: int, length: int) -> Place:
    line, column = found.file.document.place_in_text((*found.path, key), offset)
    return Place(line, column, length)
