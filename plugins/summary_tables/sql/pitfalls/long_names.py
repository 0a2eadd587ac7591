"""Names that are longer than the warehouse takes: it cuts them without a word."""

import re
from collections.abc import Iterator

from summary_tables.model.settings import Dialect
from summary_tables.sql.tokens.tokens import tokens

MOST_BYTES: dict[Dialect, int] = {"postgres": 63, "redshift": 127}
"""PostgreSQL: NAMEDATALEN - 1, https://www.postgresql.org/docs/18/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS.
Redshift: https://docs.aws.amazon.com/redshift/latest/dg/r_names.html."""

# A character has at most four bytes.
_MAY_BE_LONG = re.compile(r"[\w$]{16,}|\"[^\"]{16,}\"")


def cut_name(name: str, dialect: Dialect) -> str:
    """`name` as the warehouse would have it: no character is cut in two."""
    return name.encode()[: MOST_BYTES[dialect]].decode(errors="ignore")


def too_long(name: str, dialect: Dialect) -> str:
    """What is said of a name that would be cut."""
    most = MOST_BYTES[dialect]
    return f"this name has {len(name.encode())} bytes, and the warehouse cuts it to {most}: `{cut_name(name, dialect)}`"


def long_names(sql: str, dialect: Dialect) -> Iterator[tuple[int, str]]:
    """Each name that would be cut, with its offset, where it stands first."""
    most = MOST_BYTES[dialect]
    if not any(len(found[0].encode()) > most for found in _MAY_BE_LONG.finditer(sql)):
        return
    seen = set()
    for token in tokens(sql, dialect):
        written = sql[token.start : token.end]
        name = written[1:-1].replace('""', '"') if written.startswith('"') else written
        if token.kind in ("word", "name") and len(name.encode()) > most and name.lower() not in seen:
            seen.add(name.lower())
            yield token.start, name
