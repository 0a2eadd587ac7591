"""How text becomes plain text, Markdown or HTML, in which what people and databases wrote means nothing but itself."""

import re
from collections.abc import Sequence
from html import escape
from typing import Final, Protocol
from urllib.parse import quote

_UNREADABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_CALLS: Final = re.compile(r"@(?=everyone|here|channel|all\b)", re.IGNORECASE)
_SIGNS: Final = re.compile(r"[\\`*_\[\]<>~]|\|(?=\|)|&(?=#?\w+;)|(?m:^\s*)(?:#|[-+](?=\s)|\d+(?=[.)]\s))")
_FENCE: Final = re.compile("`{3,}")
_LONGEST_URL: Final = 1000


class Style(Protocol):
    """Each takes text as people wrote it, but for `lines` and `document`, which take what the others made."""

    name: str

    def words(self, text: str) -> str: ...
    def bold(self, text: str) -> str: ...
    def code(self, text: str) -> str: ...
    def link(self, url: str, label: str) -> str: ...
    def block(self, text: str) -> str: ...
    def bullets(self, lines: Sequence[str]) -> str: ...
    def lines(self, lines: Sequence[str]) -> str: ...
    def document(self, parts: Sequence[str]) -> str: ...


def readable(text: str) -> str:
    """Without what no service shows, and so that nobody is called by a name in it."""
    return _CALLS.sub("@\u2060", _UNREADABLE.sub("\ufffd", text))


def safe_url(url: str) -> str:
    """Empty for what is no web address, or too long for one."""
    safe = quote(url, safe="%/:=&?~#+!$,;@*", errors="replace")
    return safe if re.match("https?://.", url) and len(safe) <= _LONGEST_URL else ""


def _escaped(sign: re.Match[str]) -> str:
    """A number that begins a list is no sign: the dot behind it is."""
    return f"{sign[0]}\\" if sign[0].strip().isdigit() else f"\\{sign[0].strip()}"


class Text:
    """Plain text."""

    name = "text"

    def words(self, text: str) -> str:
        return readable(text)

    bold = words
    code = words

    def link(self, url: str, label: str) -> str:
        return f"{label}: {url}"

    def block(self, text: str) -> str:
        return readable(text)

    def bullets(self, lines: Sequence[str]) -> str:
        return "\n".join(f"- {readable(line)}" for line in lines)

    def lines(self, lines: Sequence[str]) -> str:
        return "\n".join(lines)

    def document(self, parts: Sequence[str]) -> str:
        return "\n\n".join(parts)


class Markdown:
    """As Teams and Discord read it."""

    name = "markdown"

    def words(self, text: str) -> str:
        return _SIGNS.sub(_escaped, readable(text))

    def bold(self, text: str) -> str:
        inner = self.words(text.strip())
        return f"**{inner}**" if inner else ""

    def code(self, text: str) -> str:
        return f"`{readable(text).replace('`', chr(39))}`" if text else ""

    def link(self, url: str, label: str) -> str:
        return f"[{self.words(label)}]({url})"

    def block(self, text: str) -> str:
        shown = _FENCE.sub("''", readable(text))
        return f"```\n{shown}\n```"

    def bullets(self, lines: Sequence[str]) -> str:
        return "\n".join(f"- {self.words(line)}" for line in lines)

    def lines(self, lines: Sequence[str]) -> str:
        # Two blanks at the end of a line keep it one.
        return "  \n".join(lines)

    def document(self, parts: Sequence[str]) -> str:
        return "\n\n".join(parts)


class Html:
    """As mail programs read it: no style that one of them does not know."""

    name = "html"

    def words(self, text: str) -> str:
        return escape(readable(text))

    def bold(self, text: str) -> str:
        return f"<b>{self.words(text)}</b>" if text else ""

    def code(self, text: str) -> str:
        return f"<code>{self.words(text)}</code>" if text else ""

    def link(self, url: str, label: str) -> str:
        return f'<a href="{escape(url)}">{self.words(label)}</a>'

    def block(self, text: str) -> str:
        return f"<pre>{self.words(text)}</pre>"

    def bullets(self, lines: Sequence[str]) -> str:
        return f"<ul>{''.join(f'<li>{self.words(line)}</li>' for line in lines)}</ul>"

    def lines(self, lines: Sequence[str]) -> str:
        return f"<p>{'<br>'.join(lines)}</p>"

    def document(self, parts: Sequence[str]) -> str:
        return "\n".join(parts)


TEXT: Final = Text()
MARKDOWN: Final = Markdown()
HTML: Final = Html()
STYLES: Final[dict[str, Style]] = {style.name: style for style in (TEXT, MARKDOWN, HTML)}
