"""The physical tables that readers see through a view."""

from typing import Protocol

from summary_tables.model.table import Attributes, Index


class VersionStatements(Protocol):
    """The physical tables that readers see through a view."""

    def create_versions_schema(self) -> str:
        """The schema of versions and build log."""

    def create_version(self, version: str, attributes: Attributes, query: str) -> str:
        """The version with its rows."""

    def create_index(self, version: str, index: Index) -> tuple[str, ...]:
        """One declared index; the server names it."""

    def count_rows(self, version: str) -> str:
        """For a server that does not say how many rows it stored."""

    def analyze(self, version: str) -> str:
        """Statistics for the planner."""

    def drop_version(self, version: str) -> str:
        """Never with CASCADE: a version that somebody reads by name stays."""

    def standing_tables(self) -> str:
        """The tables of the versions schema, whoever made them: name, size in bytes with indexes."""
