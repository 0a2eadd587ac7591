"""Calls of the warehouse's functions that do something else than compute, wherever the text of a query has them.

What the text does not show is not found: a function or a view of somebody that calls one of them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from summary_tables.sql.dialect import Dialect
from summary_tables.sql.folded_name import folded
from summary_tables.sql.tokens.tokens import Token, tokens
from summary_tables.text.quoting import without_double_quotes

_WORD = re.compile(r"\w+")
_OWN_SCHEMA = "pg_catalog"
_ESCAPED = re.compile(r"\\(?:\\|([0-9a-fA-F]{4})|\+([0-9a-fA-F]{6}))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """`name` as the warehouse knows it, in small letters; where and how long it is written."""

    name: str
    offset: int
    length: int


@cache
def reasons(dialect: Dialect) -> Mapping[str, str]:
    """What each function does, by its name, those of extensions among them; the words follow the name."""
    return {**dialect.functions.acting, **dialect.functions.acting_extensions}


def words(name: str, dialect: Dialect) -> str:
    """What is wrong with a call of `name`."""
    return f"`{name}` {reasons(dialect)[name]}, and a query may only read"


def calls(sql: str, dialect: Dialect) -> Iterator[Call]:
    """Each call in `sql`."""
    found = tokens(sql, dialect.lexical) if _may_hold_one(sql, dialect) else []
    for at, token in enumerate(found):
        name = _name(token, _escape(found, at + 1))
        if name in reasons(dialect) and (_is_attribute(name, found, at, dialect) or _is_call(name, found, at, dialect)):
            yield Call(name=name, offset=token.start, length=token.end - token.start)


def _is_called(found: Sequence[Token], at: int) -> bool:
    after = at + 1 if _escape(found, at + 1) == "\\" else at + 3
    return after < len(found) and found[after].key == "("


def _is_attribute(name: str, found: Sequence[Token], at: int, dialect: Dialect) -> bool:
    """A call without parentheses: `('x'::text).name`, and `o.name` where `o` is a value such as `unnest(...) AS o`.

    A table may be called like a function of an extension: `raw_data.http_get`.
    """
    if at < 2 or found[at - 1].key != "." or _is_called(found, at):
        return False
    return name in dialect.functions.acting or found[at - 2].key in (")", "]")


def _is_call(name: str, found: Sequence[Token], at: int, dialect: Dialect) -> bool:
    """`name(`. Somebody's function of that name, in a schema of its own, is another one."""
    if not _is_called(found, at) or (at > 0 and found[at - 1].key == "AS"):
        return False
    if name not in dialect.functions.acting or at < 2 or found[at - 1].key != ".":
        return True
    schema = found[at - 2]
    return schema.kind == "string" or _name(schema, "\\") in (_OWN_SCHEMA, "")


def _escape(found: Sequence[Token], at: int) -> str:
    """The sign that escapes characters in a name in front of `at`: `U&"d!0061ta" UESCAPE '!'`."""
    is_told = at + 1 < len(found) and found[at].key == "UESCAPE" and found[at + 1].kind == "string"
    return found[at + 1].key[1:-1] if is_told else "\\"


def _name(token: Token, escape: str) -> str:
    """The name as the warehouse folds it; empty where the token is none."""
    if token.kind not in ("word", "name"):
        return ""
    if token.key[:2].upper() == "U&" and token.key.endswith('"'):
        return _unescaped(without_double_quotes(token.key[2:]).replace(escape, "\\"))
    return folded(token.key)


def _unescaped(name: str) -> str:
    return _ESCAPED.sub(lambda hit: chr(min(int(hit[1] or hit[2], 16), 0x10FFFF)) if hit[1] or hit[2] else "\\", name)


def _may_hold_one(sql: str, dialect: Dialect) -> bool:
    """Most queries hold none of the names, and are not split into tokens."""
    lower = sql.lower()
    return 'u&"' in lower or not reasons(dialect).keys().isdisjoint(_WORD.findall(lower))
