"""A function is given types that it takes, as far as casts and values tell.

A function of the same name that somebody has made in the warehouse may take more.

PASS: `ROUND(score::numeric, 2)`, `DATE_TRUNC('month', '{{ ds }}'::date)`
FAIL: `ROUND(score::float, 2)`, `DATE_TRUNC('month', '{{ ds }}')`
"""

from collections.abc import Iterator, Sequence

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.parsers.clauses import as_operand
from summary_tables.sql.query import Query, RefusedCall
from summary_tables.sql.templates import stand_ins
from summary_tables.sql.tokens.tokens import arguments, tokens
from summary_tables.sql.type_names import short

_MOST_SHOWN = 4
_LONGEST = 80


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        parsed = query.parsed
        for call in parsed.refused_calls if isinstance(parsed, Query) else ():
            message, fix = _words(call, query)
            place = file.place_in(query, call.word.offset, len(call.word.text))
            yield Finding(place=place, message=message, fix=fix)


RULE = Rule(check=check, level="warning", certain="warehouse-function")


def _words(call: RefusedCall, query: SourceQuery) -> tuple[str, str]:
    name = call.word.text
    if call.is_ambiguous:
        message = f"PostgreSQL cannot tell which `{name}` is meant: the types of what it is given are not known"
        return message, "say the type of each text in quotes, e.g. `'2026-01-31'::date`"
    message = f"PostgreSQL's own `{name}` does not take {_types(call.given)}"
    if not call.takes:
        return f"{message}, nor any {len(call.given)} arguments", ""
    return f"{message}; it takes {_shown(call.takes)}", _fix(call, query)


def _shown(signatures: Sequence[Sequence[str]]) -> str:
    shown = [_types(signature) for signature in signatures]
    more = f" and {len(shown) - _MOST_SHOWN} others" if len(shown) > _MOST_SHOWN else ""
    return " or ".join(shown[:_MOST_SHOWN]) + more


def _types(signature: Sequence[str]) -> str:
    return f"({', '.join(map(short, signature))})"


def _fix(call: RefusedCall, query: SourceQuery) -> str:
    if call.cast is None:
        return ""
    place, _ = call.cast
    found = tokens(stand_ins.filled(query.text) or "", query.dialect.lexical)
    opening = next((at for at, token in enumerate(found) if token.start >= call.word.offset and token.key == "("), 0)
    given = arguments(query.text, found, opening)
    if len(given) != len(call.given):
        return ""
    whole = _with_cast(call, given, as_operand(given[place]))
    if len(whole) <= _LONGEST and "\n" not in whole:
        return f"write `{whole}`"
    inside = f"its {_ORDINALS[place]} argument in the inner parentheses"
    return f"write `{_with_cast(call, [each if len(each) < _SHORT else '...' for each in given], '(...)')}`, {inside}"


def _with_cast(call: RefusedCall, given: Sequence[str], operand: str) -> str:
    place, kind = call.cast or (0, "")
    cast = f"{operand}::{short(kind)}"
    return f"{call.word.text}({', '.join([*given[:place], cast, *given[place + 1 :]])})"


_SHORT = 20
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
