"""What is wrong with a check below `checks` of a column."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from summary_tables.checks.column_checks import words
from summary_tables.configs.schema import keys
from summary_tables.configs.schema.check_kinds import example, flow, item_around, kinds_of_check, one_of, several_kinds
from summary_tables.configs.schema.key_synonyms import other_words
from summary_tables.configs.schema.mistake import KeyFinding, SchemaError, kind, shown
from summary_tables.configs.schema_files import load_schema
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.model.problem import Finding, Place
from summary_tables.text.english import quoted
from summary_tables.text.spelling import nearest

_ITEM, _KIND = 4, 5
"""How long the paths of a check and of its kind are: `columns`, 0, `checks`, 0, `range`."""


def is_about(error: SchemaError) -> bool:
    """Whether `mistakes` explains the error."""
    path = error.path
    if len(path) < _ITEM or path[0] != "columns" or path[2] != "checks":
        return False
    return len(path) == _ITEM or (len(path) == _KIND and path[-1] in _kinds() and error.keyword != "required")


def mistakes(error: SchemaError, document: YamlDocument) -> Iterator[Finding[Place]]:
    """The mistakes behind an error that `is_about` accepts; none where another error tells the same."""
    is_item = len(error.path) == _ITEM
    if is_item and error.keyword == "oneOf":
        yield from _not_one_kind(error, document)
    elif is_item and error.keyword == "additionalProperties":
        yield from _unknown(error, document)
    elif is_item:
        yield _wrong_word(error, document)
    elif error.keyword == "additionalProperties":
        yield from _unknown_below(error, document)
    elif not (error.value is None and _has_own_key_beside(error, document)):
        yield _wrong_kind(error, document)


@cache
def _kinds() -> Mapping[str, Any]:
    """The schema of each kind that a column can have, by its key."""
    rest = load_schema("summary_table")["$defs"]["column_check"]
    names = [each["required"][0] for each in rest["oneOf"] if "required" in each]
    return {name: rest["properties"][name] for name in names}


def _name(error: SchemaError) -> str:
    """E.g. `range` of `checks` of `columns` item 1."""
    place, index = error.path[1], error.path[3]
    item = f"item {int(index) + 1} of `checks` of `columns` item {int(place) + 1}"
    return item if len(error.path) == _ITEM else f"`{error.path[-1]}` of {item}"


def _value(
    error: SchemaError, document: YamlDocument, message: str, fix: str, edit: str | None = None
) -> Finding[Place]:
    made = None if edit is None else document.edit_of_value(error.path, edit)
    return Finding(rule="value", place=document.span_of_value(error.path), message=message, fix=fix, edit=made)


def _wrong_word(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    """`- positive`, `- range`, `- no_null`, `- [not_null]`."""
    if not isinstance(error.value, str):
        message = f"{_name(error)} must be the word or the `key: value` lines of a check, not {kind(error.value)}"
        return _value(error, document, message, f"write one of {quoted(words())}, or e.g. `{_line('range')}`")
    word = error.value.strip().lower().replace("-", "_").replace(" ", "_")
    meant = word if word in (*_kinds(), *kinds_of_check()) else other_words("check").get(word, "")
    meant = meant or nearest(word, list(_kinds())) or ""
    if meant in words():
        return _value(error, document, f"{_name(error)} is {shown(error.value)}", f"write `{meant}`", meant)
    if meant in _kinds():
        message = f"{_name(error)} is {shown(error.value)}, which does not say enough"
        return _value(error, document, message, f"write e.g. `{_line(meant)}`")
    if meant in kinds_of_check():
        return _of_the_table(error, document, meant)
    message = f"{_name(error)} is {shown(error.value)}, which is no check of a column"
    return _value(error, document, message, f"write one of {quoted(tuple(_kinds()))}")


def _of_the_table(error: SchemaError, document: YamlDocument, key: str) -> Finding[Place]:
    place = document.span_of_key((*error.path, key)) if isinstance(error.value, dict) else None
    return KeyFinding(
        rule="unknown-key",
        place=place or document.span_of_value(error.path),
        message=f"`{key}` is no check of a column but of the whole table",
        fix="move it to an item of `output_check`",
        meant=key,
    )


def _not_one_kind(error: SchemaError, document: YamlDocument) -> Iterator[Finding[Place]]:
    if not isinstance(error.value, dict):
        return  # that it is a list is told by the error about its type
    named = [key for key in error.value if key in _kinds()]
    if len(named) > 1:
        yield several_kinds(error, document, _name(error), named)
    elif all(key in error.subschema["properties"] for key in error.value):
        message = f"{_name(error)} does not say what is checked"
        fix = f"add a kind of check, such as `{_line('range')}`"
        yield Finding(rule="missing-key", place=document.span_of_value(error.path), message=message, fix=fix)


def _line(key: str) -> str:
    """A kind as one writes it."""
    return f"{key}: {example(_kinds()[key])}"


def _unknown(error: SchemaError, document: YamlDocument) -> Iterator[Finding[Place]]:
    known = error.subschema["properties"]
    others = {key: value for key, value in error.value.items() if key not in known}
    named = next((key for key in error.value if key in _kinds()), "")
    below = [key for key in others if key in _kinds().get(named, {}).get("properties", {})]
    if below:
        written = flow({named: {key: others[key] for key in below}})[1:-1]
        yield Finding(
            rule="unknown-key",
            place=document.span_of_key((*error.path, below[0])),
            message=f"{quoted(below)} {'stand' if len(below) > 1 else 'stands'} beside `{named}` and not below it",
            fix=f"write `{written}`",
        )
    of_table = [key for key in others if key in kinds_of_check() and key not in _kinds()]
    yield from (_of_the_table(error, document, key) for key in of_table)
    if of_table:
        return  # `count` and `op` go with it
    if "table" in others:
        yield Finding(
            rule="unknown-key",
            place=document.span_of_key((*error.path, "table")),
            message="`table` is for `input_check`: a check of a column always looks at the new table",
            fix="delete it",
        )
    rest = {key: value for key, value in error.value.items() if key not in (*below, "table")}
    yield from keys.unknown(replace(error, value=rest), document)


def _unknown_below(error: SchemaError, document: YamlDocument) -> Iterator[Finding[Place]]:
    """`range: {column: nps, min: 0}` below the column `nps`."""
    if "column" in error.value:
        yield Finding(
            rule="unknown-key",
            place=document.span_of_key((*error.path, "column")),
            message="`column` is not needed: the check is about the column below which it stands",
            fix="delete it",
        )
    rest = {key: value for key, value in error.value.items() if key != "column"}
    yield from keys.unknown(replace(error, value=rest), document)


def _has_own_key_beside(error: SchemaError, document: YamlDocument) -> bool:
    """`range:` with `min: 1` on the next line, not indented: that is told by the error about `min`."""
    own = _kinds()[str(error.path[-1])].get("properties", {})
    return any(key in own for key in item_around(error, document))


def _wrong_kind(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    """`range: 3`, `range: {}`, `not_null: date`."""
    key = str(error.path[-1])
    if key in words():
        beside = len(item_around(error, document)) > 1
        message = f"`{key}` needs nothing but the column below which it stands"
        return _value(error, document, message, f"write `{key}: true`" if beside else f"write `- {key}`")
    if error.keyword == "anyOf":
        message = f"{_name(error)} needs {one_of([each['required'][0] for each in error.limit])}"
    else:
        message = f"{_name(error)} must be `key: value` lines, not {kind(error.value)}"
    return KeyFinding(
        rule="value",
        place=document.span_of_value(error.path),
        message=message,
        fix=f"write e.g. `{_line(key)}`",
        meant="min max",
    )
