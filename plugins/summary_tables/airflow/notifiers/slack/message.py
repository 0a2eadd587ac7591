"""The message about a run, as Slack shows it: a header, why, facts, the query, links.

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
    fitting,
    link,
    mention,
    mentions,
    mrkdwn,
    plain,
    size,
    words,
)
from summary_tables.model.failure import Failure
from summary_tables.runs.report import RunReport
from summary_tables.text.moments import to_the_minute

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
_MORE = "… and {} more"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackMessage:
    """What is sent. `text` is shown in notifications, and instead of the blocks when Slack refuses those.

    `words` is the same for a log: neither escaped nor cut, without mention.
    """

    words: str
    text: str
    blocks: tuple[Block, ...]


def slack_message(run: RunReport, mentioned: str = "") -> SlackMessage:
    """The message about `run`, within Slack's limits whatever `run` holds.

    `mentioned` is put before the text, e.g. `<!here>`; anything that is not a mention is shown as words.
    """
    called = mention(mentioned, _MENTION_LIMIT)
    said = str(run)
    text = " ".join(filter(None, (called, mrkdwn(said, TEXT_LIMIT - _MENTION_LIMIT - 1))))
    return SlackMessage(words=said, text=text, blocks=tuple(_blocks(run, mentions(mentioned, _MENTION_LIMIT))))


def _blocks(run: RunReport, called: list[Element]) -> Iterator[Block]:
    yield _header(run)
    yield _rich(_section(_joined([called, *_explanation(run)], " ")))
    if details := fitting(run.first.details if run.first else "", SECTION_LIMIT):
        yield _rich(_preformatted(details))
    yield from (_list(title, lines) for title, lines in run.lists if lines)
    yield _rich(_section(_joined(list(_facts(run)), "\n")))
    if query := fitting(run.first.sql if run.first else "", SECTION_LIMIT):
        yield _rich(_preformatted(query))
    if links := _joined(list(_links(run)), "  |  "):
        yield _rich(_section(links))
    yield {"type": "context", "elements": [_plain("  |  ".join(_surroundings(run)))]}


def _explanation(run: RunReport) -> Iterator[list[Element]]:
    yield words(fitting(run.explanation, _PART_LIMIT), bold=True)
    yield words(fitting(run.first.failing_since if run.first else "", _SINCE_LIMIT))
    yield words(fitting(run.live, _PART_LIMIT))


def _header(run: RunReport) -> Block:
    return {"type": "header", "text": _plain(plain(f"{run.sign} {run.headline}", HEADER_LIMIT))}


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


def _facts(run: RunReport) -> Iterator[list[Element]]:
    """Names and values, a line each; never none."""
    if run.first:
        yield _what(run.first)
    if owner := fitting(run.owner, FACT_LIMIT):
        yield [*_name("Owner"), *words(owner)]
    when = to_the_minute(run.run_at) if run.run_at else fitting(run.run_id, FACT_LIMIT)
    yield [*_name("Run"), *words(f"{when}, try {run.try_number} of {run.tries}" if run.try_number else when)]


def _name(text: str) -> list[Element]:
    return [*words(text, bold=True), *words(" ")]


def _what(failure: Failure) -> list[Element]:
    if not failure.check:
        return [*_name("Step"), *words(failure.step, code=True)]
    return [*_name("Check"), *words(fitting(failure.check, FACT_LIMIT)), *_place(failure)]


def _place(failure: Failure) -> list[Element]:
    """Where the file has the check."""
    if failure.column:
        return words(f" (below the column {fitting(failure.column, _OTHER_LIMIT)})")
    if failure.check_index is None:
        return []
    return [*words(f" (no. {failure.check_index + 1} of "), *words(failure.step, code=True), *words(")")]


def _links(run: RunReport) -> Iterator[list[Element]]:
    yield link(run.log_url, "Open the run" if run.log_is_run else "Open the log")
    yield link(run.config_url, "Open the line in the file" if "#L" in run.config_url else "Open the file")


def _surroundings(run: RunReport) -> Iterator[str]:
    yield f"DAG {plain(run.dag_id, _CONTEXT_PART_LIMIT)}"
    yield f"run {plain(run.run_id, _CONTEXT_PART_LIMIT)}"
    if environment := plain(run.environment, _CONTEXT_PART_LIMIT):
        yield environment
    if run.next_run:
        late = ", at once" if run.next_run.is_late else ""
        yield f"next run {to_the_minute(run.next_run.due)}{late}"
