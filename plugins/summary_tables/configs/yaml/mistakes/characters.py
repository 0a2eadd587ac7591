"""Characters that look right and are not: tabs, invisible ones, full-width colons, curly quotes."""

import re
from collections.abc import Iterator

from summary_tables.configs.yaml.mistakes.broken_text import BrokenText, spaces
from summary_tables.configs.yaml.mistakes.suspicion import Suspicion
from summary_tables.configs.yaml.places import place_at
from summary_tables.configs.yaml.quoting import quoted
from summary_tables.model.problem import Edit, Place
from summary_tables.text.lookalikes import CURLY_QUOTES, INVISIBLE, described, without

_TAB_INDENT = re.compile(r" *\t[ \t]*")
_WIDE_COLON = re.compile(
    r"(?P<before> *(?:- +)*)(?P<key>[^\W\d]\w*) *(?P<colon>[\uff1a\ufe55\u2236])[ \u3000]*(?P<value>.*)"
)


def tabs(broken: BrokenText) -> Iterator[Suspicion]:
    """Tabs that indent: all lines of one piece are fixed together."""
    first = _indented_by_tab(broken)
    if first is None:
        return
    last = first
    for number in range(first + 1, len(broken.lines)):
        if _TAB_INDENT.match(broken.line(number)):
            last = number
        elif broken.line(number):
            break
    for width in (2, 4, 1, 3, 8):
        yield Suspicion(
            place=Place(first + 1, broken.line(first).index("\t") + 1),
            message=_TAB_MESSAGE,
            fix=f"write {spaces(width)} for the tab" + ("" if first == last else ", and for those on the lines below"),
            edit=_with_spaces(broken, first, last, width),
        )


def any_tab(broken: BrokenText) -> Iterator[Suspicion]:
    """A tab in the indentation where no number of spaces for it helps."""
    line = _indented_by_tab(broken)
    if line is not None:
        place = Place(line + 1, broken.line(line).index("\t") + 1)
        yield Suspicion(place=place, message=_TAB_MESSAGE, fix="write spaces for the tab")


def _indented_by_tab(broken: BrokenText) -> int | None:
    lines = [line for line in (broken.at[0], broken.before(broken.at[0])) if line is not None]
    return next((line for line in lines if _TAB_INDENT.match(broken.line(line))), None)


_TAB_MESSAGE = "a tab stands here; YAML is indented with spaces"


def _with_spaces(broken: BrokenText, first: int, last: int, width: int) -> Edit:
    start, end = broken.start(first), broken.start(last) + len(broken.line(last))
    pattern = re.compile(r"^[ \t]+", re.MULTILINE)
    fixed = pattern.sub(lambda found: found[0].replace("\t", " " * width), broken.text[start:end])
    return Edit(start=start, end=end, text=fixed)


def tab_behind_colon(broken: BrokenText) -> Iterator[Suspicion]:
    for number in broken.near:
        line = broken.line(number)
        if found := re.search(r"[:-](\t[ \t]*)", line):
            start = broken.start(number) + found.start(1)
            yield Suspicion(
                place=Place(number + 1, found.start(1) + 1, len(found[1])),
                message="a tab stands here; YAML wants a space after `:` and `-`",
                fix="write a space for the tab",
                edit=Edit(start=start, end=start + len(found[1]), text=" "),
            )


def invisible(broken: BrokenText) -> Iterator[Suspicion]:
    for number in broken.near:
        line = broken.line(number)
        if found := INVISIBLE.search(line):
            yield Suspicion(
                place=Place(number + 1, found.start() + 1),
                message=f"{described(found[0])} stands here; YAML takes it for a letter",
                fix="write an ordinary space, or none",
                edit=broken.edit_of_line(number, without(line)),
            )


def foreign_line_ends(broken: BrokenText) -> Iterator[Suspicion]:
    """Signs that end a line for YAML and not for most editors."""
    before = broken.text[: broken.start(min(broken.at[0], len(broken.lines) - 1))]
    index = max(before.rfind(sign) for sign in "\x85\u2028\u2029")
    if index >= 0:
        yield Suspicion(
            place=place_at(broken.text, index),
            message=f"{described(broken.text[index])} stands here; YAML takes it for the end of a line",
            fix="write an ordinary space, or none",
            edit=Edit(start=index, end=index + 1, text=" "),
        )


def wide_colons(broken: BrokenText) -> Iterator[Suspicion]:
    for number in broken.near:
        if found := _WIDE_COLON.fullmatch(broken.line(number)):
            fixed = f"{found['key']}: {found['value']}".rstrip()
            yield Suspicion(
                place=Place(number + 1, found.start("colon") + 1),
                message=f"`{found['colon']}` is a full-width colon; YAML knows only the ordinary one",
                fix=f"write `{fixed}`",
                edit=broken.edit_of_line(number, found["before"] + fixed),
            )


def curly_quotes(broken: BrokenText) -> Iterator[Suspicion]:
    for entry in broken.entries_near():
        value = entry.value
        if len(value) > 1 and value[0] in CURLY_QUOTES and value[-1] in CURLY_QUOTES:
            fixed = quoted(value[1:-1])
            yield Suspicion(
                place=entry.value_place,
                message=f"`{value[0]}` is a curly quote; YAML knows only straight ones",
                fix=f"write {fixed}",
                edit=entry.edit(fixed),
            )
