"""By what rows of two tables belong together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from summary_tables.model.data_diff import KeyOrigin
from summary_tables.model.table import SummaryTable
from summary_tables.sql.statements.comparing import SIDES, ComparedColumn, Comparison, Side
from summary_tables.warehouse.session.session import Session

_LONGEST_FOUND = 4
_OF_KEYS = frozenset({"whole", "text", "time", "other"})
"""Kinds of values by which people tell rows apart; amounts are none, even where each is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """`columns` and who says that they are one."""

    columns: tuple[str, ...] = ()
    origin: KeyOrigin = ""


NO_KEY: Final = Key()


def key_in_file(table: SummaryTable) -> Key:
    """That which the file names, if any."""
    if table.refresh.unique_key:
        return Key(columns=table.refresh.unique_key, origin="merge")
    checks = (check.columns for check in table.output_check if check.IS_KEY and not check.looks_at)
    indexes = (index.columns for index in table.indexes if index.unique)
    found = min((*checks, *indexes), key=len, default=())
    return Key(columns=found, origin="unique") if found else NO_KEY


def found_key(session: Session, comparison: Comparison) -> tuple[ComparedColumn, ...]:
    """The fewest of the first columns that differ in every row of both sides; none: there are no such."""
    for columns in _first_columns(comparison.columns):
        if not any(_repeats(session, replace(comparison, key=columns), side) for side in SIDES):
            return columns
    return ()


def _first_columns(columns: Sequence[ComparedColumn]) -> Iterator[tuple[ComparedColumn, ...]]:
    for count, column in enumerate(columns[:_LONGEST_FOUND], 1):
        if column.compared_as.kind not in _OF_KEYS:
            return
        yield tuple(columns[:count])


def _repeats(session: Session, comparison: Comparison, side: Side) -> bool:
    comparing = session.sql.comparing
    assert comparing is not None
    return bool(session.value(comparing.has_repeated_key(comparison, side)))
