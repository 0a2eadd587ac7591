"""Why the server does not take a query, in words for the person who wrote it. The key is the SQLSTATE.

The server's own text may be in another language: it is passed on where nothing better is known.
"""

import re
from collections.abc import Callable, Mapping

from summary_tables.lint.dry_run.answers import missing_column, missing_table, wrong_function
from summary_tables.lint.dry_run.mistake import Refused
from summary_tables.model.problem import Finding, Span
from summary_tables.sql.pitfalls import untyped_dates
from summary_tables.sql.quoting import identifier
from summary_tables.sql.server_names import is_the_servers
from summary_tables.text.spelling import nearest

QUERY_RULE, TYPE_RULE = "warehouse-query", "warehouse-type"


def mistake(refused: Refused) -> Finding[Span]:
    """The mistake that `refused.refusal` means."""
    return EXPLAINED.get(refused.refusal.sqlstate, _as_it_says)(refused)


def _at_word(refused: Refused, rule: str, message: str, fix: str = "") -> Finding[Span]:
    name = refused.query.name_at(refused.offset)
    word = name.text if name else refused.query.word_at(refused.offset)
    length = len(word) if refused.refusal.offset is not None and "\n" not in word else 1
    return Finding(rule=rule, message=message, fix=fix, place=Span(refused.offset, max(length, 1)))


def _as_it_says(refused: Refused) -> Finding[Span]:
    return _at_word(refused, QUERY_RULE, f"{refused.warehouse} says: {refused.refusal.message}", refused.refusal.hint)


def _not_tried(_: Refused) -> Finding[Span]:
    message = "the warehouse did not answer in time, so this query was not tried"
    return Finding(
        place=Span(0), rule=QUERY_RULE, level="info", message=message, fix="try again when the warehouse is less busy"
    )


def _missing_schema(refused: Refused) -> Finding[Span]:
    name = refused.query.name_at(refused.offset)
    schema = name.parts[0] if name else ""
    near = nearest(schema, refused.catalog.schemas())
    fix = f"write `{'.'.join((near, *name.parts[1:]))}`" if near and name else ""
    return _at_word(refused, "warehouse-table", f"the warehouse has no schema `{schema}`", fix)


def _missing_type(refused: Refused) -> Finding[Span]:
    name = refused.query.name_at(refused.offset)
    if name is None:
        return _as_it_says(refused)
    word = name.parts[-1]
    meant = FOREIGN_TYPES.get(word) or nearest(word, TYPES)
    message = f"{refused.warehouse} has no type `{name.text}`"
    return _at_word(refused, TYPE_RULE, message, f"write `{meant}`" if meant else "")


TYPES = (
    *("bigint", "boolean", "date", "double precision", "integer", "interval", "json", "jsonb", "numeric", "real"),
    *("smallint", "text", "time", "timestamp", "timestamptz", "uuid", "varchar"),
)
"""Types as people spell them."""

FOREIGN_TYPES = {
    "datetime": "timestamp",
    "double": "double precision",
    "float64": "double precision",
    "int64": "bigint",
    "mediumint": "integer",
    "number": "numeric",
    "nvarchar": "varchar",
    "signed": "integer",
    "string": "text",
    "super": "jsonb",
    "tinyint": "smallint",
    "unsigned": "bigint",
}
"""Types of other databases, and what they are here."""


def _grouping(refused: Refused) -> Finding[Span]:
    name = refused.query.name_at(refused.offset)
    if name is None:
        return _as_it_says(refused)
    if refused.query.call_at(refused.offset):
        message = f"the aggregate `{name.text}` cannot be used here"
        fix = "a condition on it belongs into HAVING; elsewhere compute it in a WITH query first"
        return _at_word(refused, QUERY_RULE, message, fix)
    message = f"`{name.text}` is neither in GROUP BY nor inside an aggregate such as MAX(...)"
    return _at_word(refused, QUERY_RULE, message, f"add `{name.text}` to GROUP BY, or write `MAX({name.text})`")


def _windowing(refused: Refused) -> Finding[Span]:
    if not refused.query.call_at(refused.offset):
        return _as_it_says(refused)
    message = f"`{refused.query.word_at(refused.offset)}(...) OVER` cannot be used here"
    return _at_word(refused, QUERY_RULE, message, "compute it in a WITH query, and filter the result of that")


