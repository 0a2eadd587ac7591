"""The type of a column that nobody has said, from the values that tests give it."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from summary_tables.lint.facts.query_tests import Value
from summary_tables.text.written_number import as_written

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIMESTAMP = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?")
_INTEGER, _BIGINT = 2**31, 2**63


def type_of_values(values: Iterable[Value]) -> str:
    """A type of PostgreSQL that can hold all of them: `text` where no other can, or where all are NULL."""
    types = {_type(value) for value in values if value is not None}
    if len(types) == 1:
        return types.pop()
    return next((wide for wide, narrow in _WIDER if types and types <= {wide, *narrow}), "text")


_WIDER = (
    ("bigint", ("integer",)),
    ("numeric", ("integer", "bigint")),
    ("timestamp", ("date",)),
)


def _type(value: Value) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer" if -_INTEGER <= value < _INTEGER else "bigint" if -_BIGINT <= value < _BIGINT else "numeric"
    if isinstance(value, float):
        return "numeric"
    return _type_of_text(str(value))


def _type_of_text(text: str) -> str:
    try:
        if _DATE.fullmatch(text):
            date.fromisoformat(text)
            return "date"
        if _TIMESTAMP.fullmatch(text):
            datetime.fromisoformat(text)
            return "timestamp"
    except ValueError:
        # A day that no month has is a text like any other.
        pass
    return "text"


def written(value: Value) -> str | None:
    """`value` as PostgreSQL reads it; None for NULL."""
    return None if value is None else as_written(value)
