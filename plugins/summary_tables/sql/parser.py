"""SQL text -> what it says."""

from functools import lru_cache

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.query import Query

MAX_CHARACTERS = 50_000
"""Longer queries are not parsed: see `libpg_query`."""


@lru_cache(maxsize=16_384)
def parse(sql: str, dialect: Dialect) -> Query | Finding[Span] | None:
    """What one query without template pieces (see `sql.template`) says, or where the grammar of `dialect` stops.

    None: the grammar accepts it, or it was not asked, and no more is known: the query is too long or nested too deep.
    Never raises. The parsers are imported by the first query: who asks nothing does not pay.
    """
    if len(sql) > MAX_CHARACTERS or "\0" in sql:
        return None
    from summary_tables.sql.parsers import postgres_parser
    from summary_tables.sql.parsers.libpg_query import GrammarError
    from summary_tables.sql.syntax_errors import explain

    try:
        answer = postgres_parser.read(sql, dialect)
    except (ImportError, OSError):
        return _second_opinion(sql, dialect)[0]
    if not isinstance(answer, GrammarError):
        return (answer and explain.unknown_operator(sql, dialect)) or answer
    if dialect.grammar.own_words:
        opinion, is_refused = _second_opinion(sql, dialect)
        if not is_refused:
            return explain.certain_mistake(sql, answer, dialect) or opinion
    return explain.mistake(sql, answer, dialect)


def _second_opinion(sql: str, dialect: Dialect) -> tuple[Query | None, bool]:
    """What sqlglot says, and whether it refuses the text."""
    from summary_tables.sql.parsers import sqlglot_parser

    try:
        return sqlglot_parser.read(sql, dialect), False
    except sqlglot_parser.RefusedError:
        return None, True
