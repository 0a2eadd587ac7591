"""Rows that are no query's go into a table."""

from collections.abc import Sequence
from typing import Protocol

from summary_tables.model.table import Attributes

Values = Sequence[str | None]
"""One row: texts that are values of the columns' types, None for NULL."""


class LoadingStatements(Protocol):
    """Rows that are no query's go into a table."""

    @property
    def counts_bytes(self) -> bool:
        """The length of a text is that of its bytes."""
        ...

    def create_empty(self, version: str, attributes: Attributes, columns: Sequence[tuple[str, str]]) -> str:
        """The version without rows; of each column its name and its full type."""

    def version(self, version: str) -> str:
        """Its full name."""

    def copy(self, relation: str, columns: Sequence[str]) -> str:
        """Takes rows as `copied` writes them from the connection; empty: rows go in by `insert`."""

    def copied(self, values: Values) -> str:
        """A row as `copy` takes it."""

    def insert(self, relation: str, columns: Sequence[str], rows: Sequence[Values]) -> str:
        """Several rows in one statement."""
