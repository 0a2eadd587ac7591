"""Values that YAML reads as something else than a text."""

import re
from collections.abc import Iterator

from summary_tables.configs.synonyms import OPERATOR_WORDS, SIGNS
from summary_tables.configs.yaml.mistakes.broken_text import BrokenText, Entry
from summary_tables.configs.yaml.mistakes.suspicion import Suspicion
from summary_tables.configs.yaml.quoting import quoted
from summary_tables.model.problem import Edit, Place

_BAD_FIRST_CHARACTERS = "@%`*&!{}[],?-|>"
_IS_SQL = re.compile(r"(?:select|with)\b", re.IGNORECASE)
_SQL_KEY = re.compile(r"(?:\w+_)?sql")
_COMPARISON = re.compile(rf"(?P<sign>{'|'.join(sorted(map(re.escape, SIGNS), key=len, reverse=True))})(?P<rest>.*)")
_KEY_BEHIND_VALUE = re.compile(r"(?P<before>[^:'\"]+?)[,; ] *(?P<key>count|op|name): *(?P<value>[^:]+)")
_INNER_COLON = re.compile(r":(?=[ \t]|$)")
_LIST_ITEM = re.compile(r"- +(?P<item>[^\s:,\[\]{}]+)")
_LIST_KEYS = frozenset({"tags", "after", "columns", "sortkey", "select"})
_MAPPING = re.compile(r"(?P<key>[a-z_]+): (?P<value>[^:]+)")


def undefined_aliases(broken: BrokenText) -> Iterator[Suspicion]:
    """`owner: *jin`: the parser is content, and finds no `&jin` in the end."""
    if broken.words != "found undefined alias":
        return
    number, column = broken.at
    written = broken.line(number)[column:].split(" ")[0].rstrip(",]}")
    entry = broken.entry(number)
    is_value = entry is not None and entry.value_column == column
    fixed = quoted(entry.value if entry and is_value else written)
    start = broken.start(number) + column
    edit = entry.edit(fixed) if entry and is_value else Edit(start=start, end=start + len(written), text=fixed)
    yield Suspicion(
        place=Place(number + 1, column + 1, edit.end - edit.start),
        message="a value that begins with * must be in quotes",
        fix=f"write {fixed}",
        edit=edit,
    )


def comparisons(broken: BrokenText) -> Iterator[Suspicion]:
    """`count: >= 12` and `op: >=`."""
    for entry in broken.entries_near():
        sign = _COMPARISON.fullmatch(entry.value)
        if sign and entry.key == "op" and not sign["rest"]:
            yield _as_word(entry, OPERATOR_WORDS[sign["sign"]])
        elif sign and entry.key == "count" and (number := sign["rest"].strip().replace(",", "")).isdecimal():
            yield _as_two_keys(entry, number, OPERATOR_WORDS[sign["sign"]])


def _as_word(entry: Entry, word: str) -> Suspicion:
    return Suspicion(
        place=entry.value_place,
        message=f"`{entry.key}` is a word here, not a sign",
        fix=f"write `op: {word}`",
        edit=entry.edit(word),
    )


def _as_two_keys(entry: Entry, number: str, operator: str) -> Suspicion:
    indent = " " * entry.column
    same = operator == "ge"
    return Suspicion(
        place=entry.value_place,
        message="`count` is only the number; how to compare with it is said by `op`",
        fix=f"write `count: {number}`" + (", which means at least" if same else f" and `op: {operator}` below it"),
        edit=entry.edit(number if same else f"{number}\n{indent}op: {operator}"),
    )


