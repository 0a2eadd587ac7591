"""What a growing table holds after runs of any intervals, computed in Python from sets of hours."""

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field

Hours = frozenset[int]
Row = tuple[int, int]
"""The id of an event, and the hour in which it happened."""


def hours(start: int, end: int) -> Hours:
    return frozenset(range(start, end))


@dataclass
class Piece:
    """What came with one run, or, `is_whole`, with a build of the whole table."""

    hours: Hours
    rows: list[Row]
    is_whole: bool = False


@dataclass
class IntervalModel:
    """One strategy, and the versions by their names; `live` is the one that readers see."""

    strategy: str
    bases: dict[str, list[Piece]] = field(default_factory=dict)
    live: str = ""

    @property
    def pieces(self) -> list[Piece]:
        return self.bases.get(self.live, [])

    def rows(self) -> Counter[Row]:
        return Counter(row for piece in self.pieces for row in piece.rows)

    def covered(self) -> Hours:
        return frozenset().union(*(piece.hours for piece in self.pieces))

    def holes(self) -> Hours:
        """Hours between others that are covered."""
        held = self.covered()
        return hours(min(held), max(held)) - held if held else frozenset()

    def add(self, version: str, wanted: Hours, source: list[Row]) -> bool:
        """A run of these hours; False: it is refused, or there is nothing to add."""
        if not self.live:
            self.bases[version], self.live = [Piece(wanted, _inside(source, wanted))], version
            return True
        after = deepcopy(self.pieces)
        done = {"append": self._append, "delete_insert": self._replace, "merge": self._merge}[self.strategy](
            after, wanted, source
        )
        if done:
            self.bases[self.live] = after
        return done

    def refresh(self, version: str, end: int, source: list[Row], *, may_lose: bool) -> bool:
        """A build of the whole table up to the hour `end`; False: it is refused."""
        rows = _inside(source, hours(0, end))
        if max(self.covered(), default=0) >= end or (self.live and not may_lose and self._would_lose(rows)):
            return False
        self.bases[version], self.live = [Piece(hours(0, end), rows, is_whole=True)], version
        return True

    def _append(self, pieces: list[Piece], wanted: Hours, source: list[Row]) -> bool:
        inside = [piece for piece in pieces if piece.hours <= wanted and not piece.is_whole]
        left = wanted.difference(*(piece.hours for piece in pieces if piece not in inside))
        rows = _inside(source, left)
        if not left or (not rows and any(piece.rows for piece in inside)):
            return False
        pieces[:] = [*(piece for piece in pieces if piece not in inside), Piece(left, rows)]
        return True

    def _replace(self, pieces: list[Piece], wanted: Hours, source: list[Row]) -> bool:
        rows = _inside(source, wanted)
        if not rows and any(_inside(piece.rows, wanted) for piece in pieces):
            return False
        for piece in pieces:
            piece.rows = [row for row in piece.rows if row[1] not in wanted]
        pieces.append(Piece(wanted, rows))
        return True

    def _merge(self, pieces: list[Piece], wanted: Hours, source: list[Row]) -> bool:
        """An event never changes: what is there stays as it is."""
        there = {row for piece in pieces for row in piece.rows}
        pieces.append(Piece(wanted, [row for row in _inside(source, wanted) if row not in there]))
        return True

    def _would_lose(self, rows: list[Row]) -> bool:
        seen = list(self.rows())
        if self.strategy == "merge":
            return not set(seen) <= set(rows)
        if self.strategy == "delete_insert":
            return not {_day(row) for row in seen} <= {_day(row) for row in rows}
        is_later = bool(seen and rows) and min(map(_day, seen)) < min(map(_day, rows))
        return len(rows) < len(seen) or is_later


def _inside(rows: list[Row], wanted: Hours) -> list[Row]:
    return [row for row in rows if row[1] in wanted]


def _day(row: Row) -> int:
    return row[1] // 24
