"""A text of several parts, made to fit what its host takes: what matters most stays."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import accumulate

from summary_tables.commands.diff.host import Host
from summary_tables.text.english import counted, listed
from summary_tables.text.markdown_text import details, fence

MIN_LIMIT = 20_000
"""What is never left out fits into this."""

_NAMED = 5
_NOTICE_ROOM = 1_500
_SHORTEST_FOLD = 400


class Importance(IntEnum):
    """What goes first is what has the highest number; of two that are alike, the one further down."""

    ERRORS = 1
    """What is wrong, and what a reviewer must not miss."""
    DATA = 2
    """What becomes of the rows."""
    WORDS = 3
    """What changes, in words."""
    LINEAGE = 4
    """What else it reaches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """A text that is folded away behind `summary`, as code of `language`. It goes before all else, the longest first,
    and is cut between its lines.
    """

    summary: str
    text: str
    language: str

    def __str__(self) -> str:
        return details(self.summary, fence(self.text, self.language))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of Markdown. `items` are lines below `text`, of which the last may be left out; `text` stays whole.

    `name` is what it is about, as Markdown; a part without name always stays.
    """

    text: str
    items: tuple[str, ...] = ()
    folds: tuple[Fold, ...] = ()
    name: str = ""
    importance: Importance = Importance.WORDS

    def __str__(self) -> str:
        return "\n\n".join((self._core, *map(str, self.folds)))

    @property
    def _core(self) -> str:
        return "\n".join((self.text, "", *self.items)) if self.items else self.text


def fitted(parts: Sequence[Part], host: Host, limit: int, advice: str) -> str:
    """The parts, an empty line between them; where they are longer than `limit`, what fits, the most important first.

    What is missing is said at the end, with `advice` on where to read it. `limit` 0: everything. Parts without name
    must fit, and `MIN_LIMIT` be kept.
    """
    whole = _joined(parts)
    if not limit or host.length(whole) <= limit:
        return whole
    kept = _within(parts, host, limit - _NOTICE_ROOM - host.length(advice))
    return _joined([*(part for part in kept if part), _notice(parts, kept, limit, advice)])


def _joined(parts: Sequence[Part]) -> str:
    return "\n\n".join(map(str, parts)) + "\n"


def _within(parts: Sequence[Part], host: Host, room: int) -> list[Part | None]:
    """Each part as it fits into `room`, None where it does not at all."""
    kept: list[Part | None] = [None] * len(parts)
    for index in sorted(range(len(parts)), key=lambda index: (bool(parts[index].name), parts[index].importance, index)):
        found = _fitting(replace(parts[index], folds=()), host, room)
        kept[index] = found
        room -= _cost(str(found), host) if found else 0
    return _with_folds(parts, kept, host, room)


def _cost(text: str, host: Host) -> int:
    return host.length(text) + 2


def _fitting(part: Part, host: Host, room: int) -> Part | None:
    if not part.name or _cost(str(part), host) <= room:
        return part
    head = _cost(part.text, host) + host.length(_more(len(part.items))) + 2
    ends = list(accumulate(host.length(item) + 1 for item in part.items))
    count = bisect_right(ends, room - head)
    return replace(part, items=(*part.items[:count], _more(len(part.items) - count))) if count else None


def _more(count: int) -> str:
    return f"- and {counted(count, 'more line')}, for which there is no room"


def _with_folds(parts: Sequence[Part], kept: Sequence[Part | None], host: Host, room: int) -> list[Part | None]:
    """`kept` with the folds of `parts`: those that are short are whole, all others are cut to the same length."""
    folds = [fold for part, found in zip(parts, kept, strict=True) if found for fold in part.folds]
    longest = _level([_cost(str(fold), host) for fold in folds], room)
    return [
        found and replace(found, folds=tuple(_cut_folds(part.folds, host, longest)))
        for part, found in zip(parts, kept, strict=True)
    ]


def _level(sizes: Sequence[int], room: int) -> int:
    """The length to which all are cut so that they fit."""
    left = room
    for place, size in enumerate(sorted(sizes)):
        share = left // (len(sizes) - place)
        if size > share:
            return share
        left -= size
    return max(sizes, default=0)


def _cut_folds(folds: Sequence[Fold], host: Host, longest: int) -> Iterator[Fold]:
    for fold in folds:
        if _cost(str(fold), host) <= longest:
            yield fold
        elif longest >= _SHORTEST_FOLD and (cut := _cut(fold, lambda text: _cost(text, host) <= longest)):
            yield cut


def _cut(fold: Fold, fits: Callable[[str], bool]) -> Fold | None:
    """The first lines of it that fit."""
    lines = fold.text.rstrip("\n").split("\n")

    def first(count: int) -> Fold:
        rest = f"… and {counted(len(lines) - count, 'more line')}"
        return replace(fold, text="\n".join((*lines[:count], rest)))

    count = bisect_right(range(1, len(lines)), False, key=lambda count: not fits(str(first(count))))
    return first(count) if count else None


def _notice(parts: Sequence[Part], kept: Sequence[Part | None], limit: int, advice: str) -> Part:
    pairs = list(zip(parts, kept, strict=True))
    cut = [part.name for part, found in pairs if found and found.items != part.items]
    folded = sum(bool(found and found.folds != part.folds) for part, found in pairs)
    missing = [part.name for part, found in pairs if not found]
    what = [
        *([f"the folded parts of {counted(folded, 'section')}, or the ends of them"] if folded else []),
        *([f"the ends of {_names(cut)}"] if cut else []),
        *([f"all of {_names(missing)}"] if missing else []),
    ]
    return Part(text=f"**Cut to {limit:,} characters.** Left out: {'; '.join(what)}. {advice}")


def _names(names: Sequence[str]) -> str:
    return listed(names, _NAMED)
