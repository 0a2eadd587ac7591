"""A notice as Slack shows it: a header, why, facts, the query, links.

All of it is rich or plain text, in which what people and databases wrote stays as it is: no `*`, `<!here>` or `:x:` in
a name means anything. Links are text, not buttons: on a webhook a button shows a warning triangle.
Limits: https://docs.slack.dev/reference/block-kit/blocks
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from summary_tables.airflow.notifiers.slack.text import (
    Element,
    cut,
    fitting,
    link,
    mention,
    mentions,
    mrkdwn,
    plain,
    size,
    words,
)
from summary_tables.model.notice import Fact, Notice

Block = dict[str, Any]

HEADER_LIMIT = 150
SECTION_LIMIT = 3000
FACT_LIMIT = 850

# Slack takes 40,000 characters but recommends 4,000 for `text`.
TEXT_LIMIT = 3000

_MENTION_LIMIT = 200
_PART_LIMIT = 1350
_SINCE_LIMIT = 90
_OTHER_LIMIT = 300
_CONTEXT_PART_LIMIT = 500
_MOST_LISTS = 20
_MOST_FACTS = 10
_BESIDE_FACTS = 450
_MOST_LINKS = 10
_MOST_CONTEXT = 5
_MORE = "… and {} more"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackMessage:
    """What is sent. `text` is shown in notifications, and instead of the blocks when Slack refuses those.

    `words` is the same for a log: neither escaped nor cut, without mention.
    """

    words: str
    text: str
    blocks: tuple[Block, ...]


def slack_message(notice: Notice, mentioned: str = "") -> SlackMessage:
    """The message that lays out `notice`, within Slack's limits whatever it holds.

    `mentioned` is put before the text, e.g. `<!here>`; anything that is not a mention is shown as words.
    """
    called = mention(mentioned, _MENTION_LIMIT)
    text = " ".join(filter(None, (called, mrkdwn(notice.words, TEXT_LIMIT - _MENTION_LIMIT - 1))))
    blocks = tuple(_blocks(notice, mentions(mentioned, _MENTION_LIMIT)))
    return SlackMessage(words=notice.words, text=text, blocks=blocks)


def _blocks(notice: Notice, called: list[Element]) -> Iterator[Block]:
    yield _header(notice)
    if said := _joined([called, *_explanation(notice)], " "):
        yield _rich(_section(said))
    if details := fitting(notice.details, SECTION_LIMIT):
        yield _rich(_preformatted(details))
    yield from (_list(each.title, each.lines) for each in notice.lists[:_MOST_LISTS])
    if facts := _facts(notice.facts[:_MOST_FACTS]):
        yield _rich(_section(facts))
    if query := fitting(notice.query, SECTION_LIMIT):
        yield _rich(_preformatted(query))
    if links := _joined([link(each.url, each.label) for each in notice.links[:_MOST_LINKS]], "  |  "):
        yield _rich(_section(links))
    if context := "  |  ".join(plain(part, _CONTEXT_PART_LIMIT) for part in notice.context[:_MOST_CONTEXT]):
        yield {"type": "context", "elements": [_plain(context)]}


def _explanation(notice: Notice) -> Iterator[list[Element]]:
    yield words(fitting(notice.explanation, _PART_LIMIT), bold=True)
    yield words(fitting(notice.since, _SINCE_LIMIT))
    yield words(fitting(notice.live, _PART_LIMIT))


def _header(notice: Notice) -> Block:
    return {"type": "header", "text": _plain(plain(f"{notice.sign} {notice.headline}", HEADER_LIMIT))}


def _plain(text: str) -> Block:
    """Without `emoji: False`, `:x:` in a name would be one."""
    return {"type": "plain_text", "text": text, "emoji": False}


def _rich(*parts: Block) -> Block:
    return {"type": "rich_text", "elements": list(parts)}


def _section(elements: list[Element]) -> Block:
    return {"type": "rich_text_section", "elements": elements}


def _preformatted(text: str) -> Block:
    return {"type": "rich_text_preformatted", "elements": words(text)}


def _joined(parts: Sequence[list[Element]], between: str) -> list[Element]:
    """The parts that are not empty."""
    joined: list[Element] = []
    for part in parts:
        joined += [*(words(between) if joined and part else ()), *part]
    return joined


def _list(title: str, lines: tuple[str, ...]) -> Block:
    items = [plain(line, _OTHER_LIMIT) for line in lines]
    ends = accumulate(size(item) + 3 for item in items)
    shown = [item for item, end in zip(items, ends, strict=True) if end <= SECTION_LIMIT - 100]
    hidden = len(items) - len(shown)
    last = [_MORE.format(hidden)] if hidden else []
    bullets = [_section(words(item)) for item in (*shown, *last) if item]
    heading = _section(words(f"{title}:", bold=True))
    bulleted = [{"type": "rich_text_list", "style": "bullet", "elements": bullets}] if bullets else []
    return _rich(heading, *bulleted)


def _facts(facts: Sequence[Fact]) -> list[Element]:
    """A line each; many get less room each."""
    limit = min(FACT_LIMIT, (SECTION_LIMIT - _BESIDE_FACTS) // max(len(facts), 1))
    return _joined([_fact(fact, limit) for fact in facts], "\n")


def _fact(fact: Fact, limit: int) -> list[Element]:
    """A name and its value; what is said beside that follows."""
    value, *beside = fact.pieces
    elements = words(fitting(value.text, limit), code=value.is_code)
    for piece in beside:
        elements += words(cut(piece.text, _OTHER_LIMIT), code=piece.is_code)
    return [*words(fact.name, bold=True), *words(" "), *elements] if elements else []
