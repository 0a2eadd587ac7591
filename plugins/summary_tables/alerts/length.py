"""How much of a notice is kept: what any notifier shows, and no more. A query may have a million characters. Pure."""

import json
from dataclasses import asdict, replace
from typing import Final

from summary_tables.model.notice import Bullets, Notice

LONGEST_TEXT: Final = 4000
_LINES_SHORTER: Final = 10
_SHORTEST_TEXT: Final = 100

MOST_BYTES: Final = 60_000
"""Of the document: a text on Redshift has at most 65,535."""


def short(notice: Notice) -> Notice:
    """`notice`, with what is too long cut off."""
    longest, found = LONGEST_TEXT, _short(notice, LONGEST_TEXT)
    while longest > _SHORTEST_TEXT and _size(found) > MOST_BYTES:
        longest //= 2
        found = _short(notice, longest)
    return found


def _size(notice: Notice) -> int:
    return len(json.dumps(asdict(notice), ensure_ascii=False).encode(errors="replace"))


def _short(notice: Notice, longest: int) -> Notice:
    return replace(
        notice,
        words=_cut(notice.words, longest),
        explanation=_cut(notice.explanation, longest),
        live=_cut(notice.live, longest),
        details=_cut(notice.details, longest),
        query=_cut(notice.query, longest),
        lists=tuple(_short_list(each, longest // _LINES_SHORTER) for each in notice.lists),
    )


def _short_list(bullets: Bullets, longest: int) -> Bullets:
    """All its lines: a notifier counts those that it leaves out."""
    return replace(bullets, lines=tuple(_cut(line, longest) for line in bullets.lines))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
