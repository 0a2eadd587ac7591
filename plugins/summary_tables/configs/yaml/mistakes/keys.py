"""Keys without their colon, colons without their space, list items whose dash is none."""

import re
from collections.abc import Iterator

from summary_tables.configs.schema_files import known_keys
from summary_tables.configs.synonyms import OPERATOR_WORDS, SIGNS
from summary_tables.configs.yaml.mistakes.broken_text import BrokenText, Entry, indent_of
from summary_tables.configs.yaml.mistakes.suspicion import Suspicion
from summary_tables.model.problem import Edit, Place
from summary_tables.text.spelling import nearest

_BULLET = re.compile(
    r"(?P<indent> *)(?P<bullet>[-\u2022\u2013\u2014\u00b7\u2023*]|->)(?P<gap> *)(?P<rest>[A-Za-z_]\w* *:(?: .*)?)"
)
_NO_SPACE = re.compile(r"(?P<before> *(?:- +)*)(?P<key>[A-Za-z_]\w*):(?P<value>[^\s:].*)")
_NO_COLON = re.compile(r"(?P<before> *(?:- +)*)(?P<key>[A-Za-z_]\w*)(?P<gap> *:?= *|[ \t]+|$)(?P<value>.*)")
_COMPARED = re.compile(
    rf"(?P<before> *(?:- +)*)count *(?P<sign>{'|'.join(sorted(map(re.escape, SIGNS), key=len, reverse=True))}) *"
    r"(?P<number>-?[0-9]+(?:\.[0-9]+)?) *"
)
_CHECK_AS_TEXT = re.compile(r"(?P<before> *- +)(?P<query>(?:select|with)\b.*)", re.IGNORECASE)
_SQL_WORDS = frozenset({"select", "count", "name", "unique"})
"""Keys that can begin a line of SQL as well."""


def bullets(broken: BrokenText) -> Iterator[Suspicion]:
    """`-sql:`, or a dot or a long dash for the dash."""
    for number in broken.near:
        found = _BULLET.fullmatch(broken.line(number))
        if not found or (found["bullet"] == "-" and found["gap"]):
            continue
        bullet = found["bullet"]
        message = (
            "a space is missing after the dash of this list item"
            if bullet == "-"
            else f"`{bullet}` is no list item to YAML; a list item begins with an ordinary dash and a space"
        )
        fixed = f"- {found['rest']}"
        place = Place(number + 1, found.start("bullet") + 1, max(len(bullet + found["gap"]), 1))
        line = broken.edit_of_line(number, found["indent"] + fixed)
        for edit in (line, _with_lines_below(broken, number, line)):
            yield Suspicion(place=place, message=message, fix=f"write `{fixed}`", edit=edit)


def _with_lines_below(broken: BrokenText, number: int, edit: Edit, by: int = 1) -> Edit:
    """The lines that belong to the item move with it."""
    last = number
    while broken.line(last + 1).strip() and indent_of(broken.line(last + 1)) > indent_of(broken.line(number)):
        last += 1
    below = "".join(f"\n{' ' * by}{broken.line(at)}" for at in range(number + 1, last + 1))
    return Edit(start=edit.start, end=broken.start(last) + len(broken.line(last)), text=edit.text + below)


def no_space(broken: BrokenText) -> Iterator[Suspicion]:
    for number in broken.near:
        found = _NO_SPACE.fullmatch(broken.line(number))
        if found and (found["key"].lower() in known_keys() or not found["value"].startswith("//")):
            fixed = f"{found['key']}: {found['value']}"
            yield Suspicion(
                place=Place(number + 1, found.end("key") + 1),
                message=f"a space is missing after the colon of `{found['key']}`",
                fix=f"write `{fixed}`",
                edit=broken.edit_of_line(number, found["before"] + fixed),
            )


def check_as_text(broken: BrokenText) -> Iterator[Suspicion]:
    """`- SELECT ...`."""
    for number in broken.near:
        if found := _CHECK_AS_TEXT.fullmatch(broken.line(number)):
            fixed = f"{found['before']}sql: {found['query']}"
            yield Suspicion(
                place=broken.whole_line(number),
                message="the query of a check stands after `sql:`",
                fix=f"write `{fixed.strip()}`",
                edit=broken.edit_of_line(number, fixed),
            )


