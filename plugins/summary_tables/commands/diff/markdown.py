"""Text of people as Markdown that GitHub shows as it was written: it ends no code, names nobody, links nowhere."""

import re

from summary_tables.text.visible import visible

_LONGEST = 160


def code(text: str, longest: int = _LONGEST) -> str:
    """`text` on one line, as inline code."""
    line = " ".join(visible(piece) for piece in text.split()) or '""'
    shown = line if len(line) <= longest else f"{line[: longest - 1]}…"
    ticks = "`" * (_longest_run(shown) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}"


def prose(text: str) -> str:
    """`text` on one line; what it has between backticks is inline code, all else is plain."""
    pieces = " ".join(text.split()).split("`")
    if len(pieces) % 2 == 0:
        return _plain("`".join(pieces))
    return "".join(_quoted(piece) if index % 2 else _plain(piece) for index, piece in enumerate(pieces))


def fence(text: str, language: str) -> str:
    """`text` as a block of code."""
    lines = "\n".join(visible(line) for line in text.rstrip("\n").split("\n"))
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
    """Entities for what Markdown and HTML give a meaning; an empty comment parts what GitHub would link or notify."""
    escaped = re.sub(r"[\\`*_{}\[\]<>|~&$]", lambda found: f"&#{ord(found[0])};", visible(text))
    return re.sub(r"(@|(?<!&)#|www|:(?=//))", r"\1<!-- -->", escaped)
