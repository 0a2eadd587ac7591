"""A `timezone` that is none: what it is instead, and the zone that was meant."""

from summary_tables.configs import zone_names
from summary_tables.configs.schema.mistake import SchemaError, kind, shown, value_name
from summary_tables.configs.schema.wrong_value import wrong_value
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.model.problem import Finding, Place


def mistake(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    """What is said of the value, and the name to write in its place."""
    name = value_name(error.path)
    if error.value is None and not document.source_of_value(error.path):
        message = f"{name} has no value; it is the name of a time zone such as `Asia/Seoul`"
        return wrong_value(error, document, message, "write one, or delete the key")
    if isinstance(error.value, bool | list | dict) or error.value is None:
        return wrong_value(error, document, f"{name} is {kind(error.value)}; it is a name", _hint(""))
    written = str(error.value).strip()
    what = _kind(written)
    meant = zone_names.zone_meant(written)
    message = f"{name} is {shown(written)}{what or ', which is no time zone'}"
    source = document.source_of_value(error.path)
    edit = meant + source[len(source.rstrip()) :] if meant else None
    return wrong_value(error, document, message, f"write `{meant}`" if meant else _hint(written), edit)


def _kind(written: str) -> str:
    """What was written where that is clearly something else; empty where it may be misspelt."""
    if zone_names.is_utc(written):
        return ", which is called `UTC` here"
    if zone_names.is_distance(written):
        return ", a distance to UTC; clocks in most places change theirs in summer"
    if zone_names.is_older(written):
        return ", an older name that not each warehouse knows"
    return ", an abbreviation; a time zone has the name of a place" if zone_names.is_abbreviation(written) else ""


def _hint(written: str) -> str:
    example = zone_names.EXAMPLES.get(written.lower(), "Asia/Seoul")
    return f"write the place by whose clocks people go, such as `{example}`"
