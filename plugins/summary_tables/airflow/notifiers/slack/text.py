"""Text as Slack shows it word for word: as elements of rich text, in which nothing is a sign, and cut where it is long.

Sizes are counted in UTF-16 units, as Slack's servers do; that is never less than Python's `len`.
Rules: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

import re
from collections.abc import Mapping
from itertools import accumulate
from typing import Any
from urllib.parse import quote

Element = dict[str, Any]

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_EMOJI_CODE = re.compile(r":(?=(?:[+-]1|[0-9_'+-]*[a-z][a-z0-9_'+-]*):)")
_MENTION = re.compile(r"<(?:!(here|channel|everyone)|@([UW][A-Z0-9]+)|!subteam\^(S[A-Z0-9]+))>")
_MENTIONS = re.compile(rf"{_MENTION.pattern}(?: {_MENTION.pattern})*")
_URL_LIMIT = 1000


def size(text: str) -> int:
    """How long Slack thinks that `text` is."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(text: str, limit: int) -> str:
    """`text` on one line, for where nothing is a sign."""
    return fitting(" ".join(text.split()), limit)


def fitting(text: str, limit: int) -> str:
    """`text` for where nothing is a sign."""
    return _fit(text.strip(), limit, {})


def cut(text: str, limit: int) -> str:
    """The same with the spaces around it."""
    return _fit(text, limit, {})


def mrkdwn(text: str, limit: int) -> str:
    """`text` for the notification, which has no rich text: nothing in it is a link, a mention or an emoji's code."""
    return _fit(_EMOJI_CODE.sub(":\u2060", text.strip()), limit, _ESCAPES)


def words(text: str, *, bold: bool = False, code: bool = False) -> list[Element]:
    """`text` as it is; nothing of an empty one, which Slack refuses."""
    style = {name: True for name, wanted in (("bold", bold), ("code", code)) if wanted}
    return [{"type": "text", "text": text, **({"style": style} if style else {})}] if text else []


def link(url: str, label: str) -> list[Element]:
    """`label` that leads to `url`; nothing when `url` is no web address or too long to be one."""
    safe = quote(url, safe="%/:=&?~#+!$,;'@()*[]", errors="replace")
    if not re.match("https?://.", url) or len(safe) > _URL_LIMIT:
        return []
    return [{"type": "link", "url": safe, "text": label}]


def mention(text: str, limit: int) -> str:
    """For the notification: `text` as it is when it is made of mentions only, such as `<!here>`; otherwise as words."""
    stripped = text.strip()
    return stripped if _is_mention(stripped, limit) else mrkdwn(stripped, limit)


def mentions(text: str, limit: int) -> list[Element]:
    """The same as rich text."""
    stripped = text.strip()
    if not _is_mention(stripped, limit):
        return words(fitting(stripped, limit))
    elements = [_mentioned(*found.groups()) for found in _MENTION.finditer(stripped)]
    return [part for element in elements for part in (*words(" "), element)][1:]


def _is_mention(text: str, limit: int) -> bool:
    return bool(_MENTIONS.fullmatch(text)) and size(text) <= limit


def _mentioned(everybody: str | None, user: str | None, group: str | None) -> Element:
    if everybody:
        return {"type": "broadcast", "range": everybody}
    return {"type": "user", "user_id": user} if user else {"type": "usergroup", "usergroup_id": group}


def _fit(text: str, limit: int, escapes: Mapping[str, str]) -> str:
    """Cuts between characters, never inside an escape. Every character is one unit at least."""
    clean = _UNREADABLE.sub("\ufffd", text[: limit + 1])
    pieces = [escapes.get(character, character) for character in clean]
    ends = list(accumulate(map(size, pieces)))
    if not ends or ends[-1] <= limit:
        return "".join(pieces)
    return "".join(piece for piece, end in zip(pieces, ends, strict=True) if end < limit) + "…"