def _mismatch(refused: Refused) -> Finding[Span]:
    message = f"the types do not go together: {refused.refusal.message}"
    # Keywords and types are English in every language of the server.
    wants_condition = re.search(r"\b(AND|FILTER|HAVING|NOT|ON|OR|WHEN|WHERE)\b.* boolean\b", refused.refusal.message)
    fix = "write a condition, e.g. `... = 1`" if wants_condition else "give all of them one type, e.g. `...::text`"
    return _at_word(refused, TYPE_RULE, message, fix)


def _no_such_cast(refused: Refused) -> Finding[Span]:
    return _at_word(refused, TYPE_RULE, f"{refused.warehouse} says: {refused.refusal.message}")


def _wrong_literal(refused: Refused) -> Finding[Span]:
    word = refused.query.word_at(refused.offset)
    if not word.startswith("'"):
        return _as_it_says(refused)
    dates = untyped_dates.mistakes(refused.query.sql, refused.file.dialect)
    if untyped := next((date for date in dates if date.place.offset == refused.offset), None):
        return _at_word(refused, TYPE_RULE, untyped.message, untyped.fix)
    if refused.refusal.sqlstate != _NOT_OF_THE_TYPE:
        message = f"{word} is no date or time that exists"
        return _at_word(refused, TYPE_RULE, message, "write dates as '2026-01-31', times as '2026-01-31 23:59:59'")
    found = re.search(rf"\b(?:{'|'.join(TYPES)})\b", refused.refusal.message.replace(word, ""))
    message = f"{word} is not a value of {f'type {found[0]}' if found else 'the type'}, which is needed here"
    return _at_word(refused, TYPE_RULE, message, "write such a value, or cast what stands beside it: `...::text`")


_NOT_OF_THE_TYPE = "22P02"


def _same_alias(refused: Refused) -> Finding[Span]:
    aliases = [table.alias for table in refused.query.tables]
    second = next((table for at, table in enumerate(refused.query.tables) if table.alias in aliases[:at]), None)
    if second is None:
        return _as_it_says(refused)
    message = f"two tables of the query are called `{second.written}`"
    return Finding(
        rule=QUERY_RULE,
        message=message,
        fix="give each of them its own alias",
        place=Span(second.table.offset, second.table.length),
    )


def _not_supported(refused: Refused) -> Finding[Span]:
    name = refused.query.name_at(refused.offset)
    if name is None or len(name.parts) != 3:
        return _as_it_says(refused)
    message = f"`{name.text}` names another database; a query can read the tables of this one"
    return _at_word(refused, "warehouse-table", message, "write `schema.table`")


def _rights(refused: Refused) -> Finding[Span]:
    name = refused.query.name_at(refused.offset)
    if name is None or len(name.parts) < 2:
        return _at_word(refused, "warehouse-rights", f"{refused.warehouse} says: {refused.refusal.message}")
    schema, role = name.parts[0], refused.catalog.role
    message = f"the role {role} may not use the schema `{schema}`"
    grant = f"an administrator runs: GRANT USAGE ON SCHEMA {identifier(schema)} TO {identifier(role)};"
    fix = "" if is_the_servers(schema) else grant
    return _at_word(refused, "warehouse-rights", message, fix)


def _parameter(refused: Refused) -> Finding[Span]:
    found = next((token for token in refused.query.tokens if token.key.startswith("$")), None)
    offset, word = (found.start, found.key) if found else (0, "$1")
    message = f"`{word}` stands for a value that nobody fills in"
    return Finding(rule=QUERY_RULE, message=message, fix="write the value itself", place=Span(offset, len(word)))


EXPLAINED: Mapping[str, Callable[[Refused], Finding[Span]]] = {
    "0A000": _not_supported,
    "22007": _wrong_literal,
    "22008": _wrong_literal,
    "22P02": _wrong_literal,
    "3F000": _missing_schema,
    "42501": _rights,
    "42702": missing_column.ambiguous,
    "42703": missing_column.missing,
    "42704": _missing_type,
    "42712": _same_alias,
    "42725": wrong_function.not_unique,
    "42803": _grouping,
    "42804": _mismatch,
    "42846": _no_such_cast,
    "42883": wrong_function.words,
    "42P01": missing_table.words,
    "42P02": _parameter,
    "42P20": _windowing,
    "55P03": _not_tried,
    "57014": _not_tried,
}
"""By SQLSTATE; a refusal that is not among them is told as the server tells it."""
