"""How much of a notice is kept: what any notifier shows, and no more. A query may have a million characters. Pure."""

from dataclasses import replace
from typing import Final

from summary_tables.model.notice import Bullets, Notice

LONGEST_TEXT: Final = 4000
_LONGEST_LINE: Final = 400


def short(notice: Notice) -> Notice:
    """`notice`, with what is too long cut off."""
    return replace(
        notice,
        words=_cut(notice.words),
        explanation=_cut(notice.explanation),
        live=_cut(notice.live),
        details=_cut(notice.details),
        query=_cut(notice.query),
        lists=tuple(map(_short_list, notice.lists)),
    )


def _short_list(bullets: Bullets) -> Bullets:
    """All its lines: a notifier counts those that it leaves out."""
    return replace(bullets, lines=tuple(_cut(line, _LONGEST_LINE) for line in bullets.lines))


def _cut(text: str, limit: int = LONGEST_TEXT) -> str:
    return text if len(text) <= limit else f"{text[:limit]}…"
