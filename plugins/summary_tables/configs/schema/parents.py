"""What is wrong with the shape of what a table waits for: a time without it, an item outside of a list, two in one."""

from collections.abc import Iterator

from summary_tables.configs.schema.mistake import KeyFinding, SchemaError, value_name
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.configs.yaml.quoting import quoted
from summary_tables.model.problem import Finding, Place

SCHEDULE = ("schedule",)
AFTER = ("schedule", "after")
AT = ("schedule", "at")
_KEYS_OF_AN_ITEM = frozenset({"asset", "table", "column", "within_hours"})
_KEYWORDS_OF_SHAPE = ("additionalProperties", "required")


def is_about(error: SchemaError) -> bool:
    """Whether `mistakes` explains the error."""
    path = tuple(error.path)
    if path == SCHEDULE:
        return error.keyword == "required" and ("at" in error.value or _has_unknown_key(error))
    if path == AFTER:
        return error.keyword in _KEYWORDS_OF_SHAPE and _is_meant_as_list(error.value)
    return path[:2] == AFTER and error.keyword == "not"


def mistakes(error: SchemaError, document: YamlDocument) -> Iterator[Finding[Place]]:
    """The mistakes behind an error that `is_about` accepts; none where another error tells the same."""
    if tuple(error.path) == SCHEDULE:
        if not _has_unknown_key(error):
            yield _time_alone(error, document)
    elif error.keyword == "not":
        yield _two_in_one(error, document)
    elif "any" in error.value:
        yield _beside_any(error, document)
    elif error.keyword == "required":
        yield _no_list(error, document)


def _has_unknown_key(error: SchemaError) -> bool:
    """Most likely the one that is missing was meant."""
    return not error.value.keys() <= error.subschema["properties"].keys()


def _is_meant_as_list(value: dict[str, object]) -> bool:
    return "all" in value or bool(_KEYS_OF_AN_ITEM & value.keys())


def _time_alone(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    written = f"schedule: {quoted(str(error.value['at']))}"
    return KeyFinding(
        rule="missing-key",
        place=document.span_of_key(AT),
        message="`at` stands here without `after`: there is nothing for a run to wait for",
        fix=f"write `{written}`, or `after:` with what it waits for",
        meant="after",
    )


def _two_in_one(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    return Finding(
        rule="shape",
        place=document.span_of_key((*error.path, "table")),
        message=f"{value_name(error.path)} is an asset and a table at once",
        fix="write two items, each with a dash of its own",
    )


def _beside_any(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    key = next(str(key) for key in error.value if key != "any")
    if key in _KEYS_OF_AN_ITEM:
        message, fix = "stands outside the list of `any`", f"write it in that list, as an item of its own: `- {key}:`"
    else:
        message, fix = "is not a key beside `any`", "write one list: below `any`, or for all of it below `after`"
    place = document.span_of_key((*AFTER, key))
    return Finding(rule="unknown-key", place=place, message=f"`{key}` {message}", fix=fix)


def _no_list(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    first = str(next(iter(error.value)))
    if "all" in error.value:
        message, fix = "a list below `after` means all of it", "delete `all:`, and write its items below `after:`"
        return KeyFinding(
            rule="unknown-key", place=document.span_of_key((*AFTER, "all")), message=message, fix=fix, meant="after"
        )
    return Finding(
        rule="value",
        place=document.span_of_key((*AFTER, first)),
        message="`after` must be a list: its first item begins here, without a dash",
        fix=f"write `- {first}:`",
    )
