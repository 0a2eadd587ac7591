"""The query of a table, in colours."""

from summary_tables.catalog.entry import Entry
from summary_tables.sql.tokens.highlighted import Piece, highlighted

MOST_CHARACTERS = 100_000
"""Of a longer text the rest is shown in one colour."""


def query_pieces(entry: Entry, sql: str) -> list[Piece]:
    """`sql` in the words of the table's warehouse; all of it plain where that is not known."""
    config = entry.declaration.config if entry.declaration else None
    text = sql.rstrip()
    if config is None:
        return [Piece("plain", text)]
    rest = text[MOST_CHARACTERS:]
    return [*highlighted(text[:MOST_CHARACTERS], config.dialect.lexical), *([Piece("plain", rest)] if rest else [])]
