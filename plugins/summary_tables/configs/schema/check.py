"""A config's data against its JSON Schema, with the schema's answer put into plain words.

A quick validator says whether all is well; jsonschema, which says what is not, is loaded where it cannot say yes.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from summary_tables.configs.schema import (
    check_kinds,
    column_checks,
    cut_query,
    keys,
    parents,
    refresh,
    row_sources,
    values,
)
from summary_tables.configs.schema.mistake import KeyFinding, SchemaError, kind
from summary_tables.configs.schema.quick_yes import is_surely_valid
from summary_tables.configs.schema_files import SCHEMAS as SCHEMAS
from summary_tables.configs.schema_files import SchemaName as SchemaName
from summary_tables.configs.schema_files import load_schema as load_schema
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.model.problem import Finding, Place, reading_order

_MOST_MISTAKES = 1_000
"""Of one file: for many of them the word is searched for that was meant."""


def findings(document: YamlDocument, schema: SchemaName) -> tuple[Finding[Place], ...]:
    """Everything in `document` that `schemas/<schema>.schema.json` does not allow; one finding a mistake."""
    if not isinstance(document.data, dict):
        return (_not_a_config(document, schema),)
    errors = list(_errors(document.data, schema))
    if not errors:
        return tuple(cut_query.mistakes(document))
    every = (mistake for error in errors for mistake in _explain(error, document))
    mistakes = _without_consequences(list(islice(every, _MOST_MISTAKES)))
    return tuple(sorted(set(mistakes), key=reading_order))


def sound_data(document: YamlDocument, schema: SchemaName) -> dict[str, Any] | None:
    """What `document` says without the keys at its top in which something is wrong.

    None where nothing is wrong with the keys, where the others are not what the schema allows, and where YAML takes a
    part of a query for a comment.
    """
    wrong = wrong_keys(document, schema)
    if not wrong or not isinstance(document.data, dict) or any(cut_query.mistakes(document)):
        return None
    sound = {key: value for key, value in document.data.items() if key not in wrong}
    return sound if is_valid(sound, schema) else None


def wrong_keys(document: YamlDocument, schema: SchemaName) -> frozenset[str] | None:
    """The keys at the top of `document` in which something is wrong; None where the mistake is not one of a key."""
    if not isinstance(document.data, dict):
        return None
    wrong: set[Any] = set()
    for error in _errors(document.data, schema):
        if error.path:
            wrong.add(error.path[0])
        elif error.keyword == "additionalProperties":
            wrong |= document.data.keys() - load_schema(schema)["properties"].keys()
        else:
            return None
    return frozenset(wrong)


def is_valid(data: dict[Any, Any], schema: SchemaName) -> bool:
    """Whether the schema allows `data`."""
    return not any(_errors(data, schema))


def _errors(data: dict[Any, Any], schema: SchemaName) -> Iterator[SchemaError]:
    if is_surely_valid(data, schema):
        return
    from summary_tables.configs.schema import validator  # only a broken file pays for it

    yield from validator.errors(data, schema)


def _not_a_config(document: YamlDocument, schema: SchemaName) -> Finding[Place]:
    items = document.data if isinstance(document.data, list) else []
    is_config = bool(items) and isinstance(items[0], dict) and "table" in items[0]
    begin = {"summary_table": "begin with `table:`", "sources": "begin with `schema:`"}.get(schema, "")
    return Finding(
        rule="shape",
        place=document.span_of_value(()),
        message=f"a config is `key: value` lines, not {kind(document.data)}",
        fix="delete the `- ` and begin each key in the first column" if is_config else begin,
    )


def _explain(error: SchemaError, document: YamlDocument) -> Iterator[Finding[Place]]:
    if check_kinds.is_about(error):
        yield from check_kinds.mistakes(error, document)
    elif refresh.is_about(error):
        yield from refresh.mistakes(error, document)
    elif column_checks.is_about(error):
        yield from column_checks.mistakes(error, document)
    elif parents.is_about(error):
        yield from parents.mistakes(error, document)
    elif row_sources.is_about(error):
        yield from row_sources.mistakes(error, document)
    elif error.keyword == "additionalProperties":
        found, error = refresh.at_top(error, document) if not error.path else ((), error)
        yield from found
        yield from keys.unknown(error, document)
    elif error.keyword in ("required", "dependentRequired", "anyOf"):
        yield from keys.missing(error, document)
    else:
        yield values.mistake(error, document)


def _without_consequences(mistakes: list[Finding[Place]]) -> Iterator[Finding[Place]]:
    """A key that stands under the wrong key is not missing from the right one as well."""
    misplaced = {key for mistake in mistakes if mistake.rule == "unknown-key" for key in _keys_meant(mistake)}
    for mistake in mistakes:
        if mistake.rule != "missing-key" or misplaced.isdisjoint(_keys_meant(mistake)):
            yield mistake


def _keys_meant(mistake: Finding[Place]) -> list[str]:
    return mistake.meant.split() if isinstance(mistake, KeyFinding) else []
