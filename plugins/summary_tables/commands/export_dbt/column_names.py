"""Whether the name of a column needs quotes in SQL."""

from summary_tables.lint.rules.reserved_word import RESERVED_WORDS


def in_sql(name: str) -> str:
    """The name as SQL has it."""
    escaped = name.replace('"', '""')
    return f'"{escaped}"' if needs_quotes(name) else name


def needs_quotes(name: str) -> bool:
    """Whether SQL without quotes would mean another column, or none."""
    return name in RESERVED_WORDS or not (name.isascii() and name.isidentifier() and name == name.lower())
