"""Values of the wrong type or spelling, in plain words, with the value that was meant."""

import re
from calendar import monthrange
from collections.abc import Sequence

from summary_tables.configs.schedule import cron_mistake
from summary_tables.configs.schema import alert_values, parents, time_zone
from summary_tables.configs.schema.mistake import SchemaError, kind, listed, or_deleted, shown, value_name
from summary_tables.configs.schema.number_values import is_share
from summary_tables.configs.schema.time_values import value_meant
from summary_tables.configs.schema.units import share_of_percent
from summary_tables.configs.schema.value_types import wrong_type
from summary_tables.configs.synonyms import OPERATOR_WORDS
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.configs.yaml.quoting import quoted
from summary_tables.model.problem import Edit, Finding, Place
from summary_tables.text.lookalikes import CURLY_QUOTES, INVISIBLE, described, without
from summary_tables.text.spelling import nearest
from summary_tables.text.written_number import spelling


def mistake(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    """What is wrong with one value."""
    if isinstance(error.value, str) and (lookalike := _lookalike(error, document)):
        return lookalike
    match error.keyword:
        case "type":
            return wrong_type(error, document)
        case "enum" if error.path[-1:] == ("timezone",):
            return time_zone.mistake(error, document)
        case "enum":
            return _not_a_choice(error, document)
        case "pattern":
            return _wrong_spelling(error, document)
        case "uniqueItems":
            return _repeated_item(error, document)
        case "format":
            return _no_day(error, document)
    message, fix = _limit_words(error)
    return _value(error, document, message, fix)


def _value(
    error: SchemaError, document: YamlDocument, message: str, fix: str = "", edit: Edit | None = None
) -> Finding[Place]:
    return Finding(rule="value", place=document.span_of_value(error.path), message=message, fix=fix, edit=edit)


def _lookalike(error: SchemaError, document: YamlDocument) -> Finding[Place] | None:
    """A value that would be right but for invisible characters or curly quotes."""
    text = error.value
    if found := INVISIBLE.search(text):
        line, column = document.place_in_text(error.path, found.start())
        fixed = without(text).strip()
        return Finding(
            rule="value",
            place=Place(line, column),
            message=f"{described(found[0])} stands in {value_name(error.path)}",
            fix=f"write {fixed}",
            edit=document.edit_of_value(error.path, _written(fixed, document, error)),
        )
    if len(text) > 1 and text[0] in CURLY_QUOTES and text[-1] in CURLY_QUOTES:
        fixed = quoted(text[1:-1])
        message = f"`{text[0]}` is a curly quote; YAML knows only straight ones"
        return _value(error, document, message, f"write {fixed}", document.edit_of_value(error.path, fixed))
    return None


def _written(text: str, document: YamlDocument, error: SchemaError) -> str:
    return text if document.is_unquoted(error.path) else quoted(text)


def _not_a_choice(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    choices: Sequence[str] = error.limit
    if error.value is None and not document.source_of_value(error.path):
        message = f"{value_name(error.path)} has no value; it can be {listed(choices)}"
        return _value(error, document, message, "write one of them, or delete the key")
    if isinstance(error.value, dict | list):
        message = f"{value_name(error.path)} must be one of {listed(choices)}, not {kind(error.value)}"
        return _value(error, document, message, "write one of them, or delete the key")
    source = document.source_of_value(error.path)
    written = str(error.value) or source.strip()
    word = written.strip().lower()
    meant = OPERATOR_WORDS.get(word) if "ge" in choices else alert_values.day(error)
    # Of two-letter words each is near to all others.
    meant = meant or (word if word in choices else nearest(word, list(choices)) if len(word) > 3 else None)
    return _value(
        error,
        document,
        f"{value_name(error.path)} is {shown(written)}; it can be {listed(choices)}",
        f"write `{meant}`" if meant else "",
        document.edit_of_value(error.path, meant + source[len(source.rstrip()) :]) if meant else None,
    )


def _wrong_spelling(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    if tuple(error.path) in (parents.SCHEDULE, parents.AT):
        return _wrong_schedule(error, document)
    if found := alert_values.wrong_destination(error, document):
        return found
    name, value = value_name(error.path), str(error.value)
    message = f"{name} is {shown(value)}; it {error.subschema['patternErrorMessage']}"
    if time := value_meant(error):
        return _value(error, document, message, f"write {time}", document.edit_of_value(error.path, time))
    return _value(error, document, message, alert_values.respelt(error) or _respelt(error, document, value))


def _no_day(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    """A date that is in no calendar, or one that is not written like one, which `pattern` tells in these words, too."""
    if not re.search(error.subschema["pattern"], error.value):
        return _wrong_spelling(error, document)
    year, month = map(int, error.value.split("-")[:2])
    last = monthrange(year, month)[1]
    message = f"{value_name(error.path)} is {shown(error.value)}, a day that is not in the calendar"
    return _value(error, document, message, f"the last day of that month is {year}-{month:02}-{last}")


def _respelt(error: SchemaError, document: YamlDocument, value: str) -> str:
    """What to write for a name that is none."""
    key = error.path[-1] if isinstance(error.path[-1], str) else error.path[-2]
    if tuple(error.path)[:2] in (parents.AFTER, ("deprecated", "use")) and key != "asset":
        return _table_meant(value, document)
    if key in ("name", "schema") and re.fullmatch(r'"[^"]+"', value):
        return f"write `{value[1:-1]}`"
    if key not in ("table", "schema", "versions_schema") or error.path[0] in ("input_check", "output_check"):
        return ""
    if re.search(r"[${}%]", value):
        return "write the name itself"
    schema, dot, table = value.removesuffix(".yaml").removesuffix(".sql").partition(".")
    if dot and key == "table" and schema.isidentifier() and table.isidentifier():
        return f"write `table: {table.lower()}` and `schema: {schema.lower()}`"
    name = schema if key == "table" and not dot else value
    lower = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name.strip().lower())
    is_name = lower.strip("_").isidentifier() and value.isascii()
    return f"write `{lower.strip('_')}`" if is_name else ""


def _table_meant(value: str, document: YamlDocument) -> str:
    """What to write for a table without its schema, or with capitals."""
    names = value.lower().split(".")
    if not all(name.isascii() and name.isidentifier() for name in names) or len(names) > 2:
        return ""
    if len(names) == 2:
        return f"write `{'.'.join(names)}`"
    schema = document.data.get("schema", "schema") if isinstance(document.data, dict) else "schema"
    return f"write `{schema}.{names[0]}`, if it stands in that schema"


def _wrong_schedule(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    value = str(error.value)
    found = cron_mistake.mistake(value)
    if found is None:
        name = value_name(error.path)
        return _value(error, document, f"{name} is {shown(value)}; it {error.subschema['patternErrorMessage']}")
    line, column = document.place_in_text(error.path, found.place.offset)
    words = found.fix.removeprefix("write ")
    is_whole = found.place.length == len(value.strip()) and words.startswith('"') and words.count('"') == 2
    is_value = is_whole and words.endswith('"') and found.fix.startswith("write ")
    edit = document.edit_of_value(error.path, words) if is_value else None
    return Finding(
        rule="cron", place=Place(line, column, found.place.length), message=found.message, fix=found.fix, edit=edit
    )


def _repeated_item(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    values: list[object] = error.value
    spelt = list(map(spelling, values))
    index = next(index for index, value in enumerate(spelt) if value in spelt[:index])
    path = (*error.path, index)
    what = f" {shown(values[index])}" if isinstance(values[index], str) else " something"
    return Finding(
        rule="value",
        place=document.span_of_value(path),
        message=f"{value_name(error.path)} names{what} twice",
        fix="delete one of the two",
    )


def _limit_words(error: SchemaError) -> tuple[str, str]:
    name, limit = value_name(error.path), error.limit
    match error.keyword:
        case "maxLength":
            return f"{name} has {len(str(error.value))} characters; at most {limit} are allowed", "shorten it"
        case "minimum":
            return f"{name} is {error.value}; it must be at least {limit}", ""
        case "exclusiveMinimum":
            return f"{name} is {error.value}; it must be above {limit}", ""
        case "maximum":
            return f"{name} is {error.value}; it must be at most {limit}", _meant_share(error)
        case "maxItems":
            return f"{name} has {len(error.value):,} items; at most {limit:,} are allowed", "delete some"
        case "minItems" | "minLength":
            return f"{name} is empty", f"fill it in{or_deleted(error.path)}"
        case "minProperties" | "maxProperties":
            return f"{name} {error.subschema['errorMessage']}", ""
        case _:
            return f"{name} cannot be {kind(error.value)}", ""


def _meant_share(error: SchemaError) -> str:
    """`null_share: {max: 5}` is most likely meant in percent."""
    share = share_of_percent(str(error.value)) if is_share(error) else ""
    return f"write {share} for {error.value} percent" if share else ""
