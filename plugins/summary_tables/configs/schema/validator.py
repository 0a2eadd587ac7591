"""jsonschema, with the keywords as the format means them. The one place that imports it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, validators
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator

from summary_tables.configs.schema.mistake import SchemaError
from summary_tables.configs.schema_files import SchemaName, whole_schema
from summary_tables.text.written_number import spelling


def errors(data: Mapping[Any, Any], schema: SchemaName) -> Iterator[SchemaError]:
    """Everything in `data` that the schema does not allow."""
    return map(_schema_error, _validator(schema).iter_errors(data))


@cache
def _validator(schema: SchemaName) -> Draft202012Validator:
    return _Validator(whole_schema(schema), format_checker=FormatChecker(["date"]))


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


def _schema_error(error: ValidationError) -> SchemaError:
    subschema: Mapping[str, Any] = error.schema  # type: ignore[assignment]  # one with keywords is never a bare bool
    return SchemaError(
        path=tuple(error.absolute_path),
        keyword=str(error.validator),
        limit=error.validator_value,
        value=error.instance,
        subschema=subschema,
    )
