"""Times of day and lengths of time that are written in another way than a file takes: what was meant."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from summary_tables.configs.schema.mistake import SchemaError, kind, value_name
from summary_tables.configs.schema.wrong_value import wrong_value
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.configs.yaml.quoting import quoted
from summary_tables.model.problem import Finding, Place
from summary_tables.text.durations import written_span

TIME_KEYS: Final = frozenset({"fresh_by", "digest_at", "from", "to"})
SPAN_KEYS: Final = frozenset({"fresh_within", "remind_after"})

_TIME: Final = re.compile(r"\s*(\d{1,2})(?:[:.h](\d{2})(?::00)?)?\s*(am|pm)?\s*", re.IGNORECASE)
_NUMBER: Final = r"(\d{1,5}(?:\.\d{1,4})?)"
_PART: Final = re.compile(rf"\s*{_NUMBER}\s*([a-z]+)\s*,?", re.IGNORECASE)
_UNITS: Final[Mapping[str, timedelta]] = {
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), timedelta(minutes=1)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), timedelta(hours=1)),
    **dict.fromkeys(("d", "day", "days"), timedelta(days=1)),
    **dict.fromkeys(("w", "week", "weeks"), timedelta(weeks=1)),
}


def time_meant(value: object) -> str:
    """`06:00` for `6:00`, `6am`, `06:00:00` and 6; empty where it is not sure."""
    found = _TIME.fullmatch(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None
    if found is None:
        return ""
    hour, half = int(found[1]), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02}:{found[2] or '00'}" if hour < 24 and int(found[2] or 0) < 60 else ""


def span_meant(value: object) -> str:
    """`26h` for `26 hours`, `1d 2h` and `P1DT2H`; empty where it is not sure."""
    if not isinstance(value, str):
        return ""
    text = re.sub(r"^P(?=[\dT])|T(?=\d)", " ", value.strip().upper()).strip()
    parts = _PART.findall(text)
    if not parts or "".join(_PART.sub("", text).split()) or not all(unit.lower() in _UNITS for _, unit in parts):
        return ""
    length = sum((_UNITS[unit.lower()] * float(number) for number, unit in parts), timedelta())
    return written_span(length) if length >= timedelta(minutes=1) and not length.seconds % 60 else ""


def value_meant(error: SchemaError) -> str:
    """What to write for a text that is no time, as YAML; empty where it is not sure, or the key takes none."""
    key, pattern = error.path[-1], error.subschema.get("pattern", "")
    found = time_meant(error.value) if key in TIME_KEYS else span_meant(error.value) if key in SPAN_KEYS else ""
    if not found or not re.search(pattern, found):
        return ""
    return quoted(found) if key in TIME_KEYS else found


def time_as_number(error: SchemaError, document: YamlDocument, kinds: list[str]) -> Finding[Place] | None:
    """`fresh_by: 6`, `fresh_within: 26`."""
    if type(error.value) is not int or "string" not in kinds or error.path[-1] not in TIME_KEYS | SPAN_KEYS:
        return None
    message = f"{value_name(error.path)} {error.subschema['patternErrorMessage']}, not {kind(error.value)}"
    if error.path[-1] in SPAN_KEYS:
        return wrong_value(error, document, message, f"write {error.value}h, if hours are meant")
    meant = value_meant(error)
    return wrong_value(error, document, message, f"write {meant}" if meant else "", meant or None)
