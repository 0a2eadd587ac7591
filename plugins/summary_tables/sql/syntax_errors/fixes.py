"""Mistakes that are known by their fix: with one small change the grammar goes on."""

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.parsers.clauses import length_of_name
from summary_tables.sql.syntax_errors.broken_sql import BrokenSql
from summary_tables.text.spelling import nearest

_KEYWORDS = (
    "ALL AND AS ASC BETWEEN BY CASE CAST CROSS CURRENT DESC DISTINCT ELSE END EXCEPT EXISTS EXTRACT FETCH FILTER FIRST "
    "FOLLOWING FROM FULL GROUP GROUPING HAVING ILIKE IN INNER INTERSECT INTERVAL IS JOIN LAST LATERAL LEFT LIKE LIMIT "
    "NATURAL NOT NULL NULLS OFFSET ON OR ORDER OUTER OVER PARTITION PRECEDING QUALIFY RANGE RECURSIVE RIGHT ROLLUP ROW "
    "ROWS SELECT SETS SIMILAR THEN TO TRUE FALSE UNBOUNDED UNION USING VALUES WHEN WHERE WINDOW WITH WITHIN"
)
KEYWORDS = frozenset(_KEYWORDS.split())
_NEAR_KEYWORDS = tuple(sorted(keyword.lower() for keyword in KEYWORDS))
_CLAUSES = frozenset(("FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "UNION", "EXCEPT", "INTERSECT"))
_RESERVED_NAMES = "ANALYSE ANALYZE CASE DEFAULT DESC ASC DO END GROUP LIMIT OFFSET ORDER TABLE USER WINDOW"
_RESERVED = frozenset(_RESERVED_NAMES.split())
_NEVER_NAMES = KEYWORDS - _RESERVED - {"ALL", "CAST", "LEFT", "RIGHT"}


def left_out(broken: BrokenSql) -> Finding[Span] | None:
    """`...` of an example."""
    start = broken.token(broken.at).start
    found = broken.sql.find("...", max(start - 2, 0), start + 3)
    if found < 0:
        return None
    message = "`...` stands for something that is left out"
    return Finding(place=Span(found, 3), message=message, fix="write what belongs there")


def comma_too_many(broken: BrokenSql) -> Finding[Span] | None:
    """A comma with nothing behind it."""
    at = broken.at
    if broken.key(at - 1) == "," and broken.key(at) == ",":
        return broken.mistake(at, "two commas follow each other here", "delete one")
    if broken.key(at - 1) == "," and (broken.token(at).kind != "word" or _is_clause(broken, at)):
        behind = _shown(broken, at)
        return broken.mistake(at - 1, f"the comma before {behind} has nothing after it", "delete the comma")
    return None


def _is_clause(broken: BrokenSql, index: int) -> bool:
    key = broken.key(index)
    return not key or (key in _CLAUSES and (key not in ("GROUP", "ORDER") or broken.key(index + 1) == "BY"))


def leading_comma(broken: BrokenSql) -> Finding[Span] | None:
    """A comma with nothing before it."""
    at = broken.at
    if broken.key(at) != "," or not _goes_on_without(broken, at):
        return None
    before = _shown(broken, at - 1)
    return broken.mistake(at, f"the comma after {before} has nothing before it", "delete the comma")


def _shown(broken: BrokenSql, index: int) -> str:
    text = broken.text(index)
    if not text:
        return "the end"
    return text.upper() if broken.token(index).kind == "word" else f"`{text}`"


def _goes_on_without(broken: BrokenSql, index: int) -> bool:
    token = broken.token(index)
    return broken.goes_on_with(token.start, token.end, " ")


def misspelt_keyword(broken: BrokenSql) -> Finding[Span] | None:
    """A word near the stop that is spelt almost like a keyword, and would be right as that keyword."""
    for index in (broken.at - 1, broken.at, broken.at - 2):
        token = broken.token(index)
        if token.kind != "word" or token.key in KEYWORDS or len(token.key) < 2:
            continue
        for keyword in _near_keywords(token.key):
            if broken.goes_on_with(token.start, token.end, keyword):
                written = broken.text(index)
                message = f"{broken.warehouse} cannot read the SQL at `{written}`"
                return broken.mistake(index, message, f"write `{keyword}`")
    return None


def _near_keywords(word: str) -> list[str]:
    same_letters = [keyword for keyword in KEYWORDS if sorted(keyword) == sorted(word)]
    near = nearest(word, _NEAR_KEYWORDS)
    return same_letters + ([near.upper()] if near and near.upper() not in same_letters else [])


def twice(broken: BrokenSql) -> Finding[Span] | None:
    """A keyword that was typed twice."""
    at = broken.at
    if broken.token(at).kind == "word" and broken.key(at) == broken.key(at - 1) and _goes_on_without(broken, at):
        return broken.mistake(at, f"`{broken.text(at)}` stands here twice", "delete one")
    return None


def reserved_name(broken: BrokenSql) -> Finding[Span] | None:
    """A word of SQL used as a name."""
    for index in (broken.at, broken.at - 1):
        token = broken.token(index)
        if token.kind != "word" or token.key in _NEVER_NAMES:
            continue
        if index < broken.at and (broken.at == len(broken.tokens) or not broken.is_keyword(index, *_RESERVED)):
            continue
        quoted = f'"{broken.text(index).lower()}"'
        is_owner = index < broken.at and broken.key(broken.at) == "."
        accepts = broken.goes_on_with if is_owner else broken.works_with
        if accepts(token.start, token.end, quoted):
            message = f"`{broken.text(index)}` is a word of SQL and no name"
            return broken.mistake(index, message, f"write `{quoted}`, or choose another name")
    return None


def missing_word(broken: BrokenSql) -> Finding[Span] | None:
    """FROM, JOIN or BY left out."""
    for index, word in _left_out(broken):
        start = broken.token(index).start
        if index < len(broken.tokens) and broken.works_with(start, start, f" {word} "):
            written = broken.sql[start : start + length_of_name(broken.sql, start)]
            message = f"{word} is missing before `{written}`"
            return Finding(place=Span(start, len(written)), message=message, fix=f"write `{word} {written}`")
    return None


def _left_out(broken: BrokenSql) -> list[tuple[int, str]]:
    at = broken.at
    found = [(at, "BY")] if broken.is_keyword(at - 1, "GROUP", "ORDER", "PARTITION") else []
    found += [(at, "JOIN")] if broken.is_keyword(at - 1, "LEFT", "RIGHT", "FULL", "INNER", "OUTER", "CROSS") else []
    has_from = any(
        broken.is_keyword(index, "FROM") and broken.tokens[index].group == broken.group
        for index in range(len(broken.tokens))
    )
    if any(broken.before("SELECT")) or broken.is_keyword(0, "SELECT"):
        found += [] if has_from else [(at - 1, "FROM"), (at, "FROM")]
    return found
