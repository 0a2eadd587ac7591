"""Messages that were held back, as one: the warnings of a day, and what happened in quiet hours. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from summary_tables.model.full_name import full_name
from summary_tables.model.incident import Message
from summary_tables.model.notice import Bullets, Fact, Link, Notice, Piece
from summary_tables.text.english import counted

_MOST_TABLES: Final = 15
_MOST_LINKS: Final = 10
_LONGEST_LIST: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """`message` is told, and says all that `parts` say."""

    message: Message
    parts: tuple[Message, ...]


def bundles(messages: Iterable[Message]) -> tuple[Bundle, ...]:
    """In their order; at a place the warnings of one owner are one message, and what one quiet time held back is."""
    groups: dict[tuple[object, ...], list[Message]] = {}
    for message in messages:
        groups.setdefault(_key(message), []).append(message)
    return tuple(Bundle(message=_together(group), parts=tuple(group)) for group in groups.values())


def _key(message: Message) -> tuple[object, ...]:
    if message.kind == "warning":
        return (message.place.key, "warnings of", message.owner)
    if message.not_before and message.not_before > message.recorded_at and not message.is_repeated:
        return (message.place.key, "held back until", message.not_before)
    return (message.message_id,)


def _together(messages: Sequence[Message]) -> Message:
    """One message alone says more of itself."""
    first = messages[0]
    if len(messages) == 1:
        return first
    notice = _of_warnings(messages) if first.kind == "warning" else _of_quiet_hours(messages)
    called = dict.fromkeys(each.place.mention for each in messages if each.notice.is_urgent and each.place.mention)
    return replace(first, kind="digest", notice=notice, thread="", place=replace(first.place, mention=" ".join(called)))


def _of_warnings(messages: Sequence[Message]) -> Notice:
    by_table = _by_table(messages)
    tables = [(name, tuple(_warned(each))) for name, each in by_table.items()]
    number = sum(len(lines) for _, lines in tables)
    is_one = len(tables) == 1
    headline = f"{counted(number, 'warning')} of {tables[0][0] if is_one else counted(len(tables), 'table')}"
    lives = {message.notice.live for message in messages}
    owner = (Fact(name="Owner", pieces=(Piece(text=messages[0].owner),)),) if messages[0].owner.strip() else ()
    return Notice(
        sign="⚠️",
        headline=headline,
        words=" ".join(
            (f"{headline}.", *(" ".join(lines if is_one else (f"{name}:", *lines)) for name, lines in tables))
        ),
        live=lives.pop() if len(lives) == 1 and is_one else "Readers have the new rows all the same.",
        lists=tuple(_lists(tables)),
        facts=owner,
        links=tuple(_links(messages)),
    )


def _warned(messages: Sequence[Message]) -> Iterator[str]:
    """A sentence for each check: the last one, and how often it warned."""
    said: dict[str, list[str]] = {}
    for message in messages:
        for subject, words in _sentences(message.notice):
            said.setdefault(subject, []).append(words)
    for subject, found in said.items():
        often = f" ({counted(len(found), 'run')})" if len(found) > 1 else ""
        yield f"{subject}: {found[-1]}{often}"


def _sentences(notice: Notice) -> Iterator[tuple[str, str]]:
    yield (notice.facts[0].pieces[0].text if notice.facts else notice.headline), notice.explanation
    for bullets in notice.lists:
        for line in bullets.lines:
            subject, _, words = line.partition(": ")
            yield subject, words


def _of_quiet_hours(messages: Sequence[Message]) -> Notice:
    """A table by its last message: what it was like in between is over."""
    last = {name: each[-1] for name, each in _by_table(messages).items()}
    wrong = [each for each in last.values() if each.kind != "recovery"]
    well = [each for each in last.values() if each.kind == "recovery"]
    parts = [("Still wrong", wrong), ("Over again", well)]
    lists = [
        Bullets(title=title, lines=_cut([_line(each.notice) for each in found])) for title, found in parts if found
    ]
    said = " and ".join(
        f"{counted(len(found), 'table')} {words}" for found, words in ((wrong, "wrong"), (well, "well again")) if found
    )
    return Notice(
        sign="❌" if wrong else "✅",
        headline=f"In quiet hours: {said}",
        words=" ".join((f"In quiet hours: {said}.", *(each.notice.words for each in (*wrong, *well)))),
        lists=tuple(lists),
        links=tuple(_links([*wrong, *well])),
        is_urgent=any(each.notice.is_urgent for each in wrong),
    )


def _line(notice: Notice) -> str:
    headline = " ".join(notice.headline.split())
    return " ".join(filter(None, (f"{headline}.", notice.explanation, notice.since)))


def _by_table(messages: Sequence[Message]) -> dict[str, list[Message]]:
    found: dict[str, list[Message]] = {}
    for message in messages:
        found.setdefault(full_name(message.schema, message.table), []).append(message)
    return found


def _lists(tables: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[Bullets]:
    for name, lines in tables[:_MOST_TABLES]:
        yield Bullets(title=name, lines=lines)
    if more := tables[_MOST_TABLES:]:
        yield Bullets(title=f"And {counted(len(more), 'table')} more", lines=_cut([name for name, _ in more]))


def _cut(lines: Sequence[str]) -> tuple[str, ...]:
    hidden = len(lines) - _LONGEST_LIST
    return (*lines[:_LONGEST_LIST], f"… and {hidden} more") if hidden > 0 else tuple(lines)


def _links(messages: Sequence[Message]) -> Iterator[Link]:
    """To the newest log of each table."""
    for name, each in list(_by_table(messages).items())[:_MOST_LINKS]:
        url = next((link.url for link in each[-1].notice.links if link.url), "")
        if url:
            yield Link(url=url, label=name)
