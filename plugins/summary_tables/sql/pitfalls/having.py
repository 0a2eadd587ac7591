"""The names that HAVING uses outside of any call."""

from collections.abc import Iterator, Set

from summary_tables.sql.dialect import Dialect
from summary_tables.sql.query import Word
from summary_tables.sql.templates import stand_ins
from summary_tables.sql.tokens.tokens import TOP, Token, is_keyword, tokens

_ENDS = ("ORDER", "LIMIT", "UNION", "EXCEPT", "INTERSECT", "WINDOW", "FETCH", "OFFSET")


def plain_names(sql: str, wanted: Set[str], dialect: Dialect) -> Iterator[Word]:
    """Each of `wanted` in the HAVING of the outermost query, where GROUP BY has no such name."""
    text = stand_ins.filled(sql) if wanted and "having" in sql.lower() else None
    found = tokens(text, dialect.lexical) if text else []
    places = [at for at, token in enumerate(found) if token.group == TOP and is_keyword(found, at, "HAVING")]
    if len(places) != 1:
        return
    group = next((at for at in range(places[0]) if found[at].group == TOP and is_keyword(found, at, "GROUP")), 0)
    grouped = {token.key.lower() for token in found[group : places[0]]} if group else set()
    for at in range(places[0] + 1, len(found)):
        if found[at].group == TOP and is_keyword(found, at, *_ENDS):
            return
        name = found[at].key.lower()
        if name in wanted and name not in grouped and _stands_alone(found, at):
            yield Word(text=sql[found[at].start : found[at].end], offset=found[at].start)


def _stands_alone(found: list[Token], at: int) -> bool:
    """A column: no function, no part of a longer name, not inside a call or a subquery."""
    around = {found[at - 1].key, found[at + 1].key if at + 1 < len(found) else ""}
    return found[at].kind == "word" and not around & {".", "(", "::", "AS"} and found[at].group == TOP
