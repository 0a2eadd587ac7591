"""Names as standard SQL quotes them, and every warehouse here: whatever is in them, they end up as one name."""

import re
from typing import Final

from summary_tables.text.quoting import in_double_quotes, without_double_quotes

_PLAIN: Final = re.compile("[a-z_][a-z0-9_]*")
_IN_QUOTES = r'"(?:[^"]|"")+"'
_QUALIFIED: Final = re.compile(rf'(?P<schema>{_IN_QUOTES}|[^".]+)\.(?P<name>{_IN_QUOTES}|.+)', re.DOTALL)


def identifier(name: str) -> str:
    """`name` in double quotes: its case and any character in it mean themselves."""
    return in_double_quotes(name)


def as_needed(name: str) -> str:
    """`name` as people write it in SQL: in double quotes only where it would mean another one without them."""
    return name if _PLAIN.fullmatch(name) else identifier(name)


def is_plain(full_name: str) -> bool:
    """Whether `schema.name` means itself in SQL without quotes, as in the keys of a file."""
    return all(map(_PLAIN.fullmatch, full_name.split(".", 1)))


def qualified(schema: str, name: str) -> str:
    """`"schema"."name"`."""
    return f"{identifier(schema)}.{identifier(name)}"


def column_list(names: tuple[str, ...]) -> str:
    """`"a", "b"`."""
    return ", ".join(map(identifier, names))


def schema_and_name(written: str) -> tuple[str, str] | None:
    """What people call a table where no SQL is expected: `raw_data.orders`, or each part as SQL quotes it.

    Without quotes, too, case and blanks mean themselves. None: it has no schema.
    """
    found = _QUALIFIED.fullmatch(written)
    if found is None:
        return None
    schema, name = (
        without_double_quotes(part) if re.fullmatch(_IN_QUOTES, part) else part
        for part in found.group("schema", "name")
    )
    return schema, name
