"""The refresh strategies. To add one: a module here, its test, its place in the schema, and a line below."""

from typing import Final

from summary_tables.model.table import Refresh
from summary_tables.warehouse.increments.append import Append
from summary_tables.warehouse.increments.delete_insert import DeleteInsert
from summary_tables.warehouse.increments.merge import Merge
from summary_tables.warehouse.increments.strategy import Strategy

STRATEGIES: Final[tuple[Strategy, ...]] = (Append(), DeleteInsert(), Merge())


def strategy_named(name: str) -> Strategy:
    """The strategy of a table that grows, or of an increment. Raises `LookupError` for any other name."""
    for strategy in STRATEGIES:
        if name == strategy.NAME:
            return strategy
    raise LookupError(f"There is no refresh strategy `{name}` with which a table grows.")


def refresh_in_words(refresh: Refresh) -> str:
    """What a run does with the rows of its query: "each run adds its rows, from 2026-01-01 on"."""
    if not refresh.is_incremental:
        return "each run builds the whole table"
    words = strategy_named(refresh.strategy).in_words(refresh)
    return f"{words}, from {refresh.start:%Y-%m-%d} on" if refresh.start else words
