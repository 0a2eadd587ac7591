"""What the warehouse does not have and another database has."""

import re
from collections.abc import Callable

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.syntax_errors.broken_sql import BrokenSql

_IN_BRACKETS = re.compile(r"\[([A-Za-z_][\w ]*)\]")
_OF_A_DRIVER = re.compile(r"%(?:\(\w+\))?s\b|\?")
_FAR = 5


def explain(broken: BrokenSql) -> Finding[Span] | None:
    """What the grammar stopped at, where the warehouse has no such thing."""
    return next((words for read in _UNKNOWN if (words := read(broken))), None)


def _brackets(broken: BrokenSql) -> Finding[Span] | None:
    token = broken.token(broken.at)
    quoted = _IN_BRACKETS.match(broken.sql, token.start) if token.key == "[" else None
    if quoted is None or not broken.goes_on_with(quoted.start(), quoted.end(), f'"{quoted[1]}"'):
        return None
    message = f'{broken.warehouse} quotes names with " and not with [ ]'
    return Finding(place=Span(quoted.start(), len(quoted[0])), message=message, fix=f'write "{quoted[1]}"')


def star_without(broken: BrokenSql) -> Finding[Span] | None:
    """`SELECT * EXCEPT (a)`."""
    for index in range(broken.at - 2, broken.at + 1):
        is_after_star = broken.key(index - 1) == "*" and broken.key(index + 1) == "("
        word = broken.key(index)
        if is_after_star and word in ("EXCEPT", "REPLACE", "EXCLUDE") and not broken.has(word):
            has_exclude = word == "EXCEPT" and broken.has("EXCLUDE")
            fix = "write `EXCLUDE`" if has_exclude else "write the columns that are wanted in place of `*`"
            return broken.mistake(index, f"{broken.warehouse} has no `* {word} (...)`", fix)
    return None


def _cast(broken: BrokenSql) -> Finding[Span] | None:
    call = broken.group - 1
    if broken.group < 0 or broken.key(broken.at) != "AS" or broken.key(call) not in ("SAFE_CAST", "TRY_CAST"):
        return None
    return broken.mistake(call, f"{broken.warehouse} has no {broken.key(call)}", "write `CAST`")


def _nulls(broken: BrokenSql) -> Finding[Span] | None:
    index = _near(broken, "IGNORE", "RESPECT")
    if index is None or broken.has(broken.key(index)) or broken.key(index + 1) != "NULLS":
        return None
    message = f"{broken.warehouse} has no {broken.key(index)} NULLS"
    return broken.mistake(index, message, "delete it; WHERE in a subquery can leave NULLs out", last=index + 1)


def _pivot(broken: BrokenSql) -> Finding[Span] | None:
    places = range(broken.at, broken.at - _FAR, -1)
    index = next((place for place in places if broken.key(place) in ("PIVOT", "UNPIVOT")), None)
    if index is None or broken.has(broken.key(index)) or broken.key(index + 1) != "(":
        return None
    columns = "write one column for each value: `SUM(x) FILTER (WHERE y = 'a') AS a`"
    rows = "write `CROSS JOIN LATERAL (VALUES ('a', a), ('b', b)) AS v (name, value)`"
    fix = columns if broken.key(index) == "PIVOT" else rows
    return broken.mistake(index, f"{broken.warehouse} has no {broken.key(index)}", fix)


def _outer_mark(broken: BrokenSql) -> Finding[Span] | None:
    at = broken.at
    if (broken.key(at - 2), broken.key(at - 1), broken.key(at)) != ("(", "+", ")"):
        return None
    return broken.mistake(at - 2, f"{broken.warehouse} has no `(+)`", "write `LEFT JOIN ... ON ...` in FROM", last=at)


def _offset(broken: BrokenSql) -> Finding[Span] | None:
    index = _near(broken, "WITH")
    if index is None or broken.key(index + 1) != "OFFSET":
        return None
    fix = "write `WITH ORDINALITY`, which counts from 1"
    return broken.mistake(index, f"{broken.warehouse} has no WITH OFFSET", fix, last=index + 1)


def _sign_for_word(broken: BrokenSql) -> Finding[Span] | None:
    """`a = 1 && b = 2`."""
    for index in range(broken.at, broken.at - _FAR, -1):
        token, word = broken.token(index), {"&&": "AND", "||": "OR"}.get(broken.key(index))
        if word and broken.goes_on_with(token.start, token.end, f" {word} "):
            return broken.mistake(index, f"`{token.key}` does not join conditions", f"write `{word}`")
    return None


def _driver_parameter(broken: BrokenSql) -> Finding[Span] | None:
    """`%s` and `?`, which programs fill in."""
    for index in (broken.at, broken.at - 1):
        token, before = broken.token(index), broken.token(index - 1)
        found = _OF_A_DRIVER.match(broken.sql, token.start) if token.end else None
        if found and (before.kind == "operator" or before.key in ("(", ",", "IN", "LIKE", "BETWEEN", "AND")):
            message = f"`{found[0]}` is filled in by nobody here"
            fix = "write the value itself; the date of the run is `'{{ ds }}'`"
            return Finding(place=Span(token.start, len(found[0])), message=message, fix=fix)
    return None


def _colon(broken: BrokenSql) -> Finding[Span] | None:
    """`a:b` of a JSON column, and `a:int` for a cast."""
    for index in (broken.at, broken.at - 1):
        before, token, behind = (broken.token(place) for place in (index - 1, index, index + 1))
        is_value = before.kind in ("word", "name") or before.key in (")", "]")
        if token.key == ":" and is_value and before.end == token.start and token.end == behind.start:
            word = broken.text(index + 1)
            message = f"`:{word}` behind a value means nothing in {broken.warehouse}"
            key = broken.dialect.phrases.json_key.format(word)
            fix = f"write `::{word}` if it is a type, `{key}` if it is a key of JSON"
            return broken.mistake(index, message, fix, last=index + 1)
    return None


def _near(broken: BrokenSql, *words: str) -> int | None:
    return next((index for index in (broken.at, broken.at - 1) if broken.is_keyword(index, *words)), None)


_UNKNOWN: tuple[Callable[[BrokenSql], Finding[Span] | None], ...] = (
    _colon,
    _brackets,
    star_without,
    _cast,
    _nulls,
    _pivot,
    _outer_mark,
    _offset,
    _sign_for_word,
    _driver_parameter,
)
