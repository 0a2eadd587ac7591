"""Whether the name of a column needs quotes in SQL."""

from summary_tables.lint.rules.reserved_word import RESERVED_WORDS


def needs_quotes(name: str) -> bool:
    """Whether SQL without quotes would mean another column, or none."""
    return name in RESERVED_WORDS or not (name.isascii() and name.isidentifier() and name == name.lower())
