"""Names as standard SQL quotes them, and every warehouse here: whatever is in them, they end up as one name."""

from summary_tables.text.quoting import in_double_quotes


def identifier(name: str) -> str:
    """`name` in double quotes: its case and any character in it mean themselves."""
    return in_double_quotes(name)


def qualified(schema: str, name: str) -> str:
    """`"schema"."name"`."""
    return f"{identifier(schema)}.{identifier(name)}"


def column_list(names: tuple[str, ...]) -> str:
    """`"a", "b"`."""
    return ", ".join(map(identifier, names))
