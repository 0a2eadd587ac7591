"""SQL -> the raw parse tree that PostgreSQL's own grammar makes of it."""

import json
import re
from itertools import accumulate
from typing import Any

from summary_tables.sql.dialects.postgres.lexical import LEXICAL
from summary_tables.sql.dialects.postgres.parse_tree import Node
from summary_tables.sql.parsers.libpg_query import GrammarError, tree
from summary_tables.sql.tokens.tokens import tokens

_COMMENT = re.compile(r"/\*.*?\*/|--[^\n]*", re.DOTALL)


def select_statement(sql: str) -> Node | None:
    """The SelectStmt of one query's raw parse tree; None where `sql` is something else, or not PostgreSQL's.

    Raises ImportError or OSError where the grammar is not installed, RecursionError where it is nested too deep.
    """
    answer = raw_tree(sql) if "\0" not in sql else None
    return only_select(answer) if isinstance(answer, str) else None


def raw_tree(sql: str) -> str | GrammarError:
    """The grammar's answer, as JSON, or where it stops."""
    answer = tree(sql)
    return _tree_without_line_comments(sql, answer) if isinstance(answer, GrammarError) and "--" in sql else answer


def only_select(answer: str) -> Node | None:
    """The SelectStmt of such a tree; None where it has another statement, or several. Raises RecursionError."""
    statements = _loaded(answer)["stmts"]
    found: Node | None = statements[0]["stmt"].get("SelectStmt") if len(statements) == 1 else None
    return found


def _loaded(answer: str) -> Any:
    """The tree as data. Raises RecursionError where it is nested too deep.

    Python 3.12 and later read JSON of any depth that a stack of the usual size can take, and end the process where the
    stack of a thread is smaller.
    """
    if answer.count("{") + answer.count("[") > _MOST_NESTED and _depth(answer) > _MOST_NESTED:
        raise RecursionError
    return json.loads(answer)


_MOST_NESTED = 900
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_BRACKET = re.compile(r"[\[\]{}]")


def _depth(answer: str) -> int:
    steps = (1 if found[0] in "[{" else -1 for found in _BRACKET.finditer(_STRING.sub("", answer)))
    return max(accumulate(steps), default=0)


def _tree_without_line_comments(sql: str, error: GrammarError) -> str | GrammarError:
    """libpg_query does not join texts over a comment; PostgreSQL does: `'a' -- first` and `'b'` on the next line."""
    parts: list[str] = []
    position = 0
    for token in tokens(sql, LEXICAL):
        parts += [_COMMENT.sub(_blank, sql[position : token.start]), sql[token.start : token.end]]
        position = token.end
    answer = tree("".join((*parts, sql[position:])))
    return error if isinstance(answer, GrammarError) else answer


def _blank(comment: re.Match[str]) -> str:
    return " " * len(comment[0]) if comment[0].startswith("--") else comment[0]
