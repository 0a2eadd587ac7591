"""What stands in the warehouse."""

from typing import Protocol


class CatalogStatements(Protocol):
    """What stands in the warehouse."""

    def schema_rights(self, schema: str) -> str:
        """One row if the schema exists: may our role create in it?"""

    def relation(self, schema: str, name: str) -> str:
        """One row if it exists: kind (pg_class.relkind), name of the owner."""

    def relations_read(self, schema: str, view: str) -> str:
        """What the view reads directly: schema and name of each relation."""

    def columns(self, schema: str, name: str) -> str:
        """Name and full type (length, precision, collation) of each column, in table order."""

    def dependents(self, schema: str, name: str) -> str:
        """What keeps a table or view from being dropped: in words; schema and name where it is a view, else empty.

        What goes with it silently, such as its indexes, is not among them.
        """

    def comments(self, schema: str, table: str) -> str:
        """Comments: column (empty: the table's own), text."""

    def reads_versions(self, role: str, versions_schema: str) -> str:
        """May the views of `role` reach into the versions schema?"""

    def may_read(self, schema: str, name: str) -> str:
        """One row if it exists: may our role read it?"""
