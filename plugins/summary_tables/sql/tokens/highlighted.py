"""SQL cut into pieces that are shown in different colours."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from summary_tables.sql.tokens.lexical import Lexical
from summary_tables.sql.tokens.tokens import coarse_spans

PieceKind = Literal["plain", "keyword", "string", "number", "comment", "template"]


class Piece(NamedTuple):
    """A part of the text; all of them in order are the text."""

    kind: PieceKind
    text: str


def highlighted(sql: str, lexical: Lexical) -> Iterator[Piece]:
    """The pieces of `sql`, neighbours of one kind joined; `{{ ... }}` and `{name}` are templates. Never raises."""
    kind: PieceKind = "plain"
    text = ""
    for found, piece in _pieces(sql, lexical):
        if found == kind:
            text += piece
            continue
        if text:
            yield Piece(kind, text)
        kind, text = found, piece
    if text:
        yield Piece(kind, text)


def _pieces(sql: str, lexical: Lexical) -> Iterator[tuple[PieceKind, str]]:
    depth = 0
    for found, start, end in coarse_spans(sql, lexical):
        text = sql[start:end]
        depth += (text == "{") - (text == "}" and depth > 0)
        if depth or text == "}":
            yield "template", text
        else:
            yield _kind(found, text), text


def _kind(found: str, text: str) -> PieceKind:
    if found == "word":
        return "keyword" if text.upper() in _KEYWORDS else "plain"
    return _KINDS.get(found, "plain")


_KINDS: dict[str, PieceKind] = {
    "string": "string",
    "tag": "string",
    "open": "string",
    "number": "number",
    "line": "comment",
    "comment": "comment",
}
_KEYWORDS = frozenset(
    re.findall(
        r"\w+",
        """ALL AND ANY APPROXIMATE AS ASC BETWEEN BOTH BY CASE CAST COLLATE CROSS CURRENT CURRENT_DATE CURRENT_TIMESTAMP
    DATE DESC DISTINCT ELSE END ESCAPE EXCEPT EXCLUDE EXISTS EXTRACT FALSE FETCH FILTER FIRST FOLLOWING FOR FROM FULL
    GROUP GROUPING GROUPS HAVING ILIKE IN INNER INTERSECT INTERVAL INTO IS JOIN LAST LATERAL LEADING LEFT LIKE LIMIT
    MATERIALIZED NATURAL NEXT NOT NULL NULLS OFFSET ON ONLY OR ORDER ORDINALITY OUTER OVER OVERLAPS PARTITION PIVOT
    PRECEDING QUALIFY RANGE RECURSIVE RIGHT ROLLUP ROW ROWS SELECT SETS SIMILAR SOME SYMMETRIC TABLE TABLESAMPLE THEN
    TIES TIMESTAMP TO TOP TRAILING TRUE UNBOUNDED UNION UNPIVOT USING VALUES WHEN WHERE WINDOW WITH WITHIN WITHOUT""",
    )
)
"""Words that people take for keywords, of any warehouse."""
