"""Where the grammar stops -> what is wrong, in plain words, at the word that is wrong."""

import re
from collections.abc import Callable, Sequence

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.parsers.libpg_query import GrammarError
from summary_tables.sql.syntax_errors import clauses, comparisons, fixes, habits, names, other_databases, unsupported
from summary_tables.sql.syntax_errors.broken_sql import BrokenSql
from summary_tables.sql.tokens.tokens import Token, is_keyword, tokens

Explanation = Callable[[BrokenSql], Finding[Span] | None]

_CERTAIN: tuple[Explanation, ...] = (
    fixes.comma_too_many,
    clauses.clause_order,
    clauses.join_without_condition,
    fixes.twice,
    clauses.something_missing,
    other_databases.limit,
    other_databases.value_list,
    unsupported.star_without,
)
"""Nobody writes this on purpose, whatever words of the warehouse the grammar does not know."""

_EXPLANATIONS: tuple[Explanation, ...] = (
    fixes.left_out,
    comparisons.sign_before_word,
    unsupported.explain,
    names.digit_first,
    other_databases.explain,
    comparisons.sign_in_two,
    habits.explain,
    fixes.comma_too_many,
    clauses.clause_order,
    fixes.misspelt_keyword,
    fixes.reserved_name,
    fixes.leading_comma,
    clauses.empty_case,
    clauses.join_without_condition,
    fixes.twice,
    clauses.something_missing,
    fixes.missing_word,
    comparisons.missing_and,
    names.other_signs,
    names.missing_comma,
)
"""The first that knows the mistake speaks."""

_LONGEST_WORD = 40


def mistake(sql: str, error: GrammarError, dialect: Dialect) -> Finding[Span]:
    """What is wrong at the place that `error` names. Never raises."""
    broken = BrokenSql(sql, error.offset, dialect)
    found = (explain(broken) for explain in _EXPLANATIONS)
    return next((words for words in found if words), None) or _plain(broken, error)


def certain_mistake(sql: str, error: GrammarError, dialect: Dialect) -> Finding[Span] | None:
    """What is wrong for sure, although another parser would let it pass."""
    broken = BrokenSql(sql, error.offset, dialect)
    return next((words for explain in _CERTAIN if (words := explain(broken))), None)


def _plain(broken: BrokenSql, error: GrammarError) -> Finding[Span]:
    if not error.message.startswith("syntax error"):
        return broken.mistake(broken.at, f"{broken.warehouse} cannot read the SQL: {error.message}")
    index = min(broken.at, len(broken.tokens) - 1)
    word = " ".join(broken.text(index).split())
    shown = word if len(word) <= _LONGEST_WORD else f"{word[:_LONGEST_WORD]}…"
    message = f"{broken.warehouse} cannot read the SQL at `{shown}`"
    fix = "see what stands before it: a comma, a word or an operator is missing there, misspelt or too much"
    return broken.mistake(index, message, fix)


_UNKNOWN_OPERATORS = {"==": "=", "=<": "<=", "=!": "!=", "><": "<>"}
_MAY_BE_UNKNOWN = re.compile(r"==|=<|=!|><|[=>]\s*I?LIKE\s*'", re.IGNORECASE)
_OPPOSITES = ("<>", "!=")


def unknown_operator(sql: str, dialect: Dialect) -> Finding[Span] | None:
    """An operator of another language, or one too many. The grammar lets any operator pass; no warehouse has these."""
    if not _MAY_BE_UNKNOWN.search(sql):
        return None
    found = tokens(sql, dialect.lexical)
    token = next((token for token in found if token.key in _UNKNOWN_OPERATORS), None)
    if token is None:
        return _sign_before_like(found)
    message = f"{dialect.title} has no operator `{token.key}`"
    fix = f"write `{_UNKNOWN_OPERATORS[token.key]}`"
    return Finding(place=Span(token.start, len(token.key)), message=message, fix=fix)


def _sign_before_like(found: Sequence[Token]) -> Finding[Span] | None:
    """`a = LIKE 'x'`: the grammar takes this for a text of a type that is called `like`."""
    for at in range(1, len(found) - 1):
        sign, text = found[at - 1], found[at + 1]
        if text.kind != "string" or sign.key not in ("=", *_OPPOSITES) or not is_keyword(found, at, "LIKE", "ILIKE"):
            continue
        fix = "delete `=`" if sign.key == "=" else f"write `NOT {found[at].key}`"
        end = sign.end if sign.key == "=" else found[at].end
        message = f"`{sign.key}` does not go with `{found[at].key}`, which compares already"
        return Finding(place=Span(sign.start, end - sign.start), message=message, fix=fix)
    return None
