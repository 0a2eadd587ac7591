"""Values of another type than the key's: what to write, where that can be told."""

import re
from collections.abc import Callable

from summary_tables.configs.schedule import cron_mistake
from summary_tables.configs.schema import alert_values
from summary_tables.configs.schema.check_kinds import example, kinds_of_check
from summary_tables.configs.schema.key_synonyms import other_words
from summary_tables.configs.schema.keys import bullet
from summary_tables.configs.schema.mistake import KIND_NAMES, SchemaError, kind, or_deleted, value_name
from summary_tables.configs.schema.number_values import comparison, number_as_text
from summary_tables.configs.schema.time_values import time_as_number
from summary_tables.configs.schema.wrong_value import wrong_value
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.configs.yaml.quoting import quoted
from summary_tables.model.problem import Edit, Finding, Place

_CHECKS = ("input_check", "output_check")
_CHECK_PATHS = (("input_check",), ("output_check",))
_TABLE = re.compile(r"[\w$]+\.[\w$]+")
_PLACEHOLDER = re.compile(r"\{\s*\w+\s*\}")
_QUERY = re.compile(r"\s*(?:select|with)\b", re.IGNORECASE)
_TRUTHS = {"yes": "true", "y": "true", "on": "true", "1": "true", "no": "false", "n": "false", "off": "false"}


