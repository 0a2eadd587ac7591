"""A config's data against its JSON Schema, with the schema's answer put into plain words.

The one place that imports jsonschema: a running task never comes here.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, reduce
from itertools import islice
from operator import getitem
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, validators
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator

from summary_tables.configs.schema import check_kinds, column_checks, cut_query, keys, refresh, values
from summary_tables.configs.schema.mistake import KeyFinding, SchemaError, kind
from summary_tables.configs.schema_files import SCHEMAS as SCHEMAS
from summary_tables.configs.schema_files import SchemaName as SchemaName
from summary_tables.configs.schema_files import load_schema as load_schema
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.model.problem import Finding, Place, reading_order
from summary_tables.text.written_number import spelling

_MOST_MISTAKES = 1_000
"""Of one file: for many of them the word is searched for that was meant."""


def findings(document: YamlDocument, schema: SchemaName) -> tuple[Finding[Place], ...]:
    """Everything in `document` that `schemas/<schema>.schema.json` does not allow; one finding a mistake."""
    if not isinstance(document.data, dict):
        return (_not_a_config(document, schema),)
    errors = [_schema_error(error) for error in _validator(schema).iter_errors(document.data)]
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
    for error in _validator(schema).iter_errors(document.data):
        if error.absolute_path:
            wrong.add(error.absolute_path[0])
        elif error.validator == "additionalProperties":
            wrong |= document.data.keys() - load_schema(schema)["properties"].keys()
        else:
            return None
    return frozenset(wrong)


def is_valid(data: Mapping[Any, Any], schema: SchemaName) -> bool:
    """Whether the schema allows `data`."""
    return bool(_validator(schema).is_valid(data))


@cache
def _validator(schema: SchemaName) -> Draft202012Validator:
    table, root = load_schema("summary_table"), load_schema(schema)
    whole = _without_references(root, {"": root, "summary_table.schema.json": table})
    return _Validator(whole, format_checker=FormatChecker(["date"]))


def _items(
    validator: Validator, items: Mapping[str, Any], instance: Any, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """The keyword `items`, for as many as `maxItems` allows: that there are more is said, and not of each of them."""
    looked_at = instance[: schema.get("maxItems")] if isinstance(instance, list) else instance
    yield from Draft202012Validator.VALIDATORS["items"](validator, items, looked_at, schema)


def _one_of(
    validator: Validator, parts: Sequence[Mapping[str, Any]], instance: Any, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """The keyword `oneOf`. Kinds of a check are told by their keys alone, so that jsonschema need not try each."""
    is_of_kinds = all(part.keys() <= _OF_KIND for part in parts)
    if is_of_kinds and sum(_is_of_kind(validator, part, instance) for part in parts) == 1:
        return
    yield from Draft202012Validator.VALIDATORS["oneOf"](validator, parts, instance, schema)


_OF_KIND = frozenset({"errorMessage", "required", "type"})


def _is_of_kind(validator: Validator, part: Mapping[str, Any], instance: Any) -> bool:
    if not isinstance(instance, dict):
        return "type" not in part or validator.is_type(instance, part["type"])
    return part.get("type", "object") == "object" and instance.keys() >= set(part.get("required", ()))


def _unique_items(
    validator: Validator, is_wanted: object, instance: Any, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """The keyword `uniqueItems`: `1.1` and `1.10` are two values where a column has texts."""
    spelt = list(map(spelling, instance)) if isinstance(instance, list) else instance
    yield from Draft202012Validator.VALIDATORS["uniqueItems"](validator, is_wanted, spelt, schema)


_KEYWORDS = {"items": _items, "oneOf": _one_of, "uniqueItems": _unique_items}
_Validator: type[Draft202012Validator] = validators.extend(Draft202012Validator, _KEYWORDS)  # type: ignore[no-untyped-call]  # untyped there


def _without_references(node: Any, files: Mapping[str, Any]) -> Any:
    """`node` with what each `$ref` points to in its place: jsonschema follows references anew for every value.

    `files` has the schema files by the name that references give them, the one that `node` belongs to as "".
    """
    if isinstance(node, list):
        return [_without_references(item, files) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        file, _, pointer = node["$ref"].partition("#")
        target = reduce(getitem, pointer.strip("/").split("/"), files[file])
        beside = {key: value for key, value in node.items() if key != "$ref"}
        return {**_without_references(target, {**files, "": files[file]}), **_without_references(beside, files)}
    return {key: _without_references(value, files) for key, value in node.items() if key != "$defs"}


def _schema_error(error: ValidationError) -> SchemaError:
    subschema: Mapping[str, Any] = error.schema  # type: ignore[assignment]  # one with keywords is never a bare bool
    return SchemaError(
        path=tuple(error.absolute_path),
        keyword=str(error.validator),
        limit=error.validator_value,
        value=error.instance,
        subschema=subschema,
    )


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