def no_dash(broken: BrokenText) -> Iterator[Suspicion]:
    """A second item of a list that begins like the one above, without its dash."""
    number = broken.at[0]
    entry = broken.entry(number) if broken.words == "did not find expected '-' indicator" else None
    entry = None if broken.line(number).lstrip(" ").startswith("- ") else entry
    above = entry and next((found for found in _items_above(broken, number) if found.key == entry.key), None)
    if entry and above:
        yield Suspicion(
            place=Place(number + 1, entry.column + 1, len(entry.key)),
            message=f"an item of the list begins here, without its dash; the one before is on line {above.line + 1}",
            fix=f"write `- {entry.key}:`, with the dash in column {indent_of(broken.line(above.line)) + 1}",
            edit=broken.edit_of_line(number, " " * (above.column - 2) + "- " + broken.line(number).strip()),
        )


def no_dash_among_items(broken: BrokenText) -> Iterator[Suspicion]:
    """A line that begins with a key where the items of a list above or below it begin with their dashes."""
    for number in (broken.at[0], broken.before(broken.at[0])):
        if number is None or number >= len(broken.lines) or number in broken.blocks:
            continue
        entry = broken.entry(number)
        if not entry or not entry.key or entry.column != indent_of(broken.line(number)):
            continue
        around = (broken.before(number), _next_line(broken, number))
        if any(at is not None and _is_item_in(broken, at, entry.column) for at in around):
            line = broken.edit_of_line(number, f"{' ' * entry.column}- {broken.line(number).strip()}")
            for edit in (line, _with_lines_below(broken, number, line, by=2)):
                yield Suspicion(
                    place=Place(number + 1, entry.column + 1, len(entry.key)),
                    message=f"`{entry.key}` begins without a dash, and the items of the list around it begin with one",
                    fix=f"write `- {entry.key}:`",
                    edit=edit,
                )


def _next_line(broken: BrokenText, number: int) -> int | None:
    return next((at for at in range(number + 1, len(broken.lines)) if broken.speaks(at)), None)


def _is_item_in(broken: BrokenText, number: int, column: int) -> bool:
    line = broken.line(number)
    return number not in broken.blocks and line.startswith(" " * column + "- ")


def _items_above(broken: BrokenText, number: int) -> Iterator[Entry]:
    for at in range(number - 1, -1, -1):
        entry = broken.entry(at) if at not in broken.blocks else None
        if entry and entry.key and broken.line(at).lstrip(" ").startswith("- "):
            yield entry


def compared_key(broken: BrokenText) -> Iterator[Suspicion]:
    """`count >= 12`."""
    for number in broken.near:
        if found := _COMPARED.fullmatch(broken.line(number)):
            operator = OPERATOR_WORDS[found["sign"]]
            is_least = operator == "ge"
            fixed = f"count: {found['number']}"
            below = "" if is_least else f"\n{' ' * len(found['before'])}op: {operator}"
            yield Suspicion(
                place=broken.whole_line(number),
                message="`count` is only the number; how to compare with it is said by `op`",
                fix=f"write `{fixed}`" + (", which means at least" if is_least else f" and `op: {operator}` below it"),
                edit=broken.edit_of_line(number, found["before"] + fixed + below),
            )


def no_colon(broken: BrokenText) -> Iterator[Suspicion]:
    for number in broken.near:
        line = broken.line(number)
        found = _NO_COLON.fullmatch(line.rstrip())
        if found and _is_key(found["key"], broken, number):
            fixed = f"{found['key']}: {found['value']}".rstrip()
            written = line.strip()
            yield Suspicion(
                place=broken.whole_line(number),
                message=f"`{written if len(written) <= 60 else written[:59] + '…'}` has no colon after its key",
                fix=f"write `{fixed}`",
                edit=broken.edit_of_line(number, found["before"] + fixed),
                is_mechanical=bool(found["value"]),
            )


def _is_key(word: str, broken: BrokenText, number: int) -> bool:
    before = broken.before(number)
    if broken.block_around(before) and word.lower() in _SQL_WORDS:
        return False
    return word.lower() in known_keys() or nearest(word, sorted(known_keys())) is not None
