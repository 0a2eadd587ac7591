"""42883 and 42725: a function or an operator that the warehouse does not have for these types."""

import re
from collections.abc import Sequence

from summary_tables.lint.dry_run.catalog import Signature
from summary_tables.lint.dry_run.mistake import Refused, mistake_at
from summary_tables.lint.dry_run.query import WrittenCall, WrittenName
from summary_tables.model.problem import Finding, Span
from summary_tables.sql.type_names import short
from summary_tables.text.spelling import nearest

FUNCTION_RULE, TYPE_RULE = "warehouse-function", "warehouse-type"

_LONGEST_CALL = 60
_MOST_SIGNATURES = 4


def words(refused: Refused) -> Finding[Span]:
    """What does not exist, and what was probably meant."""
    name = refused.query.name_at(refused.offset)
    call = refused.query.call_at(refused.offset)
    if name is None or call is None:
        return _operator(refused)
    signatures = refused.catalog.signatures(name.parts[-1])
    if not signatures:
        return unknown_function(refused, name)
    message, fix = _wrong_arguments(refused, name, call, signatures)
    return mistake_at(name, FUNCTION_RULE, message, fix)


def is_foreign(refused: Refused, name: WrittenName) -> bool:
    """A function that only other databases have. Their `DATEDIFF(day, ...)` looks like a missing column `day`."""
    return name.parts[-1] in refused.file.dialect.functions.foreign and not refused.catalog.signatures(name.parts[-1])


def unknown_function(refused: Refused, name: WrittenName) -> Finding[Span]:
    """There is no function of this name, whatever its arguments."""
    message = f"{refused.warehouse} has no function `{name.text}`"
    instead = _instead(refused, name)
    near = nearest(name.parts[-1], (*_GRAMMAR, *refused.catalog.functions()))
    meant = instead or (f"`{near.upper() if name.text.isupper() else near}`" if near else "")
    return mistake_at(name, FUNCTION_RULE, message, f"write {meant}" if meant else "")


def _instead(refused: Refused, name: WrittenName) -> str | None:
    functions = refused.file.dialect.functions
    call, reckon = refused.query.call_at(name.offset), functions.date_arithmetic.get(name.parts[-1])
    return (reckon(call.arguments) if call and reckon else "") or functions.foreign.get(name.parts[-1])


# Functions that are part of the grammar: the catalog does not know them.
_GRAMMAR = ("cast", "coalesce", "extract", "greatest", "grouping", "least", "nullif", "overlay", "position", "trim")


def not_unique(refused: Refused) -> Finding[Span]:
    """The server would have to guess which of several functions of a name is meant."""
    word = refused.query.word_at(refused.offset)
    message = f"{refused.warehouse} cannot tell which `{word}` is meant: the types of what it is given are not known"
    fix = "say the type of each text in quotes, e.g. `'2026-01-31'::date`"
    rule = FUNCTION_RULE if refused.query.name_at(refused.offset) else TYPE_RULE
    return Finding(rule=rule, message=message, fix=fix, place=Span(refused.offset, max(len(word), 1)))


def _wrong_arguments(
    refused: Refused, name: WrittenName, call: WrittenCall, signatures: Sequence[Signature]
) -> tuple[str, str]:
    given = _given_types(refused.refusal.message)
    same_count = [signature for signature in signatures if len(signature) == len(call.arguments)]
    if not same_count:
        return _wrong_count(name, call, signatures)
    message = f"`{name.text}` does not take {_types(given)}" if given else f"`{name.text}` does not take these types"
    return f"{message}; it takes {_shown(same_count)}", _cast(name, call, given, same_count)


def _wrong_count(name: WrittenName, call: WrittenCall, signatures: Sequence[Signature]) -> tuple[str, str]:
    counts = sorted({len(signature) for signature in signatures})
    wanted = " or ".join(str(count or "no") for count in counts)
    plural = "argument" if counts == [1] else "arguments"
    fix = f"it takes {_shown(signatures)}" if counts != [0] else f"write `{name.text}()`"
    return f"`{name.text}` takes {wanted} {plural}, not {len(call.arguments) or 'none'}", fix


def _given_types(message: str) -> Signature:
    """Of what the server got; it names the types in English whatever its language."""
    found = re.search(r"[\w\"]\((.*)\)", message)
    return tuple(found[1].split(", ")) if found and found[1] else ()


def _cast(name: WrittenName, call: WrittenCall, given: Signature, signatures: Sequence[Signature]) -> str:
    """The cast of one argument that makes the call right; empty where none is enough."""
    fitting = [
        (place, signature[place])
        for signature in signatures
        if len(given) == len(signature)
        and [place for place in range(len(given)) if not _fits(given[place], signature[place])]
        == [place := next((at for at in range(len(given)) if not _fits(given[at], signature[at])), -1)]
        and place >= 0
    ]
    choices = [choice for choice in fitting if choice[1] in _TARGETS]
    if not choices:
        return ""
    place, target = min(choices, key=lambda choice: _TARGETS.index(choice[1]))
    cast = f"CAST({call.arguments[place]} AS {short(target)})"
    arguments = [*call.arguments[:place], cast, *call.arguments[place + 1 :]]
    whole = f"{name.text}({', '.join(arguments)})"
    return f"write `{whole}`" if len(whole) <= _LONGEST_CALL and "\n" not in whole else _long_cast(place, target)


