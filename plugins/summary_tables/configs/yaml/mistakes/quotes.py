"""Quotes that are never closed, and quotes inside quotes."""

import re
from collections.abc import Iterator

from summary_tables.configs.yaml.mistakes.broken_text import BrokenText, Entry
from summary_tables.configs.yaml.mistakes.suspicion import Suspicion
from summary_tables.configs.yaml.quoting import quoted
from summary_tables.model.problem import Place
from summary_tables.text.quoting import in_single_quotes

_CLOSED = {'"': re.compile(r'"(?:[^"\\]|\\.)*"'), "'": re.compile(r"'(?:[^']|'')*'")}
_MOST_ENTRIES = 12
"""Of the entries above the mistake so many are suspected of an open quote."""


def on_one_line(broken: BrokenText) -> Iterator[Suspicion]:
    """`'it's fine'`, `"a"b"`, `"MAU" per month`, `'it's`."""
    for entry in broken.entries_near():
        closed = _CLOSED[entry.value[0]].match(entry.value) if entry.value[:1] in _CLOSED else None
        if closed and closed.end() < len(entry.value):
            yield _text_behind_quotes(entry, closed[0])


def _text_behind_quotes(entry: Entry, closed: str) -> Suspicion:
    value, quote = entry.value, entry.value[0]
    if value[-1] == quote:
        inner = value[1:-1]
        fixed = f"'{inner.replace(chr(39), chr(39) * 2)}'" if quote == "'" or "\\" not in inner else quoted(inner)
        fix = f"write {fixed}"
        message = _INSIDE if quote == "'" else 'a " stands inside a text in double quotes, which it closes'
    elif value[len(closed)].isalnum():
        fixed = quoted(value[1:])
        message = f"the quote opened on line {entry.line + 1} is never closed"
        fix = f"write {fixed}"
    else:
        fixed = quoted(value)
        message = f"text stands after the closing {quote}; a value is in quotes as a whole or not at all"
        fix = f"write {fixed}"
    return Suspicion(place=entry.value_place, message=message, fix=fix, edit=entry.edit(fixed))


_INSIDE = "a ' inside a text in single quotes closes it; inside it is written twice"


def never_closed(broken: BrokenText) -> Iterator[Suspicion]:
    """The quote may have been closed by the next one, many lines below."""
    lines = range(min(broken.at[0], len(broken.lines) - 1), -1, -1)
    entries = (entry for line in lines if line not in broken.blocks and (entry := broken.entry(line)))
    opened = [entry for entry in entries if _is_open(entry.value)]
    for entry in opened[-_MOST_ENTRIES:][::-1] if len(opened) <= _MOST_ENTRIES else opened[:_MOST_ENTRIES]:
        other = "'" if entry.value[0] == '"' else '"'
        fixed = quoted(entry.value[1:].removesuffix(other))
        yield Suspicion(
            place=Place(entry.line + 1, entry.value_column + 1, len(entry.value)),
            message=f"the quote opened on line {entry.line + 1} is never closed",
            fix=f"write {fixed}",
            edit=entry.edit(fixed),
        )


def open_to_the_end(broken: BrokenText) -> Iterator[Suspicion]:
    """A quote inside brackets, such as `[growth, 'weekly]`."""
    if broken.words == "found unexpected end of stream" and broken.context:
        line, column = broken.context
        yield Suspicion(
            place=Place(line + 1, column + 1, max(len(broken.line(line)[column:].rstrip()), 1)),
            message=f"the quote opened on line {line + 1} is never closed",
            fix=f"write a second {broken.line(line)[column : column + 1]} where the text ends",
        )


def _is_open(value: str) -> bool:
    return value[:1] in _CLOSED and not _CLOSED[value[0]].match(value)


def escapes(broken: BrokenText) -> Iterator[Suspicion]:
    """`"C:\\data"`: a backslash in double quotes begins an escape, and few letters may follow it."""
    if "escape" not in broken.words:
        return
    for entry in broken.entries_near():
        if entry.value.startswith('"') and entry.value.endswith('"') and len(entry.value) > 1:
            fixed = in_single_quotes(entry.value[1:-1])
            written = broken.line(broken.at[0])[broken.at[1] : broken.at[1] + 2]
            yield Suspicion(
                place=Place(broken.at[0] + 1, broken.at[1] + 1, 2),
                message=f"`{written}` means nothing in double quotes, where a backslash begins an escape",
                fix=f"write {fixed}, in which a backslash is a backslash",
                edit=entry.edit(fixed),
            )
