"""Clauses in the wrong order, and clauses with nothing in them."""

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.syntax_errors.broken_sql import BrokenSql

_ORDER = ("FROM", "JOIN", "WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT")
_TWO_WORDS = ("GROUP", "ORDER", "PARTITION")
_JOIN_WORDS = ("JOIN", "LEFT", "RIGHT", "INNER", "FULL", "CROSS")
_CONDITION, _TABLE, _COLUMN = "a condition", "a table", "a column"
_NEEDED = {
    "WHERE": _CONDITION,
    "HAVING": _CONDITION,
    "ON": _CONDITION,
    "AND": _CONDITION,
    "OR": _CONDITION,
    "WHEN": _CONDITION,
    "NOT": _CONDITION,
    "FROM": _TABLE,
    "JOIN": _TABLE,
    "BY": _COLUMN,
    "AS": "a name",
    "THEN": "a value",
    "ELSE": "a value",
    "IN": "a list in parentheses",
    "LIKE": "a pattern",
    "ILIKE": "a pattern",
    "BETWEEN": "a value",
    "LIMIT": "a number",
    "OFFSET": "a number",
    "UNION": "a query",
    "ALL": "a query",
    "EXCEPT": "a query",
    "INTERSECT": "a query",
    "SELECT": _COLUMN,
    "DISTINCT": _COLUMN,
}
_COMPARES = frozenset(("=", "<>", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "%", "||"))
_NEVER_FIRST = (
    "FROM WHERE GROUP HAVING WINDOW ORDER LIMIT OFFSET FETCH UNION EXCEPT INTERSECT ON USING AND OR WHEN THEN ELSE END "
    "JOIN INNER CROSS AS BY DESC ASC IN LIKE"
)
_STARTS_NOTHING = frozenset(_NEVER_FIRST.split())


def clause_order(broken: BrokenSql) -> Finding[Span] | None:
    """A clause behind one that it must precede, or a second one of its kind."""
    at = broken.at
    name = "JOIN" if broken.key(at) in _JOIN_WORDS else broken.key(at)
    if not broken.is_keyword(at, *_ORDER, *_JOIN_WORDS) or name not in _ORDER:
        return None
    if name == "WHERE" and any(True for _ in broken.before("WHERE")) and not _later_clauses(broken, name):
        return broken.mistake(at, "a second WHERE stands here", "write `AND`")
    later = _later_clauses(broken, name)
    if not later:
        return None
    earlier_name, later_name = _clause_name(name), _clause_name(broken.key(later[-1]))
    message = f"{earlier_name} stands after {later_name}; it belongs before it"
    last = at + 1 if broken.key(at) in _TWO_WORDS and broken.key(at + 1) == "BY" else at
    return broken.mistake(at, message, f"move {earlier_name} and what follows it before {later_name}", last=last)


def _later_clauses(broken: BrokenSql, name: str) -> list[int]:
    """The clauses before the stop that must come behind clause `name`, nearest first."""
    found = broken.before(*_ORDER[_ORDER.index(name) + 1 :])
    return [index for index in found if broken.key(index) not in _TWO_WORDS or broken.key(index + 1) == "BY"]


def _clause_name(key: str) -> str:
    return f"{key} BY" if key.upper() in _TWO_WORDS else key


def empty_case(broken: BrokenSql) -> Finding[Span] | None:
    """CASE without WHEN or END."""
    at = broken.at
    if broken.key(at) == "END" and broken.key(at - 1) == "CASE":
        return broken.mistake(at - 1, "this CASE has no WHEN", "write `CASE WHEN ... THEN ... END`", last=at)
    start = broken.token(at).start if at < len(broken.tokens) else len(broken.sql)
    cases = [index for index in range(at) if broken.is_keyword(index, "CASE", "END")]
    if cases and broken.key(cases[-1]) == "CASE" and broken.works_with(start, start, " END "):
        return broken.mistake(cases[-1], "this CASE has no END", "write `END` after its last value")
    return None


def join_without_condition(broken: BrokenSql) -> Finding[Span] | None:
    """JOIN needs ON or USING; the grammar notices only at the next clause."""
    joins = list(broken.before("JOIN", "ON", "USING"))
    is_end = broken.at >= len(broken.tokens) or broken.is_keyword(broken.at, *_STARTS_NOTHING) or _closes(broken)
    if not joins or broken.key(joins[0]) != "JOIN" or not is_end or broken.at - joins[0] < 2:
        return None
    stop = broken.token(broken.at)
    start = stop.start if stop.end else len(broken.sql)
    if not broken.goes_on_with(start, start, " ON true "):
        return None
    return broken.mistake(joins[0], "this JOIN has no ON", "write `ON a.id = b.id` after the table")


def _closes(broken: BrokenSql) -> bool:
    return broken.key(broken.at) in (")", ";")


def something_missing(broken: BrokenSql) -> Finding[Span] | None:
    """A word or operator with nothing behind it, at the end or before the next clause."""
    at = broken.at
    needed = _needed(broken, at - 1)
    if at >= len(broken.tokens):
        return _missing_at_end(broken, needed)
    starts_nothing = broken.token(at).kind == "word" and broken.key(at) in _STARTS_NOTHING
    if not needed or not (starts_nothing or _closes(broken) or broken.key(at) == ","):
        return None
    shown = _clause_name(broken.text(at))
    message = f"{needed} is missing between `{broken.text(at - 1)}` and `{shown}`"
    return broken.mistake(at - 1, message, f"write {needed}, or delete `{broken.text(at - 1)}`")


def _missing_at_end(broken: BrokenSql, needed: str) -> Finding[Span]:
    last = len(broken.tokens) - 1
    if broken.is_keyword(0, "WITH") and not needed:
        return broken.mistake(last, "the SQL ends here; the query after WITH is missing", "write `SELECT ...` after it")
    words = needed or "the rest of the query"
    message = f"the SQL ends after `{broken.text(last)}`; {words} is missing"
    return broken.mistake(last, message, f"write {words} after it")


def _needed(broken: BrokenSql, index: int) -> str:
    token = broken.token(index)
    if token.kind == "operator":
        return "a value" if token.key in _COMPARES else ""
    return _NEEDED.get(token.key, "") if broken.is_keyword(index, token.key) else ""
