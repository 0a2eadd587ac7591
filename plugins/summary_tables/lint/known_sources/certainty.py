"""Which refusals of a server that is not the warehouse are certain for the warehouse, too.

The tables are as `sources/` and the files say, and all else of PostgreSQL's own is the same everywhere. Functions,
types and operators that somebody has added are not here: what may be one of those is no mistake.
"""

import re
from collections.abc import Sequence

from summary_tables.lint.dry_run.answers import explain
from summary_tables.lint.dry_run.mistake import Refused, mistake_at
from summary_tables.lint.dry_run.query import WrittenName
from summary_tables.model.problem import Finding, Span
from summary_tables.sql.type_names import short
from summary_tables.text.spelling import nearest

_FUNCTION, _TYPE, _QUERY = "warehouse-function", "warehouse-type", "warehouse-query"
_SO = "so this query was checked for its columns only"

_LIMITS = ("53", "54", "57")


def told(refused: Refused) -> Finding[Span] | None:
    """What is said of the refusal: an error where it is certain, else what was not checked and why.

    None: a rule of lint speaks of it.
    """
    refusal = refused.refusal
    match refusal.sqlstate:
        case "42883":
            return _function(refused)
        case "42704":
            return _object(refused)
        case "3F000" if name := refused.query.name_at(refused.offset):
            return _not_checked(refused, _QUERY, f"`{name.text}` is not known here", name)
        case "42501" | "3F000":
            return _not_checked(refused, _QUERY, f"PostgreSQL says here: {refusal.message}")
        case "42P01" if refused.query.word_at(refused.offset).startswith("'"):
            return _not_checked(refused, _QUERY, f"PostgreSQL says here: {refusal.message}")
    if refusal.sqlstate.startswith(_LIMITS):
        return _not_checked(refused, _QUERY, f"PostgreSQL says here: {refusal.message}")
    return explain.mistake(refused)


def misspelt_type(written: str, names: Sequence[str]) -> str:
    """The type of PostgreSQL's own that was certainly meant; empty: the type may be one that somebody has made."""
    word = written.lower()
    if word in explain.FOREIGN_TYPES:
        return explain.FOREIGN_TYPES[word]
    near = nearest(word, names)
    return near if near and word not in _OF_EXTENSIONS and _is_slip(word, near) else ""


def _function(refused: Refused) -> Finding[Span] | None:
    name = refused.query.name_at(refused.offset)
    if name is None or refused.query.call_at(refused.offset) is None:
        return _operator(refused)
    if len(name.parts) > 1 and name.parts[0] != "pg_catalog":
        return _not_checked(refused, _FUNCTION, f"`{name.text}` is not known here", name)
    if refused.catalog.signatures(name.parts[-1]):
        return explain.mistake(refused)
    if name.parts[-1] in refused.file.dialect.functions.foreign:
        return None
    meant = nearest(name.parts[-1], _OFTEN_CALLED)
    if meant and _is_slip(name.parts[-1], meant):
        return explain.mistake(refused)
    return _not_checked(refused, _FUNCTION, f"`{name.text}` is no function of {refused.warehouse}'s own", name)


def _operator(refused: Refused) -> Finding[Span]:
    symbol = refused.query.word_at(refused.offset)
    finding = explain.mistake(refused)
    types = refused.refusal.message
    if symbol in _OF_CORE and not ("[]" in types and symbol in _OF_ARRAYS):
        return finding
    return _not_checked(refused, _TYPE, f"{finding.message}, unless an extension has added that")


def _object(refused: Refused) -> Finding[Span]:
    name = refused.query.name_at(refused.offset)
    if not refused.refusal.message.startswith("type ") or name is None:
        return _not_checked(refused, _QUERY, f"PostgreSQL says here: {refused.refusal.message}")
    if len(name.parts) == 1 and misspelt_type(name.parts[0], explain.TYPES):
        return explain.mistake(refused)
    message = f"`{short(name.text)}` is no type of {refused.warehouse}'s own, nor one that sources/ describes"
    return _not_checked(refused, _TYPE, message, name)


def _not_checked(refused: Refused, rule: str, why: str, name: WrittenName | None = None) -> Finding[Span]:
    message = f"{why}, {_SO}"
    if name:
        return mistake_at(name, rule, message, level="info")
    length = max(len(refused.query.word_at(refused.offset)), 1)
    return Finding(rule=rule, level="info", message=message, place=Span(refused.offset, length))


def _is_slip(word: str, meant: str) -> bool:
    """One letter too many, too few, wrong, or two in the wrong order; digits are no slips."""
    if min(len(word), len(meant)) < _SHORTEST or re.sub(r"\D", "", word) != re.sub(r"\D", "", meant):
        return False
    if len(word) == len(meant):
        wrong = [place for place in range(len(word)) if word[place] != meant[place]]
        return len(wrong) == 1 or (len(wrong) == 2 and sorted(word) == sorted(meant) and wrong[1] == wrong[0] + 1)
    shorter, longer = sorted((word, meant), key=len)
    drops = (longer[:place] + longer[place + 1 :] for place in range(len(longer)))
    return len(longer) == len(shorter) + 1 and shorter in drops


_SHORTEST = 5

# What a query of an analyst calls most: nobody makes a function that is one letter away from these.
_OFTEN_CALLED = (
    *("array_agg", "bool_and", "bool_or", "char_length", "coalesce", "concat", "concat_ws", "count", "date_part"),
    *("date_trunc", "dense_rank", "extract", "first_value", "floor", "generate_series", "greatest", "initcap"),
    *("json_agg", "jsonb_agg", "last_value", "least", "length", "lower", "ltrim", "nullif", "percent_rank"),
    *("percentile_cont", "percentile_disc", "position", "power", "regexp_match", "regexp_matches", "regexp_replace"),
    *("replace", "round", "row_number", "rtrim", "split_part", "starts_with", "stddev", "string_agg", "strpos"),
    *("substr", "substring", "to_char", "to_date", "to_number", "to_timestamp", "translate", "trunc", "upper"),
    *("variance", "width_bucket"),
)
_OF_CORE = frozenset(("=", "<>", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "||", "->", "->>", "^"))
# intarray has these for lists of integers.
_OF_ARRAYS = frozenset(("+", "-"))

# Types of well-known extensions.
_OF_EXTENSIONS = frozenset(
    (
        *("citext", "cube", "geography", "geometry", "halfvec", "hstore", "isbn", "lquery", "ltree", "ltxtquery"),
        *("raster", "seg", "sparsevec", "vector"),
    )
)
