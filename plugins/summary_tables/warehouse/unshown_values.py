"""What the warehouse refuses because of a value, in words that do not repeat the value.

The server quotes values of rows: `invalid input syntax for type integer: "jin@example.com"`, `Key (email)=(...)`. So
does whoever wrote a function that fails. Where no message may show values, only what is known to speak of the
statement or of the server is passed on.
"""

import re
from typing import Final

import psycopg

_WITHOUT_VALUES: Final = frozenset(
    {
        *("03", "08", "0A", "0B", "21", "25", "26", "28", "2B", "2D", "34", "3B", "3D", "3F", "40", "42", "53", "54"),
        *("55", "57", "58"),
    }
)
"""Classes of codes (https://www.postgresql.org/docs/current/errcodes-appendix.html)."""

_REASONS: Final = {
    "22001": "A text is too long for its type",
    "22003": "A number is too large or too small for its type",
    "22008": "A date or a time is out of range",
    "22012": "The query divides by zero",
    "22P02": "A value cannot be converted",
    "22007": "A value cannot be converted to a date or a time",
    "P0001": "A function that the query calls gave up",
}

_NOT_SHOWN = (
    "What the warehouse says is not shown, as it may quote values (`samples: false` or `pii: true`); "
    "run the query yourself to see it."
)


def may_quote_a_value(error: psycopg.Error) -> bool:
    """Could the server's words hold a value of a row? What has a place in the statement was written there."""
    state = error.sqlstate or ""
    if state[:2] in _WITHOUT_VALUES or "concurrently updated" in (error.diag.message_primary or ""):
        return False
    return not (state[:2] == "22" and error.diag.statement_position)


def words_without_values(error: psycopg.Error) -> str:
    """What is wrong, and why no more is said."""
    return f"{_reason(error)}. {_NOT_SHOWN}"


def _reason(error: psycopg.Error) -> str:
    state, message = error.sqlstate or "", error.diag.message_primary or ""
    if state == "23505":
        return _duplicate_key(error, message)
    if state[:2] == "23":
        return _constraint(error)
    into = re.match(r"invalid input syntax for type ([a-z0-9_ ]+)(?::|\Z)", message)
    if into:
        return f"A value cannot be converted to the type {into[1]}"
    code = f" (code {state})" if state else ""
    return _REASONS.get(state, f"A value or a row could not be worked with{code}")


def _duplicate_key(error: psycopg.Error, message: str) -> str:
    found = re.match(r"Key \((.+?)\)=\(", error.diag.message_detail or "")
    columns = f" ({found[1]})" if found else ""
    if message.startswith("could not create unique index"):
        return f"An index is declared unique, but the rows of the new build are not{columns}"
    return f"An index of the table is unique, and rows of this run have a key{columns} that is there already"


def _constraint(error: psycopg.Error) -> str:
    diag = error.diag
    if diag.column_name and not diag.constraint_name:
        return f'The column "{diag.column_name}" of the table takes no empty value (NULL), and a row has one'
    name = f' "{diag.constraint_name}"' if diag.constraint_name else ""
    return f"The constraint{name} of the table does not allow one of the rows"
