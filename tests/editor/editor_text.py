"""The text that somebody types: where the cursor stands in it, and what a snippet becomes in it."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple


class Position(NamedTuple):
    """As the protocol counts: from 0, `character` in UTF-16 units."""

    line: int
    character: int


CURSOR = "‸"


def at_cursor(marked: str) -> tuple[str, Position]:
    """The text without its `‸`, and where that stood."""
    before, _, after = marked.partition(CURSOR)
    line = before.rpartition("\n")[2]
    return before + after, Position(before.count("\n"), len(line.encode("utf-16-le")) // 2)


def accepted(text: str, item: Mapping[str, Any], file_stem: str) -> str:
    """`text` after somebody took `item` of the list and left each of its blanks at what it suggests.

    Lines after the first are indented like the line at the cursor, as VS Code does.
    """
    edit = item["textEdit"]
    lines = text.split("\n")
    start, end = edit["range"]["start"], edit["range"]["end"]
    first, last = lines[start["line"]], lines[end["line"]]
    indent = first[: len(first) - len(first.lstrip(" "))]
    inserted = filled(edit["newText"], {"TM_FILENAME_BASE": file_stem}).replace("\n", f"\n{indent}")
    changed = f"{first[: start['character']]}{inserted}{last[end['character'] :]}"
    return "\n".join([*lines[: start["line"]], changed, *lines[end["line"] + 1 :]])


_VARIABLE = re.compile(r"\$\{([A-Z_]+)(?::[^{}]*)?\}|\$([A-Z_]+)")
_BLANK = re.compile(r"\\([\\$}])|\$\{\d+\|((?:\\.|[^,|\\])*)[^}]*\}|\$\{\w+:((?:\\.|[^\\{}$])*)\}|\$\{?(\w+)\}?")


def filled(snippet: str, variables: Mapping[str, str]) -> str:
    """The text of an LSP snippet with its variables known and each blank left at what it suggests."""
    named = _VARIABLE.sub(lambda found: variables[found[1] or found[2]], snippet)

    def text(found: re.Match[str]) -> str:
        escaped, choice, suggestion, _ = found.groups()
        return str(escaped or filled(choice or suggestion or "", variables))

    return _BLANK.sub(text, named)
