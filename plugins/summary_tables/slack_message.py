"""The message about a run, as Slack shows it: a header, why, facts, the query, links.

Links are text, not buttons: on a webhook a button shows a warning triangle.
Limits: https://docs.slack.dev/reference/block-kit/blocks
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from summary_tables.failure import Failure
from summary_tables.run_report import RunReport
from summary_tables.slack_text import bold, code_block, link, mention, mrkdwn, plain, size

Block = dict[str, Any]

HEADER_LIMIT = 150
SECTION_LIMIT = 3000
FIELD_LIMIT = 2000

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
    words = str(run)
    text = " ".join(filter(None, (called, mrkdwn(words, TEXT_LIMIT - _MENTION_LIMIT - 1))))
    return SlackMessage(words=words, text=text, blocks=tuple(_blocks(run, called)))


def _blocks(run: RunReport, called: str) -> Iterator[Block]:
    yield _header(run)
    yield _section(" ".join(filter(None, (called, *_explanation(run)))))
    if details := code_block(run.first.details if run.first else "", SECTION_LIMIT):
        yield _section(details)
    yield from (_section(f"*{title}:*\n{_bullets(lines)}") for title, lines in run.lists if lines)
    yield {"type": "section", "fields": [_mrkdwn(f"*{name}*\n{value}") for name, value in _facts(run)]}
    if query := code_block(run.first.sql if run.first else "", SECTION_LIMIT):
        yield _section(query)
    if links := "  |  ".join(filter(None, _links(run))):
        yield _section(links)
    yield {"type": "context", "elements": [_mrkdwn("  |  ".join(_surroundings(run)))]}


def _explanation(run: RunReport) -> Iterator[str]:
    yield bold(run.explanation, _PART_LIMIT)
    yield mrkdwn(run.first.failing_since if run.first else "", _SINCE_LIMIT)
    yield mrkdwn(run.live, _PART_LIMIT)


def _header(run: RunReport) -> Block:
    words = plain(f"{run.sign} {run.headline}", HEADER_LIMIT)
    return {"type": "header", "text": {"type": "plain_text", "text": words, "emoji": True}}


def _section(text: str) -> Block:
    return {"type": "section", "text": _mrkdwn(text)}


def _mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def _bullets(lines: tuple[str, ...]) -> str:
    bullets = [f"• {mrkdwn(' '.join(line.split()), _OTHER_LIMIT)}" for line in lines]
    budget = SECTION_LIMIT - 100
    shown = [bullet for number, bullet in enumerate(bullets, 1) if size("\n".join(bullets[:number])) <= budget]
    hidden = len(bullets) - len(shown)
    return "\n".join([*shown, _MORE.format(hidden)] if hidden else shown)


def _facts(run: RunReport) -> Iterator[tuple[str, str]]:
    """Names and values of the fields; never none, Slack refuses a section without."""
    room = FIELD_LIMIT - 100
    if run.first:
        yield _what(run.first, room)
    if run.owner.strip():
        yield "Owner", mrkdwn(run.owner, room)
    when = _utc(run.run_at) if run.run_at else mrkdwn(run.run_id, room)
    yield "Run", f"{when}, try {run.try_number} of {run.tries}" if run.try_number else when


def _what(failure: Failure, room: int) -> tuple[str, str]:
    if not failure.check:
        return "Step", f"`{failure.step}`"
    return "Check", mrkdwn(failure.check, room) + _place(failure)


def _place(failure: Failure) -> str:
    """Where the file has the check."""
    if failure.column:
        return f" (below the column {mrkdwn(failure.column, _OTHER_LIMIT)})"
    return "" if failure.check_index is None else f" (no. {failure.check_index + 1} of `{failure.step}`)"


def _links(run: RunReport) -> Iterator[str]:
    yield link(run.log_url, "Open the run" if run.log_is_run else "Open the log")
    yield link(run.config_url, "Open the line in the file" if "#L" in run.config_url else "Open the file")


def _surroundings(run: RunReport) -> Iterator[str]:
    yield f"DAG {mrkdwn(run.dag_id, _CONTEXT_PART_LIMIT)}"
    yield f"run {mrkdwn(run.run_id, _CONTEXT_PART_LIMIT)}"
    if run.environment.strip():
        yield mrkdwn(run.environment, _CONTEXT_PART_LIMIT)
    if run.next_run:
        late = ", at once" if run.next_run.is_late else ""
        yield f"next run {_utc(run.next_run.due)}{late}"


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
