"""A notice as a title and a body: the words that Slack shows, for services that know nothing of its blocks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from summary_tables.airflow.notifiers.apprise.styles import Style, readable, safe_url
from summary_tables.model.notice import Bullets, Fact, Notice

TITLE_LIMIT: Final = 150
_SHORT: Final = 600
_FEW: Final = 5
_MOST_LINES: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What is sent."""

    title: str
    body: str


def letter(notice: Notice, style: Style, limit: int) -> Letter:
    """The notice in at most `limit` characters: where it is too long, with less of the query and of tables.

    Where a service has no room even for the rest, it gets the sentence that matters most.
    """
    title = _cut(" ".join(readable(f"{notice.sign} {notice.headline}").split()), TITLE_LIMIT)
    bodies = (_body(each, style) for each in _shorter(notice))
    room = limit - len(title) - 1
    fitting = (body for body in bodies if len(body) <= room)
    return Letter(title=title, body=next(fitting, style.words(_cut(notice.words, max(room // 6, 1)))))


def _shorter(notice: Notice) -> Iterator[Notice]:
    yield notice
    brief = replace(notice, query=_cut(notice.query, _SHORT), details=_cut(notice.details, 2 * _SHORT))
    yield brief
    yield replace(brief, query="", lists=tuple(map(_few, notice.lists)))
    yield replace(brief, query="", details="", lists=(), explanation=_cut(notice.explanation, _SHORT))
    yield replace(brief, query="", details="", lists=(), facts=(), explanation=_cut(notice.explanation, _SHORT))


def _few(bullets: Bullets) -> Bullets:
    return replace(bullets, lines=_with_more(bullets.lines, _FEW))


def _body(notice: Notice, style: Style) -> str:
    return style.document([part for part in _parts(notice, style) if part])


def _parts(notice: Notice, style: Style) -> Iterator[str]:
    said = (style.bold(notice.explanation), *map(style.words, (notice.since, notice.live)))
    if any(said):
        yield style.lines([" ".join(filter(None, said))])
    if notice.details:
        yield style.block(notice.details)
    for each in notice.lists:
        yield style.lines([style.bold(f"{each.title}:")])
        yield style.bullets(_with_more(each.lines, _MOST_LINES))
    if facts := [fact for each in notice.facts if (fact := _fact(each, style))]:
        yield style.lines(facts)
    if notice.query:
        yield style.block(notice.query)
    if links := [style.link(url, each.label) for each in notice.links if (url := safe_url(each.url))]:
        yield style.lines(links)
    if context := "  |  ".join(" ".join(part.split()) for part in notice.context):
        yield style.lines([style.words(context)])


def _fact(fact: Fact, style: Style) -> str:
    pieces = [(style.code if piece.is_code else style.words)(piece.text) for piece in fact.pieces if piece.text]
    return f"{style.bold(f'{fact.name}:')} {''.join(pieces)}" if pieces else ""


def _with_more(lines: tuple[str, ...], most: int) -> tuple[str, ...]:
    hidden = len(lines) - most
    return (*lines[:most], f"… and {hidden} more") if hidden > 0 else lines


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
