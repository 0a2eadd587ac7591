"""Words of SQL that stand without what belongs to them, or with what does not."""

from collections.abc import Callable

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.syntax_errors.broken_sql import BrokenSql

_CLOCKS = ("CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP", "CURRENT_USER")
_JOINED = (
    "GROUP BY",
    "ORDER BY",
    "PARTITION BY",
    "LEFT JOIN",
    "RIGHT JOIN",
    "INNER JOIN",
    "FULL JOIN",
    "CROSS JOIN",
    "UNION ALL",
    "IS NULL",
    "NOT NULL",
    "NOT IN",
    "NOT LIKE",
)
_APART = {words.replace(" ", ""): words for words in _JOINED}
_PLURALS = {"NULL": ("NULLS", ("FIRST", "LAST")), "ROW": ("ROWS", ("BETWEEN", "UNBOUNDED"))}
_FAR = 6


def explain(broken: BrokenSql) -> Finding[Span] | None:
    """The first of these habits that the grammar stopped at."""
    return next((words for read in _HABITS if (words := read(broken))), None)


def _clock_with_parentheses(broken: BrokenSql) -> Finding[Span] | None:
    for index in range(broken.at - 2, broken.at + 1):
        if broken.is_keyword(index, *_CLOCKS) and (broken.key(index + 1), broken.key(index + 2)) == ("(", ")"):
            written = broken.text(index)
            return broken.mistake(index, f"{written} takes no parentheses", f"write `{written}`", last=index + 2)
    return None


def _with_clause(broken: BrokenSql) -> Finding[Span] | None:
    at = broken.at
    if broken.key(at) != "SELECT" or not any(broken.is_keyword(place, "WITH") for place in range(at)):
        return None
    before = broken.token(at - 1)
    if before.key == "AS":
        return broken.mistake(at, "the query of a WITH stands in parentheses", "write `AS (SELECT ...)`")
    if before.key == "," and broken.goes_on_with(before.start, before.end, " "):
        return broken.mistake(at - 1, "the comma before SELECT has nothing after it", "delete the comma")
    if before.key == "(" and broken.goes_on_with(before.start, before.start, " AS "):
        return broken.mistake(at - 1, "AS is missing before `(`", "write `AS (`")
    return None


def _joined_words(broken: BrokenSql) -> Finding[Span] | None:
    for index in (broken.at, broken.at - 1):
        token, apart = broken.token(index), _APART.get(broken.key(index))
        if apart and broken.goes_on_with(token.start, token.end, apart):
            return broken.mistake(index, f"`{broken.text(index)}` is two words", f"write `{apart}`")
    return None


def _plural(broken: BrokenSql) -> Finding[Span] | None:
    for index in (broken.at, broken.at - 1):
        plural, followers = _PLURALS.get(broken.key(index), ("", ()))
        token = broken.token(index)
        if broken.key(index + 1) in followers and broken.goes_on_with(token.start, token.end, plural):
            message = f"{broken.warehouse} cannot read the SQL at `{broken.text(index)}`"
            return broken.mistake(index, message, f"write `{plural}`")
    return None


def _null_without_is(broken: BrokenSql) -> Finding[Span] | None:
    at = broken.at
    last = at + 1 if broken.key(at) == "NOT" else at
    start = broken.token(at).start
    if broken.key(last) != "NULL" or not broken.goes_on_with(start, start, " IS "):
        return None
    written = "NOT NULL" if last > at else "NULL"
    return broken.mistake(at, f"IS is missing before `{written}`", f"write `IS {written}`", last=last)


def _is_too_much(broken: BrokenSql) -> Finding[Span] | None:
    """`IS IN`, `IS NOT IN`, `IS 5`."""
    at = broken.at
    first = at - 2 if broken.key(at - 1) == "NOT" else at - 1
    if broken.key(first) != "IS":
        return None
    start, end = broken.token(first).start, broken.token(first).end
    if broken.goes_on_with(start, end, " "):
        return broken.mistake(first, "IS does not belong here", "delete `IS`")
    sign = "=" if first == at - 1 else "<>"
    if broken.token(at).kind in ("string", "number") and broken.goes_on_with(start, broken.token(at - 1).end, sign):
        return broken.mistake(first, "IS goes with NULL, TRUE and FALSE only", f"write `{sign}`", last=at - 1)
    return None


def _comma_for_and(broken: BrokenSql) -> Finding[Span] | None:
    condition = next(broken.before("WHERE", "HAVING", "ON"), broken.at)
    for index in range(broken.at, max(condition, broken.at - _FAR), -1):
        token = broken.token(index)
        if token.key == "," and token.group == broken.group and broken.goes_on_with(token.start, token.end, " AND "):
            name = broken.key(condition)
            message = f"conditions of {name} are joined by AND and not by a comma"
            return broken.mistake(index, message, "write `AND` in place of the comma")
    return None


def _without_parentheses(broken: BrokenSql) -> Finding[Span] | None:
    for index in range(broken.at - 2, broken.at + 1):
        for word, next_word in (("EXISTS", "SELECT"), ("FILTER", "WHERE")):
            if broken.is_keyword(index, word) and broken.key(index + 1) == next_word:
                return broken.mistake(index, f"{word} takes parentheses", f"write `{word} ({next_word} ...)`")
    return None


def _cross_join_with_condition(broken: BrokenSql) -> Finding[Span] | None:
    join = next(broken.before("JOIN"), 0)
    if not broken.is_keyword(broken.at, "ON", "USING") or broken.key(join - 1) != "CROSS":
        return None
    word = broken.key(broken.at)
    fix = f"write `JOIN` in place of `CROSS JOIN`, or delete {word} and what follows it"
    return broken.mistake(broken.at, f"CROSS JOIN takes no {word}", fix)


def _window_without_over(broken: BrokenSql) -> Finding[Span] | None:
    at = broken.at
    start = broken.token(at).start
    is_window = broken.key(at) == "(" and broken.key(at + 1) in ("PARTITION", "ORDER") and broken.key(at - 1) == ")"
    if not is_window or not broken.goes_on_with(start, start, " OVER "):
        return None
    return broken.mistake(at, "OVER is missing before `(`", "write `OVER (`")


_HABITS: tuple[Callable[[BrokenSql], Finding[Span] | None], ...] = (
    _clock_with_parentheses,
    _with_clause,
    _joined_words,
    _plural,
    _null_without_is,
    _is_too_much,
    _comma_for_and,
    _without_parentheses,
    _cross_join_with_condition,
    _window_without_over,
)
