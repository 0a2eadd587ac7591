"""A config's data against its JSON Schema, with the schema's answer put into plain words.

The one place that imports jsonschema: a running task never comes here.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, reduce
from operator import getitem
from pathlib import Path
from typing import Any, Literal

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from summary_tables.problem import Problem
from summary_tables.spelling import nearest
from summary_tables.yaml_document import YamlDocument, YamlPath

SCHEMAS = Path(__file__).parents[2] / "schemas"

SchemaName = Literal["summary_table", "defaults"]


def problems(document: YamlDocument, schema: SchemaName) -> tuple[Problem, ...]:
    """Everything in `document` that `schemas/<schema>.schema.json` does not allow; one problem a mistake."""
    if not isinstance(document.data, dict):
        return (_not_a_config(document),)
    errors = list(_validator(schema).iter_errors(document.data))
    return tuple(sorted({problem for error in errors for problem in _explain(error, document)}))


def load_schema(schema: SchemaName) -> dict[str, Any]:
    """The parsed schema file."""
    loaded: dict[str, Any] = json.loads((SCHEMAS / f"{schema}.schema.json").read_text("utf-8"))
    return loaded


@cache
def _validator(schema: SchemaName) -> Draft202012Validator:
    table, root = load_schema("summary_table"), load_schema(schema)
    return Draft202012Validator(_without_references(root, {"": root, "summary_table.schema.json": table}))


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


def _not_a_config(document: YamlDocument) -> Problem:
    line, column = document.place_of_value(())
    message = f"a config is a list of `key: value` lines, not {_kind(document.data)}"
    return Problem(
        file=document.file, line=line, column=column, rule="shape", message=message, fix="begin with `table:`"
    )


def _explain(error: ValidationError, document: YamlDocument) -> Iterator[Problem]:
    path: YamlPath = tuple(error.absolute_path)
    if error.validator == "additionalProperties":
        yield from _unknown_keys(error, document, path)
    elif error.validator == "required":
        required: list[str] = error.validator_value  # type: ignore[assignment]  # the schema says so
        yield from _missing_key(error, document, path, required)
    elif error.validator == "dependentRequired":
        dependents: dict[str, list[str]] = error.validator_value  # type: ignore[assignment]  # the schema says so
        present = [needed for key, needed in dependents.items() if key in _instance(error)]
        yield from _missing_key(error, document, path, [key for needed in present for key in needed])
    elif error.validator == "anyOf":
        alternatives: list[dict[str, list[str]]] = error.validator_value  # type: ignore[assignment]  # the schema says so
        yield from _missing_key(error, document, path, alternatives[0]["required"])
    else:
        line, column = document.place_of_value(path)
        message, fix = _value_words(error, path)
        yield Problem(file=document.file, line=line, column=column, rule="value", message=message, fix=fix)


def _unknown_keys(error: ValidationError, document: YamlDocument, path: YamlPath) -> Iterator[Problem]:
    known = list(_subschema(error)["properties"])
    present = _instance(error)
    for key in present:
        if key not in known:
            line, column = document.place_of_key((*path, key))
            near = nearest(str(key), [name for name in known if name not in present] or known)
            fix = f"rename it to `{near}`" if near else f"the keys allowed here are {_listed(known)}"
            message = f"`{key}` is not a key of {_owner_of_keys(path)}"
            yield Problem(file=document.file, line=line, column=column, rule="unknown-key", message=message, fix=fix)


def _missing_key(
    error: ValidationError, document: YamlDocument, path: YamlPath, required: Sequence[str]
) -> Iterator[Problem]:
    known = list(_subschema(error).get("properties", {}))
    present = _instance(error)
    for key in required:
        misspelt = any(nearest(str(name), [key]) for name in present if name not in known)
        if key not in present and not misspelt:
            line, column = document.place_of_value(path)
            message = f"`{key}` is missing from {_owner_of_keys(path)}"
            yield Problem(
                file=document.file, line=line, column=column, rule="missing-key", message=message, fix=f"add `{key}:`"
            )


def _value_words(error: ValidationError, path: YamlPath) -> tuple[str, str]:
    """Message and fix for one wrong value."""
    name, value = _value_name(path), error.instance
    limit: Any = error.validator_value
    match error.validator:
        case "type":
            return _type_words(name, value, limit)
        case "enum":
            # Of two-letter words each is near to all others.
            near = nearest(str(value), list(limit)) if len(str(value)) > 3 else None
            return f"{name} is {_shown(value)}; it can be {_listed(limit)}", f"write `{near}`" if near else ""
        case "pattern":
            return f"{name} is {_shown(value)}; it {_subschema(error)['patternErrorMessage']}", ""
        case "maxLength":
            return f"{name} has {len(str(value))} characters; at most {limit} are allowed", "shorten it"
        case "minimum" | "exclusiveMinimum":
            return (
                f"{name} is {value}; it must be {'above' if error.validator != 'minimum' else 'at least'} {limit}",
                "",
            )
        case "maximum":
            return f"{name} is {value}; it must be at most {limit}", ""
        case "minItems" | "minLength":
            return f"{name} is empty", "fill it in or delete the key"
        case "uniqueItems":
            return f"{name} names something twice", "delete one of the two"
        case _:
            return f"{name} is not allowed: {error.message}", ""


def _type_words(name: str, value: object, expected: str | list[str]) -> tuple[str, str]:
    wanted = " or ".join(_KIND_NAMES[kind] for kind in ([expected] if isinstance(expected, str) else expected))
    message = f"{name} must be {wanted}, not {_kind(value)}"
    if value is None:
        return f"{name} has no value; it must be {wanted}", "write a value or delete the key"
    if isinstance(value, str) and expected in ("integer", "number"):
        digits = value.replace(",", "").replace("_", "").replace(" ", "")
        if digits.lstrip("+-").replace(".", "", 1).isdecimal():
            return f"{name} must be a number, not the text {_shown(value)}", f"write {digits} without quotes"
    if isinstance(value, dict) and "string" in expected:
        return message, 'a value that starts with { must be in quotes: "{table}"'
    if isinstance(value, bool | int | float) and "string" in expected:
        return message, f'put it in quotes: "{str(value).lower()}"'
    return message, ""


_KIND_NAMES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list (lines that begin with `- `)",
    "object": "`key: value` lines",
    "null": "nothing",
}


def _kind(value: object) -> str:
    match value:
        case bool():
            return f"`{str(value).lower()}`"
        case int() | float():
            return f"the number {value}"
        case str():
            return f"the text {_shown(value)}"
        case list():
            return "a list"
        case dict():
            return "`key: value` lines"
        case _:
            return "nothing"


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 62 else f'{text[:60]}…"'


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _value_name(path: YamlPath) -> str:
    """E.g. `count` of `output_check` item 1."""
    keys = [step for step in path if isinstance(step, str)]
    if not keys:
        return "this file"
    places = [step + 1 for step in path if isinstance(step, int)]
    if isinstance(path[-1], int):
        return f"`{keys[-1]}` item {places[-1]}"
    return f"`{keys[-1]}`" + (f" of `{keys[-2]}` item {places[-1]}" if places and len(keys) > 1 else "")


def _owner_of_keys(path: YamlPath) -> str:
    return "this file" if not path else _value_name(path)


def _subschema(error: ValidationError) -> Mapping[str, Any]:
    found: Mapping[str, Any] = error.schema  # type: ignore[assignment]  # a schema with keywords is never a bare bool
    return found


def _instance(error: ValidationError) -> Mapping[str, Any]:
    found: Mapping[str, Any] = error.instance  # type: ignore[assignment]  # these keywords apply to objects only
    return found
