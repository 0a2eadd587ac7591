"""Signs and words that quotes would not fix: what was meant by them, no program can know."""

import re
from collections.abc import Iterator

from summary_tables.configs.yaml.mistakes.broken_text import BrokenText, Entry, indent_of
from summary_tables.configs.yaml.mistakes.suspicion import Suspicion
from summary_tables.configs.yaml.quoting import quoted
from summary_tables.model.problem import Edit, Place

_HASH_IN_BRACKETS = re.compile(r"[\[{][^\"'#]*#.*")
_HASH_WORD = re.compile(r"#[^\s,#\[\]{}\"']+")
_LANGUAGE = re.compile(r"(?P<header>[|>][-+]?)[ \t]*(?!select\b|with\b)[a-z]\w*", re.IGNORECASE)
_ALONE = frozenset("?*&!%@`")
_MARKDOWN_KEY = re.compile(
    r"(?P<before> *(?:- +)?)(?P<sign>[*_`]{1,3})(?P<key>\w+)(?::(?P=sign)|(?P=sign) *:)(?P<rest>.*)"
)


def merged_aliases(broken: BrokenText) -> Iterator[Suspicion]:
    """`<<: *default`, without a `&default` in the file."""
    for entry in broken.entries_near():
        if entry.key == "<<" and entry.value.startswith("*"):
            yield Suspicion(
                place=Place(entry.line + 1, entry.column + 1, entry.value_column + len(entry.value) - entry.column),
                message=f"`<<: {entry.value}` takes the keys of another place; anchors and aliases are not allowed",
                fix="write the keys out; what holds for every table stands in defaults.yaml",
                edit=entry.edit(quoted(entry.value)),
                is_mechanical=False,
            )


def hashes_in_brackets(broken: BrokenText) -> Iterator[Suspicion]:
    """`tags: [#growth]`, `{conn_id: bot, channel: #growth}`: all behind the `#` is a comment, the bracket too."""
    for entry in broken.entries_near():
        start, line = broken.lines[entry.line]
        value = line[entry.value_column :].rstrip()
        if _HASH_IN_BRACKETS.fullmatch(value) and value.endswith(("]", "}")):
            what = "list is" if value.startswith("[") else "{ is"
            fixed = _HASH_WORD.sub(lambda word: quoted(word[0]), value)
            yield Suspicion(
                place=Place(entry.line + 1, entry.value_column + value.index("#") + 1, len(value) - value.index("#")),
                message=f"`#` begins a comment here, up to the end of the line, and the {what} not closed before it",
                fix=f"write {_HASH_WORD.sub(lambda word: word[0][1:], value)}, or {fixed} if the # belongs to it",
                edit=Edit(start=entry.value_start, end=start + len(line.rstrip()), text=fixed),
                is_mechanical=False,
            )


def languages(broken: BrokenText) -> Iterator[Suspicion]:
    """`main_sql: |sql`, as Markdown names the language of a block."""
    for entry in broken.entries_near():
        found = _LANGUAGE.fullmatch(entry.value)
        if found and _has_lines_below(broken, entry):
            yield Suspicion(
                place=entry.value_place,
                message=f"nothing may stand after `{found['header']}` on its line",
                fix=f"write `{entry.key}: {found['header']}`",
                edit=entry.edit(found["header"]),
                is_mechanical=False,
            )


def _has_lines_below(broken: BrokenText, entry: Entry) -> bool:
    below = broken.line(entry.line + 1)
    return bool(below.strip()) and indent_of(below) > entry.column


def lone_signs(broken: BrokenText) -> Iterator[Suspicion]:
    """`count: ?`: what somebody was to fill in later."""
    for entry in broken.entries_near():
        if entry.key and entry.value and _ALONE.issuperset(entry.value):
            yield Suspicion(
                place=entry.value_place,
                message=f"`{entry.value}` is no value",
                fix=f"write the value of `{entry.key}`, or delete the line",
                edit=entry.edit(quoted(entry.value)),
                is_mechanical=False,
            )


def markdown_keys(broken: BrokenText) -> Iterator[Suspicion]:
    """`**owner**: jin`."""
    for number in broken.near:
        if found := _MARKDOWN_KEY.fullmatch(broken.line(number)):
            fixed = f"{found['key']}:{found['rest'].rstrip()}"
            yield Suspicion(
                place=broken.whole_line(number),
                message=f"`{found['sign']}` around a word belongs to Markdown, not to a config",
                fix=f"write `{fixed}`",
                edit=broken.edit_of_line(number, found["before"] + fixed),
                is_mechanical=False,
            )
