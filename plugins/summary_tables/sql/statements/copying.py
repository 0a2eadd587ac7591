"""The rows of a query go into a temporary table, which is filled where nothing can write."""

from collections.abc import Sequence
from typing import Final, Protocol

COPY: Final = "summary_tables_rows"
"""The temporary table that a query fills where nothing can write."""


class CopyingStatements(Protocol):
    """The rows of a query go into a temporary table, which is filled where nothing can write."""

    def true_types(self, query: str, columns: Sequence[str]) -> str:
        """The type of each column of `query`, as an object id. Descriptions of results know no domains."""

    def full_types(self, types: Sequence[tuple[int, int]]) -> str:
        """The full name of each type (object id, modifier), and whether its values have collations."""

    def collations(self, query: str, columns: Sequence[str], collated: Sequence[str]) -> str:
        """By which collation, as an object id, each of the columns `collated` of `query` is ordered."""

    def collation_names(self, collations: Sequence[int]) -> str:
        """Object id and full name of each of these collations."""

    def untrusted_types(self, types: Sequence[int]) -> str:
        """The first of the columns of these types that holds a type of somebody who is not trusted, if there is one.

        Its place from 1, the type of the column, the type that is not trusted, its owner, and the type of the server's
        own to which its values can be cast.
        """

    def create_copy(self, columns: Sequence[tuple[str, str, str | None]]) -> str:
        """A temporary table without rows, of columns with name, type and collation."""

    def fill_copy(self, query: str) -> str:
        """Its rows."""

    def copied_query(self) -> str:
        """What the copy holds."""
