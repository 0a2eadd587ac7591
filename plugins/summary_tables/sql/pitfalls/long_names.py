"""Names that are longer than the warehouse takes: it cuts them without a word."""

import re
from collections.abc import Iterator

from summary_tables.sql.dialect import Dialect
from summary_tables.sql.tokens.tokens import tokens
from summary_tables.text.quoting import without_double_quotes

# A character has at most four bytes.
_MAY_BE_LONG = re.compile(r"[\w$]{16,}|\"[^\"]{16,}\"")


def cut_name(name: str, dialect: Dialect) -> str:
    """`name` as the warehouse would have it: no character is cut in two."""
    return name.encode()[: dialect.lexical.longest_name].decode(errors="ignore")


def too_long(name: str, dialect: Dialect) -> str:
    """What is said of a name that would be cut."""
    most = dialect.lexical.longest_name
    return f"this name has {len(name.encode())} bytes, and the warehouse cuts it to {most}: `{cut_name(name, dialect)}`"


def long_names(sql: str, dialect: Dialect) -> Iterator[tuple[int, str]]:
    """Each name that would be cut, with its offset, where it stands first."""
    most = dialect.lexical.longest_name
    if not any(len(found[0].encode()) > most for found in _MAY_BE_LONG.finditer(sql)):
        return
    seen = set()
    for token in tokens(sql, dialect.lexical):
        written = sql[token.start : token.end]
        name = without_double_quotes(written) if written.startswith('"') else written
        if token.kind in ("word", "name") and len(name.encode()) > most and name.lower() not in seen:
            seen.add(name.lower())
            yield token.start, name
