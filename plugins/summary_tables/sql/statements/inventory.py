"""What there is in the warehouse: for who looks for a name that was misspelled, and for files of known sources."""

from collections.abc import Sequence
from typing import Protocol


class InventoryStatements(Protocol):
    """Only what our role may read, and nothing of the server's own."""

    def schemas(self) -> str:
        """The names of all schemas."""

    def tables(self) -> str:
        """Schema and name of each table and view, without the versions."""

    def column_names(self, schema: str, name: str) -> str:
        """The columns of a table, in order."""

    def may_select(self, schema: str, name: str) -> str:
        """One row if it exists: may our role read the table, or some of its columns?"""

    def signatures(self, function: str, schemas: Sequence[str]) -> str:
        """What each function of this name in these schemas takes: its types, with commas; the fewest first."""

    def functions(self, schemas: Sequence[str]) -> str:
        """The names of all functions in these schemas, the server's own among them."""

    def schemas_of(self, table: str, schemas: Sequence[str]) -> str:
        """In which of these schemas a table of this name stands."""

    def standing_tables(self, tables: Sequence[tuple[str, str]]) -> str:
        """Of tables and views, by schema and name, those that exist: both names, may our role read it, its comment."""

    def typed_columns(self, tables: Sequence[tuple[str, str]]) -> str:
        """Of the same, in order: schema, table, column, full type, comment. Types of extensions have no schema."""

    def made_types(self, tables: Sequence[tuple[str, str]]) -> str:
        """Enums and domains that somebody made and columns of the same have, also below others.

        Schema, name, the full type of a domain, and one value of an enum: a row for each, in order.
        """
