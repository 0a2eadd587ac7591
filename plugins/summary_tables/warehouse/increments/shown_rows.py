"""What is said of rows that a strategy found: how many there are, and a few of their values. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any

from summary_tables.model.table import SummaryTable
from summary_tables.text.english import counted
from summary_tables.warehouse.increments.strategy import Addition, Asked

_Found = Sequence[tuple[Any, ...]]
"""Groups of rows as the statements of increments count them: values, the rows of the group, and those of all."""


def rows_of_result(found: _Found) -> str:
    """`1,234 rows of the result`."""
    total = int(found[0][-1])
    return f"{counted(total, 'row')} of the result"


def rows_have(found: _Found) -> str:
    """`1,234 rows of the result have`."""
    return f"{rows_of_result(found)} {'has' if int(found[0][-1]) == 1 else 'have'}"


def examples(addition: Addition, columns: tuple[str, ...], found: _Found) -> str:
    """`: 2026-11-20 (3 rows), NULL (1 row)`, of a combination of columns `(2026-11-20, web)`; `and others` if cut.

    Empty where no `samples` are wanted, or one of the columns holds personal data.
    """
    if not addition.samples or addition.table.pii_columns.intersection(columns):
        return ""
    texts = [f"{_value(values)} ({counted(count, 'row')})" for *values, count, _ in found]
    more = sum(int(row[-2]) for row in found) < int(found[0][-1])
    return f": {', '.join(texts)}{' and others' if more else ''}"


def shown_value(asked: Asked, table: SummaryTable, column: str, words: str) -> str:
    """`words`, which have values of a column, where these may be shown."""
    return words if asked.shows_values and column not in table.pii_columns else ""


def time_columns(asked: Asked, table: SummaryTable) -> tuple[str, ...]:
    """The columns of what readers see that hold days or times."""
    rows = asked.rows(asked.sql.catalog.columns(table.schema, table.table))
    return tuple(name for name, full_type in rows if full_type == "date" or full_type.startswith("timestamp"))


def _value(values: Iterable[str | None]) -> str:
    texts = ["NULL" if value is None else value for value in values]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"
