"""Tables, columns and values of a file as SQL that PostgreSQL and Redshift read alike.

The text is a template still: Jinja and the placeholders are filled in later, and values that
look like them must come through unharmed.
"""

import hashlib
import re

from summary_tables.text.quoting import in_double_quotes
from summary_tables.text.written_number import as_written

NEW_TABLE = "{schema}.temp_{table}"
"""The version that is checked before it is published."""

EARLIER_BUILDS = "{earlier_builds}"
"""The builds of the table that readers have seen before: run_at, published_at, row_count, is_same_weekday."""

LIVE_TABLE = "{live_table}"
"""What readers see now; nothing where that does not have the column that the check looks at."""

_UNSAFE = re.compile(r"\\|\{(?=[{%#]|(?:schema|table|earlier_builds|live_table)\})")


def column_sql(name: str) -> str:
    """`name` in double quotes: case and blanks in it mean themselves."""
    return in_double_quotes(name)


def table_sql(full_name: str) -> str:
    """`"schema"."table"`; the new table where `full_name` is empty."""
    return ".".join(map(column_sql, full_name.split(".", 1))) if full_name else NEW_TABLE


def text_sql(text: str) -> str:
    """A literal. The type of what it is compared with decides how the warehouse reads it.

    Redshift reads a backslash in a literal as an escape, PostgreSQL as itself: so none stands in one.
    """
    pieces = [piece.replace("'", "''") for piece in _UNSAFE.split(text)]
    codes = [str(ord(found[0])) for found in _UNSAFE.finditer(text)]
    if not codes:
        return f"'{pieces[0]}'"
    rest = (f" || CHR({code}) || '{piece}'" for code, piece in zip(codes, pieces[1:], strict=True))
    return f"('{pieces[0]}'{''.join(rest)})"


def value_sql(value: object) -> str:
    """A number as it is; a text, a date or true and false as a literal."""
    if isinstance(value, bool):
        return f"'{str(value).lower()}'"
    return as_written(value) if isinstance(value, int | float) else text_sql(str(value))


def digest(query: str) -> str:
    """Six characters that tell `query` from others, however its lines are broken."""
    return hashlib.sha256(" ".join(query.split()).encode()).hexdigest()[:6]
