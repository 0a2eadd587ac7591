"""What other databases write differently."""

import re
from collections.abc import Callable, Iterator

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.syntax_errors.broken_sql import BrokenSql

_UNITS = ("SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR")
_COMMENT = re.compile(r"(?:#|//)[^\n]*")
_BACKTICKS = re.compile(r"`([^`\n]*)`")


def explain(broken: BrokenSql) -> Finding[Span] | None:
    """What the grammar stopped at, where another database has it."""
    return next((words for read in _FOREIGN if (words := read(broken))), None)


def _backtick(broken: BrokenSql) -> Finding[Span] | None:
    index = next((index for index in _nearby(broken, 6) if broken.key(index).startswith("`")), None)
    if index is None:
        return None
    start = broken.token(index).start
    quoted = _BACKTICKS.match(broken.sql, start)
    message = f'{broken.warehouse} quotes names with " and not with `'
    fix = 'write "' + quoted[1] + '"' if quoted else 'write " in place of `'
    length = len(quoted[0]) if quoted else 1
    return Finding(place=Span(start, length), message=message, fix=fix)


def _nearby(broken: BrokenSql, count: int) -> Iterator[int]:
    """The token where the grammar stops and those before it, the first of them first."""
    return iter(range(max(broken.at - count, 0), min(broken.at + 1, len(broken.tokens))))


def _comment(broken: BrokenSql) -> Finding[Span] | None:
    for index in _nearby(broken, 30):
        start = broken.token(index).start
        comment = _COMMENT.match(broken.sql, start)
        if comment and broken.goes_on_with(start, comment.end(), " " * len(comment[0])):
            mark = "//" if broken.sql.startswith("//", start) else "#"
            message = f"a comment begins with `--` in {broken.warehouse}, not with `{mark}`"
            return Finding(place=Span(start, len(mark)), message=message, fix="write `--`")
    return None


def limit(broken: BrokenSql) -> Finding[Span] | None:
    """`LIMIT 5, 10`."""
    limits = list(broken.before("LIMIT"))
    comma = next((index for index in (broken.at, broken.at - 1, broken.at - 2) if broken.key(index) == ","), None)
    if not limits or comma is None or comma - limits[0] != 2:
        return _limit_at_comma(broken)
    return _limit_words(broken, limits[0])


def _limit_at_comma(broken: BrokenSql) -> Finding[Span] | None:
    index = next((index for index in range(len(broken.tokens)) if _is_limit_pair(broken, index)), None)
    is_here = index is not None and index <= broken.at + 1 and broken.at <= index + 4
    return _limit_words(broken, index) if index is not None and is_here else None


def _is_limit_pair(broken: BrokenSql, index: int) -> bool:
    return broken.is_keyword(index, "LIMIT") and broken.key(index + 2) == "," and broken.key(index + 3) != ""


def _limit_words(broken: BrokenSql, limit: int) -> Finding[Span]:
    skipped, taken = broken.text(limit + 1), broken.text(limit + 3)
    fix = f"write `LIMIT {taken} OFFSET {skipped}`"
    return broken.mistake(limit, "LIMIT takes one number", fix, last=limit + 3)


def _interval_with_plural(broken: BrokenSql) -> Finding[Span] | None:
    """`INTERVAL '7' DAYS`."""
    at = broken.at
    is_interval = broken.is_keyword(at - 2, "INTERVAL") and broken.token(at - 1).kind == "string"
    if not is_interval or broken.key(at).removesuffix("S") not in _UNITS:
        return None
    fix = f"write `INTERVAL {broken.key(at - 1)[:-1]} {broken.text(at).lower()}'`"
    return broken.mistake(at - 2, "an interval stands in quotes, its unit too", fix, last=at)


def _interval(broken: BrokenSql) -> Finding[Span] | None:
    at = next((index for index in (broken.at, broken.at - 1) if broken.is_keyword(index - 1, "INTERVAL")), None)
    if at is None or broken.token(at).kind != "number":
        return None
    has_unit = broken.key(at + 1).removesuffix("S") in _UNITS
    number = broken.text(at)
    fix = f"write its unit, too: for days it is `INTERVAL '{number} days'`"
    if has_unit:
        fix = f"write `INTERVAL '{number} {broken.text(at + 1).lower()}'`"
    return broken.mistake(at - 1, "an interval stands in quotes", fix, last=at + has_unit)


def _top(broken: BrokenSql) -> Finding[Span] | None:
    at = broken.at
    if broken.key(at - 1) != "TOP" or broken.token(at).kind != "number":
        return None
    fix = f"delete it and write `LIMIT {broken.text(at)}` at the end"
    return broken.mistake(at - 1, f"{broken.warehouse} has no TOP", fix, last=at)


def _qualify(broken: BrokenSql) -> Finding[Span] | None:
    index = next((index for index in (broken.at - 1, broken.at) if broken.key(index) == "QUALIFY"), None)
    if index is None or broken.has("QUALIFY"):
        return None
    fix = "put the query in parentheses after FROM, with the window function as a column, and filter that with WHERE"
    return broken.mistake(index, f"{broken.warehouse} has no QUALIFY", fix)


_WORDS = {"MINUS": "EXCEPT", "RLIKE": "~", "REGEXP": "~", "DIV": "/", "MOD": "%", "XOR": "<>"}


def _word(broken: BrokenSql) -> Finding[Span] | None:
    for index in (broken.at, broken.at - 1):
        token = broken.token(index)
        if (
            token.kind == "word"
            and (word := _WORDS.get(token.key))
            and broken.goes_on_with(token.start, token.end, word)
        ):
            return broken.mistake(index, f"{broken.warehouse} has no {token.key}", f"write `{word}`")
    return None