def text_behind_block(broken: BrokenText) -> Iterator[Suspicion]:
    """`main_sql: | SELECT ...`."""
    for entry in broken.entries_near():
        found = re.match(r"[|>][-+0-9]*[ \t]*", entry.value)
        if found and entry.key and not entry.is_block:
            text = entry.value[found.end() :]
            header = found[0].rstrip()
            first, length = entry.value_column + found.end() + 1, len(text)
            if _is_sql(entry, text):
                yield Suspicion(
                    place=Place(entry.line + 1, first, length),
                    message=f"nothing may stand after `{header}` on its line; the text begins on the next one",
                    fix=f"begin the SQL on the next line, indented by {entry.column + 2} spaces",
                    edit=entry.edit(f"{header}\n{' ' * (entry.column + 2)}{text}"),
                )


def nested(broken: BrokenText) -> Iterator[Suspicion]:
    """`schedule: after: [...]` and `tags: - growth`: one line is not enough for two levels."""
    for entry in broken.entries_near():
        if entry.key in _LIST_KEYS and (item := _LIST_ITEM.fullmatch(entry.value)):
            fixed = f"[{item['item']}]"
            message = "a list with `- ` begins on the line below its key"
        elif entry.key == "schedule" and (inner := _MAPPING.fullmatch(entry.value)):
            value = inner["value"].strip()
            fixed = f"{{{inner['key']}: {value if value.startswith('[') else f'[{value}]'}}}"
            message = f"`{inner['key']}` cannot stand on the line of `{entry.key}` without braces"
        else:
            continue
        yield Suspicion(
            place=entry.value_place, message=message, fix=f"write `{entry.key}: {fixed}`", edit=entry.edit(fixed)
        )


def keys_behind_value(broken: BrokenText) -> Iterator[Suspicion]:
    """`- sql: SELECT ..., count: 12` and `count: 12, op: eq`: two keys on one line."""
    for entry in broken.entries_near():
        found = _KEY_BEHIND_VALUE.fullmatch(entry.value)
        if entry.key in ("sql", "count") and found:
            yield Suspicion(
                place=Place(entry.line + 1, entry.value_column + found.start("key") + 1, len(found["key"])),
                message=f"`{found['key']}` stands on the line of `{entry.key}`; each key has a line of its own",
                fix=f"write `{found['key']}: {found['value']}` on the next line, below `{entry.key}`",
                edit=entry.edit(f"{found['before']}\n{' ' * entry.column}{found['key']}: {found['value']}"),
            )


def colons(broken: BrokenText) -> Iterator[Suspicion]:
    """`: ` inside a text without quotes."""
    for entry in broken.entries_near():
        found = _INNER_COLON.search(entry.value)
        if not found or entry.value[0] in "\"'[{":
            continue
        place = Place(entry.line + 1, entry.value_column + found.start() + 1)
        if entry.key and _is_sql(entry, entry.value):
            yield Suspicion(
                place=place,
                message="`: ` inside SQL without `|` ends the value here",
                fix=f"write `{entry.key}: |` and begin the SQL on the next line, indented by {entry.column + 2} spaces",
                edit=entry.edit(f"|\n{' ' * (entry.column + 2)}{entry.value}"),
            )
        fixed = quoted(entry.value)
        yield Suspicion(
            place=place,
            message="`: ` inside a text without quotes ends the value here",
            fix=f"write {fixed}",
            edit=entry.edit(fixed),
        )


def first_characters(broken: BrokenText) -> Iterator[Suspicion]:
    """Signs that mean something to YAML at the start of a value."""
    for entry in broken.entries_near():
        if entry.value[:1] and entry.value[0] in _BAD_FIRST_CHARACTERS and not entry.is_block:
            fixed = quoted(entry.value)
            is_name = entry.key in ("table", "schema") and "{" in entry.value
            yield Suspicion(
                place=entry.value_place,
                message=f"`{entry.key}` is the name itself; placeholders are for queries"
                if is_name
                else f"a value that begins with {entry.value[0]} must be in quotes",
                fix="write the name, without braces" if is_name else f"write {fixed}",
                edit=entry.edit(fixed),
                is_mechanical=not is_name,
            )


def _is_sql(entry: Entry, text: str) -> bool:
    return bool(_SQL_KEY.fullmatch(entry.key) or _IS_SQL.match(text))
