"""Text that was made from other text, and where in that each character comes from."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of characters. `origin`: where it begins in the source; `length`: how many characters it stands for there.

    Of what was filled in, and not copied, every character comes from the whole of that.
    """

    text: str
    origin: int
    length: int
    is_copied: bool


@dataclass(frozen=True)
class MappedText:
    """Offsets count characters from 0."""

    pieces: tuple[Piece, ...]

    @cached_property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def origin(self, offset: int) -> int:
        """Where in the source the character at `offset` comes from; that of the last one where there is none."""
        found = self._piece(offset)
        if found is None:
            return 0
        piece, start = found
        return piece.origin + (min(max(offset - start, 0), piece.length) if piece.is_copied else 0)

    def span(self, offset: int, length: int) -> tuple[int, int]:
        """Where in the source the `length` characters at `offset` come from, and how many they are there."""
        start = self.origin(offset)
        last = self._piece(offset + max(length, 1) - 1)
        if last is None:
            return start, max(length, 1)
        piece, _ = last
        end = self.origin(offset + max(length, 1) - 1) + 1 if piece.is_copied else piece.origin + piece.length
        return start, max(end - start, 1)

    def replaced(self, pattern: re.Pattern[str], stand_in: Callable[[re.Match[str]], str]) -> "MappedText":
        """The text with what `stand_in` gives in place of what `pattern` finds."""
        found: list[Piece] = []
        position = 0
        for hit in pattern.finditer(self.text):
            found += self._cut(position, hit.start())
            origin, length = self.span(hit.start(), hit.end() - hit.start())
            found.append(Piece(text=stand_in(hit), origin=origin, length=length, is_copied=False))
            position = hit.end()
        return MappedText((*found, *self._cut(position, len(self.text)))) if found else self

    def _cut(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces between two offsets."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        for piece, begin in zip(self.pieces[first:], self._starts[first:], strict=True):
            if begin >= end:
                return
            left, right = max(start - begin, 0), min(end - begin, len(piece.text))
            if left < right:
                origin, length = (
                    (piece.origin + left, right - left) if piece.is_copied else (piece.origin, piece.length)
                )
                yield replace(piece, text=piece.text[left:right], origin=origin, length=length)

    def _piece(self, offset: int) -> tuple[Piece, int] | None:
        if not self.pieces:
            return None
        index = max(bisect_right(self._starts, offset) - 1, 0)
        return self.pieces[index], self._starts[index]

    @cached_property
    def _starts(self) -> list[int]:
        starts, position = [], 0
        for piece in self.pieces:
            starts.append(position)
            position += len(piece.text)
        return starts
