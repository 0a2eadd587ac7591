"""Text of people as Markdown that GitHub and GitLab show as it was written.

It ends no code, names nobody, links nowhere and is no command.
"""

import re

from summary_tables.text.visible import visible

_LONGEST = 160
_LONGEST_PROSE = 600

_REFERENCE = re.compile(r"([@#!$~%^&])(?=[\w\"'])|(www)(?=\.)|(:)(?=//|[\w+-]+:)", re.IGNORECASE)
"""What a host makes a link, a picture or a notice of: `@jin`, `!7`, `~label`, `%1.0`, `&3`, `www.x.y`, `:x:`."""
_NOTHING = "&#8203;"
"""A space without width, which parts such a reference on both hosts. An entity alone does not: they look at the text
that comes out."""
_COMMAND = re.compile(r"(?m)^(?=/[A-Za-z])")
"""GitLab takes a line such as `/merge` for a command, of whoever posts it."""


def code(text: str, longest: int = _LONGEST) -> str:
    """`text` on one line, as inline code."""
    line = " ".join(visible(piece) for piece in text.split()) or '""'
    shown = line if len(line) <= longest else f"{line[: longest - 1]}…"
    ticks = "`" * (_longest_run(shown) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}"


def prose(text: str) -> str:
    """`text` on one line; what it has between backticks is inline code, all else is plain. For within a line."""
    line = " ".join(text.split())
    pieces = (line if len(line) <= _LONGEST_PROSE else f"{line[: _LONGEST_PROSE - 1]}…").split("`")
    if len(pieces) % 2 == 0:
        return _plain("`".join(pieces))
    return "".join(_quoted(piece) if index % 2 else _plain(piece) for index, piece in enumerate(pieces))


def fence(text: str, language: str) -> str:
    """`text` as a block of code."""
    lines = _COMMAND.sub(" ", "\n".join(visible(line) for line in text.rstrip("\n").split("\n")))
    ticks = "`" * max(3, _longest_run(lines) + 1)
    return f"{ticks}{language}\n{lines}\n{ticks}"


def details(summary: str, body: str) -> str:
    """`body`, which is Markdown, folded away behind `summary`, which is ours and plain."""
    return f"<details><summary>{summary}</summary>\n\n{body}\n\n</details>"


def _quoted(piece: str) -> str:
    return code(piece) if piece.strip() else _plain(f"`{piece}`")


def _longest_run(text: str) -> int:
    return max(map(len, re.findall(r"`+", text)), default=0)


def _plain(text: str) -> str:
    """Entities for what Markdown and HTML give a meaning, and what is a reference is parted."""
    parted = _REFERENCE.sub(lambda found: f"{found[0]}\0", visible(text))
    escaped = re.sub(r"[\\`*_{}\[\]<>|~&$]", lambda found: f"&#{ord(found[0])};", parted)
    return escaped.replace("\0", _NOTHING)
