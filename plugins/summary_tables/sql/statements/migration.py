"""A plain table becomes a version with a view in its place."""

from typing import Protocol


class MigrationStatements(Protocol):
    """A plain table becomes a version with a view in its place."""

    def obstacles(self, schema: str, table: str, versions_schema: str) -> str:
        """One row for each thing that would break or be lost, in words such as `materialized view analytics.m`."""

    def dependent_views(self, schema: str, table: str) -> str:
        """Views that read the table directly, later ones first: schema, name, owner, may our role replace it?"""

    def lock_plain_table(self, schema: str, table: str) -> str:
        """Keep readers out until the view stands."""

    def move_table(self, schema: str, table: str, versions_schema: str, version: str) -> tuple[str, ...]:
        """Make the table a version; its indexes and sequences go with it."""

    def grants(self, schema: str, table: str) -> str:
        """Rights that somebody was given: column (empty: all of the table), right, role (empty: PUBLIC), may grant."""

    def grant(self, schema: str, view: str, column: str, right: str, role: str, *, may_grant: bool) -> str:
        """One row of `grants`, on the view."""
