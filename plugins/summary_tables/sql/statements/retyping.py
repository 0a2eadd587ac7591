"""Wider types for the columns of a version."""

from collections.abc import Sequence
from typing import Protocol

from summary_tables.model.column import Column
from summary_tables.model.table import Attributes


class RetypingStatements(Protocol):
    """Wider types for the columns of a version."""

    def retype_columns(self, version: str, columns: Sequence[Column]) -> str:
        """Give columns of a version wider types, all at once: the rows may have to be written anew."""

    def create_copy_of_version(
        self, version: str, attributes: Attributes, columns: Sequence[Column]
    ) -> tuple[str, ...]:
        """A version's copy with all its rows and indexes, in which `columns` have wider types."""

    def rename_copy_of_version(self, version: str) -> str:
        """Put it in the place of the version, which has been dropped."""
