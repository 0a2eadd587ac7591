"""What is wrong with `refresh` as a whole: no strategy, two, the wrong shape, keys of it that stand elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from summary_tables.configs.schema.mistake import KeyFinding, SchemaError, kind, shown
from summary_tables.configs.schema.refresh_guess import RefreshGuess, guess
from summary_tables.configs.schema.refresh_synonyms import (
    CHOICE_WORDS,
    COLUMN_WORDS,
    NEEDED_OPTION,
    STRATEGIES,
    option,
    plain,
    strategy,
)
from summary_tables.configs.schema_files import load_schema
from summary_tables.configs.yaml.document import YamlDocument, YamlPath
from summary_tables.model.problem import Finding, Place
from summary_tables.text.english import any_of, quoted
from summary_tables.text.spelling import nearest

_CAN_BE_ANYTHING = ("mode", "cursor", "begin", "full", "table", "insert", "add", "update")
_ANY = any_of(f"`{each}`" for each in STRATEGIES)
_WITHOUT_OPTIONS = tuple(each for each in STRATEGIES if each not in NEEDED_OPTION)

_NEEDED_FOR = {
    "time_column": "the column that tells when, by which the rows of a run are found",
    "unique_key": "the column, or the columns, by which rows are told apart",
}


def is_about(error: SchemaError) -> bool:
    """Whether `mistakes` explains the error: it concerns `refresh`, or a strategy, as a whole."""
    return error.path[:1] == ("refresh",) and len(error.path) <= 2


def mistakes(error: SchemaError, document: YamlDocument) -> Iterator[Finding[Place]]:
    """One mistake, the same for each of the errors that one slip makes; none where `at_top` tells it."""
    data: Mapping[Any, Any] = document.data if isinstance(document.data, dict) else {}
    if _keys_at_top(data):
        return
    value = data.get("refresh")
    yield _of_mapping(value, document) if isinstance(value, dict) and value else _of_value(value, error, document)


def at_top(error: SchemaError, document: YamlDocument) -> tuple[tuple[Finding[Place], ...], SchemaError]:
    """What the unknown keys at the top of a file mean that belong to `refresh`, and the error without them."""
    found = _keys_at_top(error.value) if "main_sql" in error.subschema["properties"] else []
    if not found:
        return (), error
    rest = {key: value for key, value in error.value.items() if key not in found}
    return (_at_top(found, error, document),), replace(error, value=rest)


def _keys_at_top(data: Mapping[Any, Any]) -> list[Any]:
    """The keys that belong to `refresh`; words that may mean anything only beside one that is clear."""
    known = load_schema("summary_table")["properties"]
    found = [key for key in data if key not in known and _is_of_refresh(key)]
    return found if any(plain(key) not in _CAN_BE_ANYTHING for key in found) else []


def _is_of_refresh(key: object) -> bool:
    return plain(key) in CHOICE_WORDS or bool(option(key) or strategy(key))


def _at_top(found: list[Any], error: SchemaError, document: YamlDocument) -> Finding[Place]:
    there = error.value.get("refresh")
    own = there if isinstance(there, dict) else {} if there is None else {"strategy": there}
    meant = guess({**own, **{key: error.value[key] for key in found}})
    many = len(found) > 1
    path: YamlPath = (found[0],)
    if meant.strategy == "replace":
        fix = "delete it: a table is built anew each time unless `refresh` says otherwise"
    else:
        fix = meant.choices + (", instead of the `refresh` that is there" if there is not None else "")
    return KeyFinding(
        rule="unknown-key",
        place=document.span_of_key(path),
        message=f"{quoted(found)} {'are no keys' if many else 'is not a key'} of this file: "
        "what a run does with its rows stands under `refresh`",
        fix=fix,
        meant="refresh",
    )


def _of_value(value: object, error: SchemaError, document: YamlDocument) -> Finding[Place]:
    """`refresh` that is no mapping, or an empty one."""
    meant = guess(value)
    near = nearest(plain(value), _WITHOUT_OPTIONS) if isinstance(value, str) and not meant.strategy else None
    meant = RefreshGuess(near, {}) if near else meant
    is_spelling = isinstance(value, str) and meant.strategy in _WITHOUT_OPTIONS
    is_sure = is_spelling and (near or plain(value) == meant.strategy)
    place = document.span_of_value(error.path)
    edit = document.edit_of_value(error.path, str(meant.strategy)) if is_sure else None
    return Finding(rule="value", place=place, message=_value_message(value, meant), fix=meant.choices, edit=edit)


def _value_message(value: object, meant: RefreshGuess) -> str:
    if value is None or value == {}:
        return f"`refresh` has no value; it can be {_ANY}"
    if not isinstance(value, str):
        return f"`refresh` can be {_ANY}, not {kind(value)}"
    if meant.lacks and plain(value) == meant.strategy:
        return f"`refresh` is {shown(value)}, which needs `{meant.lacks}`: {_NEEDED_FOR[meant.lacks]}"
    return f"`refresh` is {shown(value)}; it can be {_ANY}"


def _of_mapping(value: Mapping[Any, Any], document: YamlDocument) -> Finding[Place]:
    meant = guess(value)
    named = [key for key in value if key in STRATEGIES]
    strays = [key for key in value if key not in STRATEGIES]
    if len(named) > 1:
        message = f"`refresh` has {len(named)} strategies: {quoted(named)}"
        return _shape(document, ("refresh", named[1]), message, "keep one of them and delete the others")
    if named and strays:
        if not any(map(option, strays)):
            return _unknown(document, ("refresh", strays[0]), f"`{strays[0]}` is not a key of `refresh`", "delete it")
        message = f"{quoted(strays)} {'stand' if len(strays) > 1 else 'stands'} beside `{named[0]}` and not below it"
        return _unknown(document, ("refresh", strays[0]), message, meant.choices)
    if strays:
        return _unknown(document, ("refresh", strays[0]), f"`{strays[0]}` is not a key of `refresh`", meant.choices)
    return _of_strategy(named[0], value[named[0]], meant, document)


def _of_strategy(named: str, value: object, meant: RefreshGuess, document: YamlDocument) -> Finding[Place]:
    path: YamlPath = ("refresh", named)
    needed = NEEDED_OPTION.get(named)
    if named == "replace":
        return _shape(document, path, "`replace` has nothing below it", "write `refresh: replace`")
    if not isinstance(value, Mapping):
        fix = meant.choices
        if value is None or isinstance(value, bool):
            return _shape(document, path, f"`{named}` has no value", fix)
        message = f"`{named}` must be `key: value` lines, not {kind(value)}"
        return Finding(rule="value", place=document.span_of_value(path), message=message, fix=fix)
    known = [key for key in (needed, "start") if key]
    for key in value:
        if key not in known:
            return _stray_option(named, key, value, document)
    place = document.span_of_key(path)
    message = f"`{needed}` is missing from `{named}`: {_NEEDED_FOR[str(needed)]}"
    return Finding(rule="missing-key", place=place, message=message, fix=meant.choices)


def _stray_option(named: str, key: Any, value: Mapping[Any, Any], document: YamlDocument) -> Finding[Place]:
    path = ("refresh", named, key)
    needed = NEEDED_OPTION.get(named)
    known = [name for name in (needed, "start") if name]
    message = f"`{key}` is not a key of `{named}`"
    owner = next((other for other, its in NEEDED_OPTION.items() if its == key), None)
    if owner:
        instead = guess({owner: {**value, key: value[key]}}).text
        message = f"`{key}` belongs to `{owner}`, not to `{named}`"
        return _unknown(document, path, message, f"delete it, or write `{instead}`")
    free = [name for name in known if name not in value]
    ours = option(key) or (needed if plain(key) in COLUMN_WORDS else nearest(plain(key), free))
    if ours in free:
        edit = document.edit_of_key(path, ours) if nearest(plain(key), [ours]) else None
        found = _unknown(document, path, message, f"rename it to `{ours}`")
        return replace(found, edit=edit)
    return _unknown(document, path, message, f"delete it: the keys allowed here are {quoted(known)}")


def _shape(document: YamlDocument, path: YamlPath, message: str, fix: str) -> Finding[Place]:
    return Finding(rule="shape", place=document.span_of_key(path), message=message, fix=fix)


def _unknown(document: YamlDocument, path: YamlPath, message: str, fix: str) -> Finding[Place]:
    return Finding(rule="unknown-key", place=document.span_of_key(path), message=message, fix=fix)
