"""Values and queries as SQL text, where Redshift reads them otherwise than PostgreSQL."""

import re


def backslash_literal(text: str) -> str:
    """A Redshift string literal: a backslash always escapes there."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def without_semicolon(query: str) -> str:
    """`query` without the semicolons and blanks at its very end."""
    return re.sub(r"[;\s]+\Z", "", query)
