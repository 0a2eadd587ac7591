"""A name as the warehouse knows it."""

from summary_tables.text.quoting import without_double_quotes


def folded(name: str) -> str:
    """`name` as SQL spells it: in small letters unless it is quoted."""
    return without_double_quotes(name) if name.startswith('"') else name.lower()
