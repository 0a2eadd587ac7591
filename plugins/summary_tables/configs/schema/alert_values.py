"""Values of `owners`, `alerts` and `priority`: what was meant, where that can be told."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from summary_tables.configs.schema.mistake import KIND_NAMES, SchemaError, shown, value_name
from summary_tables.configs.schema.wrong_value import wrong_value
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.configs.yaml.quoting import quoted
from summary_tables.model.problem import Finding, Place

_DAYS: Final[Mapping[str, str]] = {
    full[: len("mon")]: full for full in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
}


def day(error: SchemaError) -> str:
    """`saturday` -> `sat`; empty where no day is meant."""
    if tuple(error.limit) != tuple(_DAYS) or not isinstance(error.value, str):
        return ""
    word = error.value.strip().lower().removesuffix(".")
    return next((short for short, full in _DAYS.items() if word in (full, full[: len(word)]) and len(word) > 1), "")


def respelt(error: SchemaError) -> str:
    """What to do about a text that has not the form of its key; empty where nothing can be told."""
    key, value = error.path[-1], str(error.value).strip()
    if key == "channel" and re.fullmatch(r"[\w-]+", value):
        return f"write {quoted(f'#{value}')}"
    if key == "mention" and value.startswith("@"):
        return "write an id: in Slack, the profile of whom you mean, then the three dots, Copy member ID"
    return ""


def wrong_destination(error: SchemaError, document: YamlDocument) -> Finding[Place] | None:
    """`to: growth@acme.com`, `to: "#growth"`, `to: https://hooks.slack.com/...`: what a connection leads to."""
    if error.path[0] != "alerts" or "id of an Airflow connection" not in str(
        error.subschema.get("patternErrorMessage")
    ):
        return None
    name, value = value_name(error.path), str(error.value).strip()
    if "://" in value:
        message = f"{name} is an address; it must be the id of an Airflow connection, which keeps the address secret"
        fix = "make a connection that has the address, and write its id; whoever reads this file can use the address"
        return wrong_value(error, document, message, fix)
    message = f"{name} is {shown(value)}; it {error.subschema['patternErrorMessage']}"
    if value.startswith("#") and error.path[-1] != "conn_id":
        return wrong_value(error, document, message, f"write `{{conn_id: slack_bot, channel: {quoted(value)}}}`")
    if "@" in value.strip("@"):
        fix = "write the id of a connection of the type apprise that sends mail; the address is the `email` of an owner"
        return wrong_value(error, document, message, fix)
    return None


def wrong_type(error: SchemaError, document: YamlDocument, kinds: Sequence[str]) -> Finding[Place] | None:
    """`owners: growth`, `alerts: slack_growth`."""
    path, value = tuple(error.path), error.value
    if not isinstance(value, str) or not value.strip() or "\n" in value:
        return None
    if path == ("owners",) and "array" in kinds:
        return _value(error, document, f"{KIND_NAMES['array']} or {KIND_NAMES['object']}", f"write `owners: [{value}]`")
    if path == ("alerts",):
        inner = "default" if "default" in error.subschema["properties"] else "to"
        return _value(error, document, KIND_NAMES["object"], f"write `alerts: {{{inner}: {value}}}`")
    return None


def _value(error: SchemaError, document: YamlDocument, wanted: str, fix: str) -> Finding[Place]:
    message = f"{value_name(error.path)} must be {wanted}, not the text {shown(error.value)}"
    return wrong_value(error, document, message, fix)
