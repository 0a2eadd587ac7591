"""Text as Slack wants it: escaped, without what its parser trips over, and cut visibly where it would be too long.

Sizes are counted in UTF-16 units, as Slack's servers do; that is never less than Python's `len`.
Rules: https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from collections.abc import Mapping
from itertools import accumulate
from urllib.parse import quote

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_MENTION = r"<(?:!(?:here|channel|everyone)|@[UW][A-Z0-9]+|!subteam\^S[A-Z0-9]+)>"
_MENTIONS = re.compile(rf"{_MENTION}(?: {_MENTION})*")
_FENCE = "```"
_URL_LIMIT = 1000


def size(text: str) -> int:
    """How long Slack thinks that `text` is."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(text: str, limit: int) -> str:
    """`text` for a `plain_text` object, on one line."""
    return _fit(" ".join(text.split()), limit, {})


def mrkdwn(text: str, limit: int) -> str:
    """`text` for a `mrkdwn` object; what people or databases wrote cannot become a link or a mention."""
    return _fit(text.strip(), limit, _ESCAPES)


def bold(text: str, limit: int) -> str:
    """`text` in bold. Slack cannot show stars or line breaks in bold: such a text stays as it is."""
    if not text.strip() or "*" in text or "\n" in text.strip():
        return mrkdwn(text, limit)
    return f"*{mrkdwn(text, limit - 2)}*"


def code_block(text: str, limit: int) -> str:
    """`text` between fences that nothing in it can close; empty for an empty text."""
    body = re.sub("`{3,}", lambda ticks: "\u200b".join(ticks[0]), text.strip())
    frame = f"{_FENCE}\n{{}}\n{_FENCE}"
    return frame.format(_fit(body, limit - size(frame) + 2, _ESCAPES)) if body else ""


def link(url: str, label: str) -> str:
    """`<url|label>`; empty when `url` is no web address or too long to be one."""
    safe = quote(url, safe="%/:=&?~#+!$,;'@()*[]", errors="replace").replace("&", "&amp;")
    if not re.match("https?://.", url) or len(safe) > _URL_LIMIT:
        return ""
    return f"<{safe}|{label}>"


def mention(text: str, limit: int) -> str:
    """`text` as it is when it is made of mentions only, such as `<!here>` or `<@U123>`; otherwise as plain words."""
    words = text.strip()
    return words if _MENTIONS.fullmatch(words) and size(words) <= limit else mrkdwn(words, limit)


def _fit(text: str, limit: int, escapes: Mapping[str, str]) -> str:
    """Cuts between characters, never inside an escape. Every character is one unit at least."""
    clean = _UNREADABLE.sub("\ufffd", text[: limit + 1])
    pieces = [escapes.get(character, character) for character in clean]
    ends = list(accumulate(map(size, pieces)))
    if not ends or ends[-1] <= limit:
        return "".join(pieces)
    return "".join(piece for piece, end in zip(pieces, ends, strict=True) if end < limit) + "…"