def _long_cast(place: int, target: str) -> str:
    return f"write `CAST(... AS {short(target)})` around its {_ORDINALS[min(place, len(_ORDINALS) - 1)]} argument"


_ORDINALS = ("first", "second", "third", "fourth", "next")
# What an analyst's cast can mean, the likeliest first.
_TARGETS = (
    "numeric",
    "timestamp without time zone",
    "text",
    "date",
    "integer",
    "double precision",
    "bigint",
    "interval",
)


def _fits(given: str, wanted: str) -> bool:
    polymorphic = wanted.startswith("any") or wanted == '"any"'
    return given in (wanted, "unknown") or polymorphic or wanted in _IMPLICIT.get(given, ())


_IMPLICIT = {
    "smallint": ("integer", "bigint", "numeric", "real", "double precision"),
    "integer": ("bigint", "numeric", "real", "double precision"),
    "bigint": ("numeric", "real", "double precision"),
    "numeric": ("real", "double precision"),
    "real": ("double precision",),
    "character varying": ("text",),
    "character": ("text",),
    "date": ("timestamp without time zone", "timestamp with time zone"),
    "timestamp without time zone": ("timestamp with time zone",),
}


def _shown(signatures: Sequence[Signature]) -> str:
    shown = [_types(signature) for signature in signatures]
    more = f" and {len(shown) - _MOST_SIGNATURES} others" if len(shown) > _MOST_SIGNATURES else ""
    return " or ".join(shown[:_MOST_SIGNATURES]) + more


def _types(signature: Signature) -> str:
    return f"({', '.join(map(short, signature))})"


_EQUALITIES = ("=", "<>", "!=")
_COMPARISONS = (*_EQUALITIES, "<", ">", "<=", ">=")
_JSON_OPERATORS = ("->", "->>", "#>", "#>>")
_TEXTS = ("text", "character varying", "character")
_NUMBERS = ("smallint", "integer", "bigint", "numeric", "real", "double precision")


def _operator(refused: Refused) -> Finding[Span]:
    symbol = refused.query.word_at(refused.offset)
    left, right = _operand_types(refused.refusal.message, symbol)
    if not right:
        message = f"{refused.warehouse} says: {refused.refusal.message}"
        return Finding(rule=TYPE_RULE, message=message, place=Span(refused.offset, max(len(symbol), 1)))
    between = f"between {short(left)} and {short(right)}" if left else f"before {short(right)}"
    message = f"`{symbol}` cannot stand {between}"
    fix = _operator_fix(refused, symbol, left, right)
    return Finding(rule=TYPE_RULE, message=message, fix=fix, place=Span(refused.offset, len(symbol)))


def _operand_types(message: str, symbol: str) -> tuple[str, str]:
    """Of `operator does not exist: integer = text`, in any language of the server."""
    signature = re.split(r"[:\uff1a] ?", message)[-1]
    left, found, right = signature.rpartition(f"{symbol} ")
    return (left.strip(), right.strip()) if symbol and found else ("", "")


def _operator_fix(refused: Refused, symbol: str, left: str, right: str) -> str:
    before, after = refused.query.operands(refused.offset)
    if symbol == "||":
        return f"write `{before or '...'}::text {symbol} {after or '...'}`"
    if left.startswith(("timestamp", "date")) and right in _NUMBERS:
        return f"write `{before or '...'} {symbol} INTERVAL '1 day'`"
    if symbol in _COMPARISONS and (left in _TEXTS) != (right in _TEXTS):
        text_is_left = left in _TEXTS
        other = right if text_is_left else left
        # As texts, 10 comes before 9, and a day has many spellings.
        cast_text = symbol not in _EQUALITIES or other not in _NUMBERS
        target = short(other) if cast_text else "text"
        casts = ("::" + target, "") if cast_text == text_is_left else ("", "::" + target)
        return f"write `{before or '...'}{casts[0]} {symbol} {after or '...'}{casts[1]}`"
    if left in _TEXTS and symbol in _JSON_OPERATORS:
        return f"write `{before or '...'}::jsonb {symbol} {after or '...'}`"
    if left in _TEXTS and right not in (*_TEXTS, "unknown"):
        target = "timestamp" if right == "interval" else short(right)
        return f"write `{before or '...'}::{target} {symbol} {after or '...'}`"
    if right in _TEXTS:
        target = "numeric" if left in ("", *_TEXTS) else short(left)
        start = f"{before or '...'} {symbol} " if left else symbol
        return f"write `{start}{after or '...'}::{target}`"
    return "cast one side to the type of the other, e.g. `...::numeric`"
