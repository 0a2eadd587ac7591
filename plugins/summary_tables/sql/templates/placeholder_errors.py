"""Braces in SQL that somebody meant as a placeholder and that are none.

`{schema}`, `{table}` and, in output checks, `{schema}.temp_{table}` are replaced where they stand exactly so; see
`placeholders`. In strings, comments and quoted names braces mean themselves, unless a date was meant: `'{ ds }'`.
"""

import re
from collections.abc import Iterator

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.templates import stand_ins
from summary_tables.sql.templates.names import DATE_NAMES
from summary_tables.sql.templates.pieces import Piece
from summary_tables.sql.tokens.tokens import Token, tokens
from summary_tables.text.spelling import nearest

FRESH_TABLE = "{schema}.temp_{table}"
"""How an output check names the version that it checks."""

_NAMES = ("schema", "table")
_BRACES = re.compile(r"\$?\{\s*+(?P<name>[^{}\s]{0,63}+)\s*+\}")
_DATE = re.compile(rf"(?<!\{{)\{{\s*+(?P<name>{'|'.join(DATE_NAMES)})\s*+\}}(?!\}})")
_LIKE_FRESH_TABLE = re.compile(
    r'(?<![\w-])(?:"?\{schema\}"?\s*+\.\s*+)?"?(?P<prefix>[A-Za-z]{0,20}[_-]{0,2})\{table\}"?', re.IGNORECASE
)


def mistakes(sql: str, dialect: Dialect, *, is_output_check: bool) -> tuple[Finding[Span], ...]:
    """What is wrong with the placeholders of one query, in the order of its text."""
    if "{" not in sql:
        return ()
    shown = stand_ins.replaced(sql, _without_jinja)
    every = tokens(shown, dialect.lexical)
    code = [token for token in every if token.kind != "string"]
    allowed = (*(f"{{{name}}}" for name in _NAMES), *((FRESH_TABLE,) if is_output_check else ()))
    fresh = tuple(_fresh_tables(shown, code, is_output_check))
    inside = {place for mistake in fresh for place in range(mistake.place.offset, mistake.place.end)}
    braces = (mistake for mistake in _braces(shown, code, allowed) if mistake.place.offset not in inside)
    found = (*_dates(shown, every), *braces, *fresh)
    return tuple(sorted(found, key=lambda mistake: mistake.place.offset))


def _without_jinja(piece: Piece) -> str | None:
    return None if piece.kind in ("name", "open") else "x" * (piece.end - piece.start)


def _dates(shown: str, every: list[Token]) -> Iterator[Finding[Span]]:
    for token in every:
        for found in _DATE.finditer(shown, token.start, token.end) if token.kind == "string" else ():
            message = f"`{found[0]}` stays as it is: a date has two pairs of braces"
            yield _mistake(found.start(), found[0], message, f"write `{{{{ {found['name']} }}}}`")


def _braces(shown: str, code: list[Token], allowed: tuple[str, ...]) -> Iterator[Finding[Span]]:
    for token in code:
        if token.key != "{":
            continue
        start = token.start - 1 if shown.startswith("${", token.start - 1) else token.start
        found = _BRACES.match(shown, start)
        if found and found[0] not in allowed:
            yield _mistake(start, found[0], f"`{found[0]}` is not a placeholder", _fix(found["name"], allowed))


def _fix(name: str, allowed: tuple[str, ...]) -> str:
    if FRESH_TABLE in allowed and name.lower().startswith(("temp", "tmp")):
        return f"write `{FRESH_TABLE}`"
    if name in DATE_NAMES:
        return f"write `'{{{{ {name} }}}}'`"
    near = nearest(name, _NAMES)
    if near:
        return f"write `{{{near}}}`"
    return f"the placeholders here are {', '.join(f'`{name}`' for name in allowed[:-1])} and `{allowed[-1]}`"


def _fresh_tables(shown: str, code: list[Token], is_output_check: bool) -> Iterator[Finding[Span]]:
    starts = {token.start for token in code}
    for found in _LIKE_FRESH_TABLE.finditer(shown):
        begin = next((place for place in range(found.start(), found.end()) if place in starts), None)
        if begin is None:
            continue
        if not is_output_check and found[0] == FRESH_TABLE:
            yield _mistake(found.start(), found[0], *_TOO_EARLY)
        elif is_output_check and _is_meant_as_fresh(found):
            message = f"`{found[0]}` is not the new version of the table"
            yield _mistake(found.start(), found[0], message, f"write `{FRESH_TABLE}`")


_TOO_EARLY = (
    f"`{FRESH_TABLE}` is the new version of the table, which only an output check can read",
    "read the tables that the data comes from, or move the check below `output_check:`",
)


def _is_meant_as_fresh(found: re.Match[str]) -> bool:
    if found[0] == FRESH_TABLE:
        return False
    prefix = found["prefix"].lower().rstrip("_-")
    return prefix in ("temp", "tmp", "tem", "tepm", "temporary") or nearest(prefix, ["temp"]) is not None


def _mistake(offset: int, written: str, message: str, fix: str) -> Finding[Span]:
    return Finding(place=Span(offset, len(written)), message=message, fix=fix)
