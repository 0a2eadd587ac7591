"""Text that was made from other text, and where in that each character comes from."""

from bisect import bisect_right
from dataclasses import dataclass
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
