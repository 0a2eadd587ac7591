"""What is wrong with the kind of a check: none, two, the wrong shape, a table where there can be none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from summary_tables.checks import CHECK_KINDS
from summary_tables.configs.schema import keys
from summary_tables.configs.schema.mistake import KIND_NAMES, KeyFinding, SchemaError, kind, value_name
from summary_tables.configs.schema_files import load_schema
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.model.problem import Finding, Place
from summary_tables.text.english import quoted

_CHECKS = ("input_check", "output_check")
_KEYWORDS = ("additionalProperties", "anyOf", "dependentRequired", "not", "oneOf", "type")


def is_about(error: SchemaError) -> bool:
    """Whether `mistakes` explains the error: it concerns a check as a whole, or what stands at its kind."""
    path = error.path
    is_kind = len(path) == 3 and (
        error.keyword in ("anyOf", "not") or (error.keyword == "type" and path[2] in kinds_of_check())
    )
    is_whole = isinstance(error.value, dict) or error.keyword == "oneOf"
    is_item = len(path) == 2 and error.keyword in _KEYWORDS and is_whole
    return bool(path) and path[0] in _CHECKS and (is_item or is_kind)


def mistakes(error: SchemaError, document: YamlDocument) -> Iterator[Finding[Place]]:
    """The mistakes behind an error that `is_about` accepts; none where another error tells the same."""
    if len(error.path) == 2 and not isinstance(error.value, dict):
        return  # that it is a text or a list is told by the error about its type
    match error.keyword, len(error.path):
        case "oneOf", 2:
            yield from _not_one_kind(error, document)
        case "dependentRequired", 2:
            yield from _lacking(error, document)
        case "not", _:
            yield _misplaced(error, document)
        case "additionalProperties", 2:
            yield from _unknown(error, document)
        case "anyOf", _:
            yield _no_limit(error, document)
        case _:
            yield from _wrong_shape(error, document)


def _beside_kinds() -> Mapping[str, str]:
    """The keys that stand beside the key of one kind of check only -> that kind."""
    return {key: kind.KEY for kind in CHECK_KINDS.values() for key in kind.KEYS_BESIDE}


def kinds_of_check() -> Mapping[str, Any]:
    """The schema of each kind by its key."""
    check = load_schema("summary_table")["$defs"]["check"]
    return {kind["required"][0]: check["properties"][kind["required"][0]] for kind in check["oneOf"]}


def several_kinds(error: SchemaError, document: YamlDocument, name: str, named: Sequence[str]) -> Finding[Place]:
    """The item of `error`, which messages call `name`, has the keys `named` of several kinds."""
    return Finding(
        rule="shape",
        place=document.span_of_key((*error.path, named[1])),
        message=f"{name} has {len(named)} kinds of check: {quoted(named)}",
        fix=f"make an item of its own of `{named[1]}`, with a dash before it",
    )


def _not_one_kind(error: SchemaError, document: YamlDocument) -> Iterator[Finding[Place]]:
    item, kinds = error.value, kinds_of_check()
    named = [key for key in item if key in kinds]
    known = list(error.subschema["properties"])
    if len(named) > 1:
        yield several_kinds(error, document, value_name(error.path), named)
    elif owner := next((kind for key, kind in _beside_kinds().items() if key in item), ""):
        yield from keys.missing(replace(error, keyword="required", limit=[owner]), document)
    elif all(key in known for key in item):
        yield KeyFinding(
            rule="missing-key",
            place=document.span_of_value(error.path),
            message=f"{value_name(error.path)} does not say what is checked",
            fix="add a kind of check, such as `row_count: {min: 1}`",
            meant="sql",
        )


def _lacking(error: SchemaError, document: YamlDocument) -> Iterator[Finding[Place]]:
    item = error.value
    named = [key for key in item if key in kinds_of_check()]
    lacking = {needed for key, all_needed in error.limit.items() if key in item for needed in all_needed} - {*item}
    if "table" in lacking:
        if len(named) == 1:
            yield _no_table(error, document, named[0])
    elif not lacking.isdisjoint(CHECK_KINDS):
        if len(named) == 1:
            yield from (_superfluous_number(error, document, key, named[0]) for key in _beside_kinds() if key in item)
    else:
        yield from keys.missing(error, document)


def _no_table(error: SchemaError, document: YamlDocument, named: str) -> Finding[Place]:
    return KeyFinding(
        rule="missing-key",
        place=document.span_of_key((*error.path, named)),
        message=f"`table` is missing from {value_name(error.path)}: which table `{named}` looks at",
        fix=f"add `table: schema.table` below `{named}`",
        meant="table",
    )


def _superfluous_number(error: SchemaError, document: YamlDocument, key: str, named: str) -> Finding[Place]:
    owner = _beside_kinds()[key]
    return Finding(
        rule="unknown-key",
        place=document.span_of_key((*error.path, key)),
        message=f"`{key}` belongs to `{owner}`; nothing of `{named}` is compared with it",
        fix=f"delete it, or make an item of its own of it, with `{owner}`",
    )


def _misplaced(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    """What the other list of checks may have."""
    (*others, key) = error.limit["required"]
    if key == "whole_table":
        return _no_whole_table(error, document, *others)
    return _superfluous_table(error, document) if key == "table" else _nothing_before(error, document, key)


def _no_whole_table(error: SchemaError, document: YamlDocument, kind: str = "") -> Finding[Place]:
    message = "`whole_table` is for `output_check`: an input check always looks at the whole of its table"
    if kind and (instead := CHECK_KINDS[kind].NOT_OF_WHOLE_TABLE):
        message = f"`{kind}` {instead}"
    elif kind:
        message = f"`whole_table` does nothing beside `{kind}`: the query names its tables itself"
    place = document.span_of_key((*error.path, "whole_table"))
    return Finding(rule="unknown-key", place=place, message=message, fix="delete it")


def _nothing_before(error: SchemaError, document: YamlDocument, named: str) -> Finding[Place]:
    return Finding(
        rule="unknown-key",
        place=document.span_of_key((*error.path, named)),
        message=f"`{named}` is for `output_check`: it compares the newly built table with what was before it",
        fix="move the check to `output_check`",
    )


def _superfluous_table(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    query = next((key for key, kind in CHECK_KINDS.items() if kind.IS_QUERY and key in error.value), "")
    if query:
        message, fix = f"`table` does nothing beside `{query}`: the query names its tables itself", "delete it"
    else:
        message = "`table` is for `input_check`: an output check always looks at the new table"
        fix = "delete it, or move the check to `input_check`"
    return Finding(rule="unknown-key", place=document.span_of_key((*error.path, "table")), message=message, fix=fix)


def _unknown(error: SchemaError, document: YamlDocument) -> Iterator[Finding[Place]]:
    """A key such as `min` that stands beside its kind and not below it, and all others."""
    kinds = kinds_of_check()
    known = error.subschema["properties"]
    moved: dict[str, str] = {}
    for named in error.value:
        own = [key for key in error.value if key in _keys_below(named, kinds) and key not in known]
        if own:
            yield _beside(error, document, named, own)
        moved.update(dict.fromkeys(own, named))
    others = {key: value for key, value in error.value.items() if key not in moved}
    yield from keys.unknown(replace(error, value=others), document)


def _beside(error: SchemaError, document: YamlDocument, named: str, own: list[str]) -> Finding[Place]:
    written = flow({named: {key: error.value[key] for key in own}})[1:-1]
    return Finding(
        rule="unknown-key",
        place=document.span_of_key((*error.path, own[0])),
        message=f"{quoted(own)} {'stand' if len(own) > 1 else 'stands'} beside `{named}` and not below it",
        fix=f"write `{written}`",
    )


def _keys_below(named: str, kinds: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = kinds[named].get("properties", {}) if named in kinds else {}
    return found


def _no_limit(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    limits = [each["required"][0] for each in error.limit]
    return KeyFinding(
        rule="missing-key",
        place=document.span_of_key(error.path),
        message=f"{value_name(error.path)} needs {one_of(limits)}",
        fix=f"write e.g. `{error.path[-1]}: {example(error.subschema)}`",
        meant=" ".join(limits),
    )


def one_of(limits: Sequence[str]) -> str:
    """`min`, `max` or both; at least one of `min`, `max` and `max_decrease_percent`."""
    if len(limits) == 2:
        return f"`{limits[0]}`, `{limits[1]}` or both"
    return f"at least one of {quoted(limits)}"


def _wrong_shape(error: SchemaError, document: YamlDocument) -> Iterator[Finding[Place]]:
    """`not_null: {column: date}`, `row_count: 12`, `freshness: created_at`."""
    key, value, kinds = str(error.path[-1]), error.value, kinds_of_check()
    item = item_around(error, document)
    if value is None and any(other in _keys_below(key, kinds) for other in item):
        return  # `min` and the like stand on lines below it that are not indented
    wanted = "a column, or a list of columns" if CHECK_KINDS[key].IS_COLUMNS else KIND_NAMES[_first_type(kinds[key])]
    message = f"{value_name(error.path)} must be {wanted}, not {kind(value)}"
    yield Finding(
        rule="value",
        place=document.span_of_value(error.path),
        message=message if value is not None else f"{value_name(error.path)} has no value; it must be {wanted}",
        fix=f"write `{key}: {_meant_value(key, value, kinds[key])}`",
    )


def item_around(error: SchemaError, document: YamlDocument) -> Mapping[str, Any]:
    found: Any = document.data
    for step in error.path[:-1]:
        found = found[step]
    return found if isinstance(found, dict) else {}


def _first_type(schema: Mapping[str, Any]) -> str:
    kinds = schema.get("type", "string")
    return str(kinds if isinstance(kinds, str) else kinds[0])


def _meant_value(key: str, value: object, schema: Mapping[str, Any]) -> str:
    if CHECK_KINDS[key].IS_COLUMNS and isinstance(value, dict):
        columns = value.get("columns", value.get("column"))
        if isinstance(columns, str | list) and columns:
            return columns if isinstance(columns, str) else flow(columns)
    if (meant := CHECK_KINDS[key].NUMBER_MEANS) and isinstance(value, int) and not isinstance(value, bool):
        return f"{{{meant}: {value}}}"
    columns = [value] if isinstance(value, str) else value
    column = str(columns[0]) if isinstance(columns, list) and len(columns) == 1 else ""
    if column.isidentifier() and "column" in _below(schema):
        return flow({**schema["examples"][0], "column": column})
    return example(schema)


def _below(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = schema.get("properties", {})
    return found


def example(schema: Mapping[str, Any]) -> str:
    return flow(schema["examples"][0])


def flow(value: object) -> str:
    """`value` on one line, as YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return f"'{value}'" if isinstance(value, str) and not value[:1].isalnum() else str(value)
