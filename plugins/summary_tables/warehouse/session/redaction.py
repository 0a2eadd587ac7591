"""What the warehouse refuses because of a value, in words that do not repeat the value.

The server quotes values of rows: `invalid input syntax for type integer: "jin@example.com"`, `Key (email)=(...)`,
`relation "jin@example.com" does not exist` where a value is cast to `regclass`. So does whoever wrote a function that
fails, under any code. Where no message may show values, the server's words are passed on only where they must come from
what was written: the server says the place in the statement, or they are known to hold none.
"""

import re
from typing import Final

from summary_tables.warehouse.session.driver import DriverError

_WITHOUT_VALUES: Final = frozenset({"08", "21", "25", "40", "53", "57"})
"""Classes of codes that speak of the connection, the transaction or the server.

All classes: https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

_OF_THE_STATEMENT: Final = frozenset({"42701", "42P16", "42P22", "54001", "54011", "54023"})
"""Codes of the statement as a whole, for which the server gives no place: two columns of one name, too many of them."""

_PERMISSION: Final = re.compile(r"permission denied for (?:table|view|schema|function|database|relation|type) .+")

_WRITES: Final = re.compile(
    r"cannot execute (?:[A-Z ]+|[a-z_]+\(\)) in a read-only transaction|"
    r"[A-Z ]+ is not allowed in a non-volatile function"
)
"""Said of a function that tries to write, too: with the function as its context."""

_OUR_WORDS: Final = ("GRANT", "REVOKE", "COMMENT", "CREATE", "ALTER", "DROP", "SET", "LOCK", "SAVEPOINT", "RELEASE")
"""How our own statements begin that compute nothing from rows. The server gives no place in most of them."""

_OF_NAMES: Final = frozenset({"0A", "2B", "3D", "3F", "42", "54", "55", "58"})
"""Classes of codes that then speak of a name or of what the server can do."""

_REASONS: Final = {
    "22001": "A text is too long for its type",
    "22003": "A number is too large or too small for its type",
    "22008": "A date or a time is out of range",
    "22012": "The query divides by zero",
    "22P02": "A value cannot be converted",
    "22007": "A value cannot be converted to a date or a time",
    "42501": "A right is missing",
    "P0001": "A function that the query calls gave up",
}

_NOT_SHOWN = (
    "What the warehouse says is not shown, as it may quote values (`samples: false` or `pii: true`); "
    "run the query yourself to see it."
)


def may_quote_a_value(error: DriverError, statement: str, query: str) -> bool:
    """Could the server's words hold a value of a row? `query` is the part of `statement` that a person wrote."""
    diag, state, message = error.diag, error.sqlstate or "", error.diag.message_primary or ""
    if _WRITES.fullmatch(message):
        return False
    if _has_context(error):
        return True
    if diag.statement_position:
        return False
    if state[:2] in _WITHOUT_VALUES or state in _OF_THE_STATEMENT or message == "tuple concurrently updated":
        return False
    if state == "42501" and _PERMISSION.fullmatch(message):
        return False
    names_only = not query and statement.startswith(_OUR_WORDS) and state[:2] in _OF_NAMES
    return not names_only


def words_without_values(error: DriverError) -> str:
    """What is wrong, and why no more is said."""
    return f"{_reason(error)}. {_NOT_SHOWN}"


def _has_context(error: DriverError) -> bool:
    """Somebody's function, or a text that is read as SQL while the query runs: a place, if any, is one in there."""
    diag = error.diag
    return bool(diag.context or diag.internal_query or diag.internal_position)


def _reason(error: DriverError) -> str:
    state, message = error.sqlstate or "", error.diag.message_primary or ""
    code = f" (code {state})" if state else ""
    known = _REASONS.get(state, f"A value or a row could not be worked with{code}")
    into = re.match(r"invalid input syntax for type ([a-z0-9_ ]+)(?::|\Z)", message)
    if into and (into[1] == "json" or not _has_context(error)):
        return f"A value cannot be converted to the type {into[1]}"
    if _has_context(error):
        return known
    if state == "23505":
        return _duplicate_key(error, message)
    return _constraint(error) if state[:2] == "23" else known


def _duplicate_key(error: DriverError, message: str) -> str:
    found = re.match(r"Key \((.+?)\)=\(", error.diag.message_detail or "")
    columns = f" ({found[1]})" if found else ""
    if message.startswith("could not create unique index"):
        return f"An index is declared unique, but the rows of the new build are not{columns}"
    return f"An index of the table is unique, and rows of this run have a key{columns} that is there already"


def _constraint(error: DriverError) -> str:
    diag = error.diag
    if diag.column_name and not diag.constraint_name:
        return f'The column "{diag.column_name}" of the table takes no empty value (NULL), and a row has one'
    name = f' "{diag.constraint_name}"' if diag.constraint_name else ""
    return f"The constraint{name} of the table does not allow one of the rows"
