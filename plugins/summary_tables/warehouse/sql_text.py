"""Names and values as SQL text. Whatever is in them, they end up as one name or one literal."""

import re
from datetime import UTC, datetime


def identifier(name: str) -> str:
    """`name` in double quotes: its case and any character in it mean themselves."""
    return '"' + name.replace('"', '""') + '"'


def qualified(schema: str, name: str) -> str:
    """`"schema"."name"`."""
    return f"{identifier(schema)}.{identifier(name)}"


def column_list(names: tuple[str, ...]) -> str:
    """`"a", "b"`."""
    return ", ".join(map(identifier, names))


def literal(text: str) -> str:
    """A PostgreSQL string literal that does not depend on `standard_conforming_strings`."""
    quoted = "'" + text.replace("'", "''") + "'"
    return " E" + quoted.replace("\\", "\\\\") if "\\" in quoted else quoted


def backslash_literal(text: str) -> str:
    """A Redshift string literal: a backslash always escapes there."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def timestamp(moment: datetime) -> str:
    """`moment` (aware) as a UTC `TIMESTAMPTZ` literal, to the microsecond."""
    return f"TIMESTAMPTZ '{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}+00'"


def without_semicolon(query: str) -> str:
    """`query` without the semicolons and blanks at its very end."""
    return re.sub(r"[;\s]+\Z", "", query)
