"""Checking an increment and adding it to the version that readers see."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from summary_tables.model.column import Column


class IncrementStatements(Protocol):
    """Checking an increment and adding it to the version that readers see."""

    def times_outside(self, increment: str, column: str, low: str, high: str) -> str:
        """Values of a time column that lie not in the interval: the value, its rows, all rows that lie outside."""

    def empty_keys(self, increment: str, key: tuple[str, ...]) -> str:
        """Keys of which a part is NULL: each part, the rows with this key, all rows with such keys."""

    def repeated_keys(self, increment: str, key: tuple[str, ...]) -> str:
        """Keys that more than one row has: each part, the rows with this key, all rows with such keys."""

    def add_column(self, version: str, column: Column) -> str:
        """A column that is NULL in the rows that are there."""

    def add_run_column(self, version: str, moment: datetime | None) -> str:
        """`RUN_COLUMN`, with `moment` in the rows that are there. No row is rewritten."""

    def delete_of_runs(self, base: str, moments: Sequence[datetime]) -> str:
        """The rows that the runs of these moments added."""

    def is_of_runs(self, moments: Sequence[datetime]) -> str:
        """Did a row come from one of the runs of these moments?"""

    def delete_of_interval(self, base: str, column: str, low: str, high: str) -> str:
        """The rows whose time lies in the interval; `low` and `high` are literals."""

    def delete_of_keys(
        self, base: str, increment: str, key: tuple[str, ...], moment: datetime, others: datetime
    ) -> str:
        """The rows that have a key of the increment, unless they came from a later run than that of `moment`.

        `others` stands for the moment of rows without one.
        """

    def add_rows(self, base: str, increment: str, columns: tuple[str, ...], moment: datetime) -> str:
        """All rows of the increment."""

    def add_rows_of_new_keys(
        self, base: str, increment: str, columns: tuple[str, ...], moment: datetime, key: tuple[str, ...]
    ) -> str:
        """The rows of the increment whose key has no row."""

    def lost_days(self, live: str, whole: str, column: str) -> str:
        """Of the days of a time column that a relation has and another lacks: how many, the first and the last."""

    def lost_keys(self, live: str, whole: str, key: tuple[str, ...]) -> str:
        """How many rows a relation has whose key another lacks."""

    def first_days(self, relation: str, columns: tuple[str, ...]) -> str:
        """The rows of a relation, and the first day in each of its time columns."""