def _alias_in_quotes(broken: BrokenSql) -> Finding[Span] | None:
    at = broken.at
    token = broken.token(at)
    if token.kind != "string" or not token.key.startswith("'") or '"' in token.key:
        return None
    name = '"' + token.key[1:-1] + '"'
    if broken.key(at - 1) != "AS" or not broken.goes_on_with(token.start, token.end, name):
        return None
    return broken.mistake(at, "a name stands in double quotes; single ones are for texts", f"write `{name}`")


_COMMA_FOR = {"CAST": "AS", "EXTRACT": "FROM"}


def _comma_in_call(broken: BrokenSql) -> Finding[Span] | None:
    call = broken.token(broken.group - 1) if broken.group > 0 else None
    word = _COMMA_FOR.get(call.key) if call else None
    if word is None or call is None or broken.key(broken.at) != ",":
        return None
    return broken.mistake(broken.at, f"{call.key} takes {word} and no comma", f"write `{word}` in place of the comma")


def _between(broken: BrokenSql) -> Finding[Span] | None:
    word = {",": "comma", "TO": "`TO`"}.get(broken.key(broken.at))
    if word is None or not any(True for _ in broken.before("BETWEEN")):
        return None
    token, written = broken.token(broken.at), "the comma" if word == "comma" else word
    if not broken.goes_on_with(token.start, token.end, " AND "):
        return None
    return broken.mistake(broken.at, f"BETWEEN takes AND and no {word}", f"write `AND` in place of {written}")


def value_list(broken: BrokenSql) -> Finding[Span] | None:
    """`IN ()` and `IN 1, 2`."""
    at = broken.at
    if broken.key(at) == ")" and broken.key(at - 1) == "(" and broken.is_keyword(at - 2, "IN"):
        return broken.mistake(at - 2, "this list is empty", "write at least one value between the parentheses", last=at)
    if broken.is_keyword(at - 1, "IN") and broken.token(at).kind in ("number", "string"):
        return broken.mistake(
            at, "IN takes a list in parentheses", f"put the list in parentheses: `({broken.text(at)}, ...)`"
        )
    return None


def _arrow(broken: BrokenSql) -> Finding[Span] | None:
    for index in (broken.at, broken.at - 1):
        token = broken.token(index)
        if token.key == "=>" and broken.goes_on_with(token.start, token.end, ">="):
            return broken.mistake(index, f"{broken.warehouse} has no comparison `=>`", "write `>=`")
    return None


def _parameter(broken: BrokenSql) -> Finding[Span] | None:
    """`:day` and `@day`, which other tools fill in."""
    for index in (broken.at, broken.at - 1):
        if broken.key(index) in (":", "@") and broken.token(index).end == broken.token(index + 1).start:
            written = broken.key(index) + broken.text(index + 1)
            message = f"`{written}` is filled in by nobody here"
            return broken.mistake(
                index, message, "write the value itself; the date of the run is `'{{ ds }}'`", last=index + 1
            )
    return None


def _over(broken: BrokenSql) -> Finding[Span] | None:
    over = next(iter(broken.before("OVER")), None)
    if over is None or broken.at - over > 3 or not broken.is_keyword(over + 1, "PARTITION", "ORDER"):
        return None
    fix = f"write `OVER ({broken.text(over + 1)} BY ...)`"
    return broken.mistake(over, "OVER takes parentheses", fix, last=over + 1)


def _quote_in_text(broken: BrokenSql) -> Finding[Span] | None:
    pairs = ((broken.token(index - 1), broken.token(index)) for index in (broken.at, broken.at - 1))
    token = next((word for text, word in pairs if text.kind == "string" and text.end == word.start), None)
    if token is None or token.kind != "word":
        return None
    return Finding(
        place=Span(token.start - 1, 1),
        message="the text ends at this quote",
        fix="write a quote inside a text twice: `''`",
    )


def _open_bracket(broken: BrokenSql) -> Finding[Span] | None:
    if broken.group < 0 or broken.key(broken.group) != "[":
        return None
    is_closed = any(token.key == "]" and token.group == broken.token(broken.group).group for token in broken.tokens)
    return None if is_closed else broken.mistake(broken.group, "this `[` is never closed", "add the missing `]`")


def _separator(broken: BrokenSql) -> Finding[Span] | None:
    index = next((index for index in (broken.at, broken.at - 1) if broken.key(index) == "SEPARATOR"), None)
    if index is None:
        return None
    fix = f"write e.g. `{broken.dialect.phrases.join_texts}`"
    return broken.mistake(index, f"{broken.warehouse} has no SEPARATOR", fix)


def _braces(broken: BrokenSql) -> Finding[Span] | None:
    index = next((index for index in (broken.at, broken.at - 1) if broken.key(index) in ("{", "}")), None)
    if index is None:
        return None
    last = index + 1 if broken.key(index + 1) == broken.key(index) else index
    written = broken.sql[broken.token(index).start : broken.token(last).end]
    fix = "delete it; placeholders are `{{ ds }}` for a date, `{schema}` and `{table}`"
    return broken.mistake(index, f"this `{written}` belongs to no placeholder", fix, last=last)


_FOREIGN: tuple[Callable[[BrokenSql], Finding[Span] | None], ...] = (
    _backtick,
    _braces,
    limit,
    _interval,
    _interval_with_plural,
    _top,
    _qualify,
    _alias_in_quotes,
    _comma_in_call,
    _between,
    value_list,
    _arrow,
    _separator,
    _parameter,
    _over,
    _quote_in_text,
    _open_bracket,
    _word,
    _comment,
)
