"""SQL text -> the pieces of it that are replaced before the warehouse sees it."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

PieceKind = Literal["value", "name", "statement", "comment", "raw", "open"]


class Piece(NamedTuple):
    """One piece and where it stands.

    `value` is `{{ ... }}`, `name` `{schema}` or `{table}`, `raw` one of the two tags around text that means itself,
    `open` a mark that is never closed: all that follows belongs to it. `text` is what stands inside the braces, without
    the signs that trim blanks, from the offset `inside` on. `trims`: whether the blanks before and behind it are
    dropped.
    """

    kind: PieceKind
    start: int
    end: int
    text: str
    inside: int
    trims: tuple[bool, bool] = (False, False)

    @property
    def tag(self) -> str:
        """The word with which a statement begins; empty where there is none."""
        word = _TAG.match(self.text) if self.kind in ("statement", "raw") else None
        return word[1] if word else ""


_TAG = re.compile(r"\s*(\w+|\S*)")
_OPENING = re.compile(r"\{\{|\{%|\{#|(?<!\{)\{(?:schema|table)\}(?!\})")
_STRING = r"'[^'\\]*(?:\\.[^'\\]*)*'|\"[^\"\\]*(?:\\.[^\"\\]*)*\""
_CLOSING = {
    "{{": re.compile(rf"{_STRING}|(?P<end>\}}\}})|['\"]", re.DOTALL),
    "{%": re.compile(rf"{_STRING}|(?P<end>%\}})|['\"]", re.DOTALL),
    "{#": re.compile(r"(?P<end>#\})"),
}
_KINDS: dict[str, PieceKind] = {"{{": "value", "{%": "statement", "{#": "comment"}
_END_OF_RAW = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")


def pieces(sql: str) -> Iterator[Piece]:
    """All pieces in `sql`, in order, up to the first that is never closed. Time is linear in the length of the text."""
    position = 0
    while opening := _OPENING.search(sql, position):
        piece = _piece(sql, opening)
        yield piece
        if piece.kind == "open":
            return
        position = piece.end
        if piece.kind == "raw":
            closing = _END_OF_RAW.search(sql, position)
            if closing is None:
                yield Piece("open", piece.start, len(sql), "", piece.end)
                return
            yield _closed(sql, "raw", closing.start(), closing.end())
            position = closing.end()


def _piece(sql: str, opening: re.Match[str]) -> Piece:
    mark, start = opening[0], opening.start()
    if mark not in _CLOSING:
        return Piece("name", start, opening.end(), mark[1:-1], start + 1)
    end = _end(sql, mark, opening.end())
    if end is None:
        return Piece("open", start, len(sql), "", start + 2)
    piece = _closed(sql, _KINDS[mark], start, end)
    return piece._replace(kind="raw") if piece.kind == "statement" and piece.text.strip() == "raw" else piece


def _end(sql: str, mark: str, position: int) -> int | None:
    """Behind the closing mark. One inside quotes closes nothing."""
    while found := _CLOSING[mark].search(sql, position):
        if found.lastgroup == "end":
            return found.end()
        if len(found[0]) == 1:
            return None
        position = found.end()
    return None


def _closed(sql: str, kind: PieceKind, start: int, end: int) -> Piece:
    """The piece without its signs: `-` drops blanks, `+` keeps them, which is what happens anyway."""
    first, last = start + 2, end - 2
    before = sql[first : first + 1] if first < last else ""
    first += before == "-" or (before == "+" and kind != "value")
    behind = sql[last - 1 : last] if first < last else ""
    last -= behind == "-" or (behind == "+" and kind != "value")
    return Piece(kind, start, end, sql[first:last], first, (before == "-", behind == "-"))