def wrong_type(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    """Message and fix for a value of the wrong type."""
    kinds = [error.limit] if isinstance(error.limit, str) else list(error.limit)
    for explain in _EXPLANATIONS:
        if found := explain(error, document, kinds):
            return found
    wanted = " or ".join(KIND_NAMES[kind] for kind in kinds)
    return wrong_value(error, document, f"{value_name(error.path)} must be {wanted}, not {kind(error.value)}")


def _nothing(error: SchemaError, document: YamlDocument, kinds: list[str]) -> Finding[Place] | None:
    if error.value is not None:
        return None
    name, written = value_name(error.path), document.source_of_value(error.path)
    wanted = " or ".join(KIND_NAMES[kind] for kind in kinds)
    if written and "string" in kinds:
        message = f"{name} has no value: `{written}` without quotes means nothing"
        return wrong_value(
            error, document, message, f"write {quoted(written)}{or_deleted(error.path)}", quoted(written)
        )
    message = f"{name} has no value; it must be {wanted}"
    if found := re.match(r"[ \t]+(#[^\s#].*)", document.rest_of_line(error.path)):
        message = f"{name} has no value: what begins with # is a comment"
        can_be_meant = re.search(error.subschema.get("pattern", ""), found[1].rstrip())
        fix = f"write {quoted(found[1].rstrip())}, or a value before the comment" if can_be_meant else "write a value"
        return wrong_value(error, document, message, fix)
    return wrong_value(error, document, message, f"write a value{or_deleted(error.path)}")


def _check_as_text(error: SchemaError, document: YamlDocument, kinds: list[str]) -> Finding[Place] | None:
    """`- SELECT 1`, or the query straight after `input_check:`."""
    if error.path[0] not in _CHECKS or not isinstance(error.value, str) or kinds not in (["object"], ["array"]):
        return None
    if len(error.path) > 2:
        return None
    is_item = kinds == ["object"]
    kind_meant = re.match(r"[a-z_]+", error.value)
    if is_item and kind_meant and kind_meant[0] in kinds_of_check():
        written = f"{kind_meant[0]}: {example(kinds_of_check()[kind_meant[0]])}"
        message = f"{value_name(error.path)} is a text; `{kind_meant[0]}` needs a colon behind it, and what it checks"
        return wrong_value(error, document, message, f"write e.g. `- {written}`")
    message = f"{value_name(error.path)} is a text; a check is written as `sql:` and `count:`"
    query = error.value if len(error.value) <= 40 and "\n" not in error.value else f"{error.value[:12].split()[0]} ..."
    query = query if _QUERY.match(error.value) else "SELECT COUNT(1) FROM ..."
    fix = f"write `- sql: {query}` and `count: 1` below `sql`"
    return wrong_value(error, document, message, fix if is_item else f"{fix}, on lines below `{error.path[0]}:`")


def _truth(error: SchemaError, document: YamlDocument, kinds: list[str]) -> Finding[Place] | None:
    meant = _TRUTHS.get(str(error.value).lower()) or (str(error.value).lower() if isinstance(error.value, str) else "")
    if kinds != ["boolean"] or meant not in ("true", "false"):
        return None
    message = f"{value_name(error.path)} must be true or false, not {kind(error.value)}"
    return wrong_value(error, document, message, f"write `{meant}`", meant)


def _text_as_other(error: SchemaError, document: YamlDocument, kinds: list[str]) -> Finding[Place] | None:
    """`table: {table}`, `owner: 7`, `description: true`."""
    if "string" not in kinds or error.value is None or isinstance(error.value, str | list):
        return None
    source = document.source_of_value(error.path)
    if "\n" in source or (isinstance(error.value, dict) and not source.startswith("{")):
        return None
    if isinstance(error.value, dict):
        if error.path[-1] in ("table", "schema"):
            return _name_in_braces(error, document, source)
        message = "a value that begins with { must be in quotes"
        return wrong_value(error, document, message, f"write {quoted(source)}", quoted(source))
    message = f"{value_name(error.path)} must be a text, not {kind(error.value)}"
    if error.path == ("schedule",):
        return wrong_value(error, document, message, cron_mistake.example(source))
    return wrong_value(error, document, message, f"put it in quotes: {quoted(source)}", quoted(source))


def _name_in_braces(error: SchemaError, document: YamlDocument, source: str) -> Finding[Place]:
    """`table: {table}`, `schema: {name: analytics}`."""
    name = value_name(error.path)
    message = f"{name} must be a text, not {kind(error.value)}"
    if _PLACEHOLDER.fullmatch(source):
        message = f"{name} is the name itself; placeholders such as `{source}` are for queries"
    return wrong_value(error, document, message, "write the name, without braces")


def _day_as_number(error: SchemaError, document: YamlDocument, _: list[str]) -> Finding[Place] | None:
    """`start: 20260101`."""
    if error.subschema.get("format") != "date" or not isinstance(error.value, int):
        return None
    message = f"{value_name(error.path)} {error.subschema['errorMessage']}, not {kind(error.value)}"
    digits = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", str(error.value))
    return wrong_value(error, document, message, f'write "{"-".join(digits.groups())}"' if digits else "")


def _schedule_as_list(error: SchemaError, document: YamlDocument, _: list[str]) -> Finding[Place] | None:
    if tuple(error.path) != ("schedule",) or not isinstance(error.value, list):
        return None
    message = "`schedule` must be a text or `after:`, not a list"
    if not all(isinstance(name, str) and _TABLE.fullmatch(name) for name in error.value):
        # Crons, say: of several none is more meant than another.
        return wrong_value(error, document, message, "")
    names = ", ".join(error.value)
    return wrong_value(error, document, message, f"write `{{after: [{names}]}}`", f"{{after: [{names}]}}")


def _items_without_dashes(error: SchemaError, document: YamlDocument, kinds: list[str]) -> Finding[Place] | None:
    """`input_check:` with keys below it instead of list items."""
    if kinds != ["array"] or not isinstance(error.value, dict) or not error.value:
        return None
    first = str(next(iter(error.value)))
    key = str(error.path[-1])
    if key in _NAMED and first not in ("name", *other_words(_NAMED[key])) and not bullet(first):
        return _items_by_name(error, document, first)
    if _is_title(error, first):
        return _titles_as_keys(error, document)
    path, name = (*error.path, first), value_name(error.path)
    sign = bullet(first)
    key = first.lstrip(f"{sign} ") if sign else first
    edit = _as_item(error, document, sign)
    if sign:
        message = (
            "a space is missing after the dash of this list item"
            if sign == "-"
            else f"`{sign}` is no list item to YAML; a list item begins with an ordinary dash and a space"
        )
    else:
        message = f"{name} must be a list: its first item begins here, without a dash"
    place = document.span_of_key(path)
    place = place._replace(length=1) if sign else place
    fix = f"write `- {key}:`"
    return Finding(rule="value", place=place, message=message, fix=fix, edit=edit)


def _is_title(error: SchemaError, first: str) -> bool:
    """Whether `first` is what somebody calls a test or a check, with its keys below."""
    below = error.value[first]
    if not isinstance(below, dict) or bullet(first):
        return False
    return tuple(error.path) == ("tests",) or (tuple(error.path) in _CHECK_PATHS and first not in kinds_of_check())


def _titles_as_keys(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    """`tests: {one day: {given: ...}}`: each title begins a list item."""
    names = [str(name) for name in error.value]
    first = document.place_of_key((*error.path, names[0]))[1]
    items = f"`- name: {names[0]}`" + (" and so on" if len(names) > 1 else "")
    return Finding(
        rule="value",
        place=document.span_of_key((*error.path, names[0])),
        message=f"{value_name(error.path)} must be a list; what each is called stands at `name`",
        fix=f"write {items}, and let the keys below begin in column {first + 2}, under `name`",
    )


_NAMED = {"columns": "columns", "tables": "tables", "types": "source_types"}
"""Lists whose items have a name -> the owner of the keys of an item."""


def _items_by_name(error: SchemaError, document: YamlDocument, first: str) -> Finding[Place]:
    """`columns: {date: date}`."""
    type_ = error.value[first] if error.path[-1] == "columns" else None
    message = f"{value_name(error.path)} must be a list of {error.path[-1]}; what each is called stands at `name`"
    below = f" and `type: {type_}` below it" if isinstance(type_, str) else ""
    return Finding(
        rule="value",
        place=document.span_of_key((*error.path, first)),
        message=message,
        fix=f"write `- name: {first}`{below}",
    )


def _as_item(error: SchemaError, document: YamlDocument, sign: str) -> Edit | None:
    """The mapping becomes the one item of a list; what stands on its further lines moves with it."""
    source = document.source_of_value(error.path)
    if source.startswith("{"):
        return document.edit_of_value(error.path, f"[{source}]")
    lines = source.split("\n")
    first = lines[0][len(sign) :].lstrip(" ")
    by = len(lines[0]) - len(first) if sign else 0
    moved = [line if not line.strip() else " " * (2 - by) + line for line in lines[1:]]
    return document.edit_of_value(error.path, "\n".join([f"- {first}", *moved])) if by <= 2 else None


def _list_as_text(error: SchemaError, document: YamlDocument, kinds: list[str]) -> Finding[Place] | None:
    """`tags: growth`, `indexes: date`, `after: analytics.a`."""
    is_check_list = error.path[0] in _CHECKS and len(error.path) == 1
    if kinds[0] != "array" or not isinstance(error.value, str) or is_check_list:
        return None
    if error.path[-1] == "used_by":
        return None  # an item is more than a name
    lines = document.source_of_value(error.path).split("\n") if document.is_unquoted(error.path) else [error.value]
    words = [word.strip() for line in lines for word in line.split(",") if word.strip()]
    if not words or "\n" in error.value:
        return None
    items = ", ".join(word if _is_plain(word) else quoted(word) for word in words)
    written = f"[{{columns: [{items}]}}]" if error.path[-1] == "indexes" else f"[{items}]"
    if tuple(error.path) == ("columns",):
        written = f"[{', '.join(f'{{name: {item}}}' for item in items.split(', '))}]"
    message = f"{value_name(error.path)} must be {KIND_NAMES['array']}, not {kind(error.value)}"
    return wrong_value(error, document, message, f"write `{error.path[-1]}: {written}`", written)


def _mapping_as_text(error: SchemaError, document: YamlDocument, kinds: list[str]) -> Finding[Place] | None:
    """`grants: reporting`, `indexes: [date]`, `csv: seeds/countries.csv`."""
    if kinds == ["object"] and tuple(error.path) == ("csv",) and isinstance(error.value, str):
        written = f"{{file: {error.value if _is_plain(error.value.replace('/', '_')) else quoted(error.value)}}}"
        message = f"{value_name(error.path)} must be {KIND_NAMES['object']}, not {kind(error.value)}"
        return wrong_value(error, document, message, f"write `csv: {written}`", written)
    names = [error.value] if isinstance(error.value, str) else error.value
    if kinds != ["object"] or not isinstance(names, list) or not names:
        return None
    if len(error.path) == 2 and error.path[0] == "columns" and isinstance(error.value, str) and _is_plain(error.value):
        message = f"{value_name(error.path)} must be {KIND_NAMES['object']}, not {kind(error.value)}"
        return wrong_value(error, document, message, f"write `name: {error.value}`", f"{{name: {error.value}}}")
    key = {"grants": "select", "indexes": "columns"}.get(str(error.path[0]))
    if not key or not all(isinstance(name, str) and _is_plain(name) for name in names):
        return None
    written = f"{{{key}: [{', '.join(names)}]}}"
    message = f"{value_name(error.path)} must be {KIND_NAMES['object']}, not {kind(error.value)}"
    fix = f"write `{written}`" if isinstance(error.path[-1], int) else f"write `{error.path[-1]}: {written}`"
    # Who may read a table is nothing to guess at.
    return wrong_value(error, document, message, fix, None if key == "select" else written)


def _is_plain(word: str) -> bool:
    return word.replace("_", "").replace(".", "").replace("-", "").isalnum() and word[0] not in "-.0123456789"


_EXPLANATIONS: tuple[Callable[[SchemaError, YamlDocument, list[str]], Finding[Place] | None], ...] = (
    _nothing,
    alert_values.wrong_type,
    _check_as_text,
    comparison,
    number_as_text,
    _truth,
    _day_as_number,
    time_as_number,
    _text_as_other,
    _schedule_as_list,
    _items_without_dashes,
    _list_as_text,
    _mapping_as_text,
)
