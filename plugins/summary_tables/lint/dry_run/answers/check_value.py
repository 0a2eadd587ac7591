"""Whether the value that a check's query returns can be compared with a number."""

from summary_tables.lint.dry_run.query import AskedQuery
from summary_tables.model.column import Column
from summary_tables.model.problem import Finding, Level, Span
from summary_tables.sql.type_names import short

RULE = "warehouse-check"

_TEXTS = ("text", "character varying", "character", "bpchar", "name", "json", "jsonb")
_NEVER_NUMBERS = ("date", "time", "timestamp", "interval", "money", "uuid", "bytea", "record", "inet", "cidr")


def mistakes(asked: AskedQuery, columns: tuple[Column, ...]) -> tuple[Finding[Span], ...]:
    """What is wrong with the columns of a check's query; see `SqlCount.judge` for what a number is."""
    if len(columns) != 1:
        if asked.has_known_columns:
            return ()  # lint has said so
        message = f"the query returns {len(columns) or 'no'} columns; a check compares one value"
        return (_of_value(asked, message, "select one value, e.g. `COUNT(1)`"),)
    kind = columns[0].type
    base = kind.partition("(")[0].partition(" with")[0].strip()
    message = f"the query returns a value of type {short(kind)}"
    if kind.endswith("[]") or base in _NEVER_NUMBERS:
        fix = "compare in the query, e.g. `SELECT COUNT(1) ... WHERE ...`"
        return (_of_value(asked, f"{message}, which is never a number: this check can never pass", fix),)
    if base in _TEXTS:
        fix = "return a number, e.g. `CAST(... AS integer)`"
        return (_of_value(asked, f"{message}; the check passes only where that reads as a number", fix, "warning"),)
    return ()


def _of_value(asked: AskedQuery, message: str, fix: str, level: Level = "error") -> Finding[Span]:
    offset, length = asked.place_of_column(0)
    return Finding(rule=RULE, level=level, message=message, fix=fix, place=Span(offset, length))
