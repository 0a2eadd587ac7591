"""What kind of value a schema allows, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

_KINDS = {"string": "text", "boolean": "`true` or `false`", "object": "`key: value` lines"}

_MOST_CHOICES = 20
_ITEMS = {"string": "texts", "number": "numbers", "object": "`key: value` blocks"}


def value_words(schema: Mapping[str, Any]) -> str:
    """E.g. `a whole number from 0 to 20`, without a full stop."""
    if "enum" in schema:
        return _choices(schema["enum"])
    kinds = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    return ", or ".join(_kind_words(kind, schema) for kind in kinds)


def _choices(values: Sequence[str]) -> str:
    """Of hundreds only their number: editors offer them."""
    if len(values) > _MOST_CHOICES:
        return f"one of {len(values)} names, which editors offer"
    return "one of " + ", ".join(f"`{value}`" for value in values)


def _kind_words(kind: str, schema: Mapping[str, Any]) -> str:
    if kind in ("integer", "number"):
        return ("whole number" if kind == "integer" else "number") + _range_words(schema)
    if kind == "array":
        return f"list of {_item_words(schema['items'])}"
    longest = schema.get("maxLength")
    return _KINDS[kind] + (f" of at most {longest} characters" if kind == "string" and longest else "")


def _item_words(items: Mapping[str, Any]) -> str:
    kinds = [items["type"]] if isinstance(items["type"], str) else items["type"]
    return " or ".join(_ITEMS[kind] for kind in kinds if kind in _ITEMS)


def _range_words(schema: Mapping[str, Any]) -> str:
    least = f" from {schema['minimum']}" if "minimum" in schema else ""
    above = f" above {schema['exclusiveMinimum']}" if "exclusiveMinimum" in schema else ""
    most = f"{' and up' if above else ''} to {schema['maximum']}" if "maximum" in schema else ""
    return f"{least}{above}{most}"
