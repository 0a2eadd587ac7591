"""Whether a table can have the columns that `main_sql` gives."""

from collections import Counter
from collections.abc import Iterator

from summary_tables.lint.dry_run.mistake import listed
from summary_tables.lint.dry_run.query import AskedQuery
from summary_tables.model.column import Column
from summary_tables.model.problem import Finding, Span
from summary_tables.model.table_columns import PSEUDO_TYPES, column_problem

RULE = "warehouse-column"


def mistakes(asked: AskedQuery, columns: tuple[Column, ...]) -> Iterator[Finding[Span]]:
    """Names are judged only where the text does not tell them, as in `SELECT *`: elsewhere lint has judged them."""
    if not asked.has_known_columns:
        yield from _names(asked, tuple(column.name for column in columns))
    for place, column in enumerate(columns):
        if column.type in PSEUDO_TYPES:
            offset, length = asked.place_of_column(place)
            message = f"the column `{column.name}` is of type {column.type}, which no table can hold"
            fix = "select its parts, or leave it out"
            yield Finding(rule=RULE, message=message, fix=fix, place=Span(offset, length))


def make_a_table(columns: tuple[Column, ...]) -> bool:
    """Whether a table can be made of these columns."""
    named = not column_problem(tuple(column.name for column in columns))
    return named and not any(column.type in PSEUDO_TYPES for column in columns)


def _names(asked: AskedQuery, names: tuple[str, ...]) -> Iterator[Finding[Span]]:
    offset, length = asked.place_of_star()
    twice = tuple(name for name, times in Counter(names).items() if times > 1)
    if twice:
        message = f"the query gives more than one column called {listed(twice)}"
        fix = "list the columns instead of `*`, and give each its own name"
        yield Finding(rule=RULE, message=message, fix=fix, place=Span(offset, length))
    elif problem := column_problem(names):
        message = problem[:1].lower() + problem[1:].rstrip(".")
        yield Finding(rule=RULE, message=message, place=Span(offset, length))
