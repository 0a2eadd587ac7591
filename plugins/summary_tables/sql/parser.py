"""SQL text -> what it says."""

from functools import lru_cache

from summary_tables.model import Dialect
from summary_tables.sql.query import Query, SyntaxMistake

MAX_CHARACTERS = 50_000
"""Longer queries are not parsed: libpg_query walks its tree by recursion and has no limit of its own."""


@lru_cache(maxsize=1024)
def parse(sql: str, dialect: Dialect) -> Query | SyntaxMistake | None:
    """What one query without template pieces (see `sql.template`) says, or where the grammar of `dialect` stops.

    None: the grammar accepts it, or it was not asked, and no more is known: the query is too long or nested too deep.
    Never raises. The parsers are imported by the first query: a second or so that who asks nothing does not pay.
    """
    if len(sql) > MAX_CHARACTERS or not dialect:
        return None
    return None  # the parsers come here
