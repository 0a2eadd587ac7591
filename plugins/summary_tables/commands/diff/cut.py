"""A text of several parts, made to fit what GitHub takes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from summary_tables.text.english import counted, listed

COMMENT_LIMIT = 65_536
"""Characters of a comment; GitHub refuses a longer one."""

MIN_LIMIT = 20_000
"""What is never left out fits into this."""

_NAMED = 5
_NOTICE_ROOM = 1_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of Markdown that is left out whole or not at all; `details` goes first. `name` is what it is about, as
    Markdown; a part without name always stays.
    """

    text: str
    details: str = ""
    name: str = ""


def fitted(parts: Sequence[Part], limit: int, advice: str) -> str:
    """The parts, an empty line between them; where they are longer than `limit` characters, what fits.

    The longest details go first, then parts, the last one first. What is missing is said at the end, with `advice` on
    where to read it. `limit` 0: everything. Parts without name must fit, and `MIN_LIMIT` be kept.
    """
    whole = _joined(parts)
    if not limit or length(whole) <= limit:
        return whole
    room = limit - _NOTICE_ROOM - length(advice)
    shorter = _without_details(parts, room)
    kept = _without_parts(shorter, room)
    folded = sum(bool(old.details and not new.details) for old, new in zip(parts, shorter, strict=True))
    left = {part.name for part in kept}
    missing = [part.name for part in parts if part.name not in left]
    return _joined([*kept, _notice(limit, folded, missing, advice)])


def length(text: str) -> int:
    """As GitHub counts: characters beyond U+FFFF are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _without_details(parts: Sequence[Part], room: int) -> list[Part]:
    kept = list(parts)
    excess = length(_joined(kept)) - room
    for index in sorted(range(len(kept)), key=lambda index: -len(kept[index].details)):
        if excess > 0 and kept[index].details:
            excess -= length(kept[index].details) + 2
            kept[index] = replace(kept[index], details="")
    return kept


def _without_parts(parts: Sequence[Part], room: int) -> list[Part]:
    excess = length(_joined(parts)) - room
    kept: list[Part] = []
    for part in reversed(parts):
        if excess > 0 and part.name:
            excess -= length(_joined([part])) + 1
        else:
            kept.insert(0, part)
    return kept


def _joined(parts: Sequence[Part]) -> str:
    return "\n\n".join(text for part in parts for text in (part.text, part.details) if text) + "\n"


def _notice(limit: int, folded: int, missing: Sequence[str], advice: str) -> Part:
    what = [f"the folded parts of {counted(folded, 'section')}"] if folded else []
    if missing:
        rest = [f"{len(missing) - _NAMED:,} more"] if len(missing) > _NAMED else []
        what.append(f"all of {listed([*missing[:_NAMED], *rest])}")
    return Part(text=f"**Cut to {limit:,} characters.** Left out: {'; '.join(what)}. {advice}")
