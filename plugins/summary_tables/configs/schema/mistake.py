"""What the schema refuses, as the words about it need it, and how values and places in a file are named in them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from summary_tables.configs.schema_files import required_keys
from summary_tables.configs.yaml.document import YamlPath
from summary_tables.model.problem import Finding, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaError:
    """`keyword` of the schema, such as `pattern`, whose value is `limit`, refuses `value` at `path`."""

    path: YamlPath
    keyword: str
    limit: Any
    value: Any
    subschema: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFinding(Finding[Place]):
    """`meant`: the right names of the keys that it is about, with blanks between them."""

    meant: str = field(compare=False)


def or_deleted(path: YamlPath) -> str:
    """Goes on behind "write a value", where the file can do without what stands at `path`."""
    if isinstance(path[-1], int):
        return " or delete the item"
    return "" if path[-1] in required_keys() else " or delete the key"


KIND_NAMES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list (lines that begin with `- `)",
    "object": "`key: value` lines",
    "null": "nothing",
}


def kind(value: object) -> str:
    """What a value is, never all of it: `the number 3`, `a list`."""
    match value:
        case bool():
            return f"`{str(value).lower()}`"
        case int() | float():
            return f"the number {value}"
        case str():
            return f"the text {shown(value)}"
        case list():
            return "a list"
        case dict():
            return "`key: value` lines"
        case _:
            return "nothing"


def shown(text: object) -> str:
    """A text in quotes, its beginning where it is long."""
    written = json.dumps(text, ensure_ascii=False)
    return written if len(written) <= 62 else f'{written[:60]}…"'


def listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def value_name(path: YamlPath) -> str:
    """E.g. `count` of `output_check` item 1."""
    if path[:1] in (("tables",), ("types",), ("alerts",)):
        return _name_of_each_step(path)
    keys = [step for step in path if isinstance(step, str)]
    if not keys:
        return "this file"
    if keys[:2] == ["schedule", "after"]:
        # What stands in the list is known by the list's own key.
        keys = keys[2:] if keys[2:3] == ["any"] else keys[1:]
    places = [step + 1 for step in path if isinstance(step, int)]
    if isinstance(path[-1], int):
        return f"`{keys[-1]}` item {places[-1]}"
    if not places or len(keys) == 1:
        return f"`{keys[-1]}`"
    inner = " of ".join(f"`{key}`" for key in reversed(keys[1:]))
    return f"{inner} of `{keys[0]}` item {places[0]}"


def _name_of_each_step(path: YamlPath) -> str:
    """E.g. `type` of `columns` item 3 of `tables` item 1."""
    steps: list[str] = []
    for step in path:
        if isinstance(step, int):
            steps[-1] += f" item {step + 1}"
        else:
            steps.append(f"`{step}`")
    return " of ".join(reversed(steps))
