"""A table that a query reads and that neither `sources/` nor the folder knows."""

import re
from collections.abc import Iterable

from summary_tables.lint.dry_run.answers.missing_table import as_written
from summary_tables.lint.dry_run.query import FromTable
from summary_tables.lint.known_sources.tables import Key, KnownTables
from summary_tables.model.problem import Finding, Span
from summary_tables.text.spelling import nearest

RULE = "warehouse-table"

_DIGITS = re.compile(r"\d+")


def meant(table: FromTable, known: KnownTables) -> Key | None:
    """The known table that it probably is, misspelt; None: there is none.

    Names that differ in numbers alone, such as those of two years, are never taken for each other.
    """
    schema, name = table.table.schema, table.table.name
    schemas = (schema,) if schema in known.schemas else _near(schema, known.schemas)
    for other in schemas:
        there = [table for place, table in known.tables if place == other]
        near = name if name in there else next(iter(_near(name, there)), None)
        if near and (other == schema or near == name):
            return other, near
    return None


def misspelt(table: FromTable, right: Key, sources: str) -> Finding[Span]:
    """`sources` is the folder of known sources, as people call it."""
    message = f"`{table.full_name}` is neither a summary table nor among the known sources"
    written = ".".join(map(as_written, right))
    fix = f"write `{written}`, or add the table to {sources}/{table.table.schema}.yaml"
    return Finding(place=_place(table), rule=RULE, message=message, fix=fix)


def not_known(table: FromTable, sources: str) -> Finding[Span]:
    """What is said once of a table that may well be there."""
    message = (
        f"`{table.full_name}` is neither a summary table nor among the known sources, so its columns are not checked"
    )
    fix = f"add it to {sources}/{table.table.schema}.yaml; `summary-tables sources --warehouse ADDRESS` does that"
    return Finding(place=_place(table), rule=RULE, level="info", message=message, fix=fix)


def _place(table: FromTable) -> Span:
    return Span(table.table.offset, table.table.length)


def _near(name: str, candidates: Iterable[str]) -> tuple[str, ...]:
    alike = [other for other in candidates if _DIGITS.sub("0", other) != _DIGITS.sub("0", name) or other == name]
    found = nearest(name, alike)
    return (found,) if found else ()
