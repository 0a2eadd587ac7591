"""The rows of a query become a version by a plan that was looked at, where functions of a query could write."""

from collections.abc import Sequence
from typing import Protocol

from summary_tables.model.table import Attributes


class FillingStatements(Protocol):
    """The rows of a query become a version by a plan that was looked at, where functions of a query could write."""

    def runs_when_read(self) -> str:
        """Could the mere reading of a query run a function of somebody who is not trusted?"""

    def create_source(self, version: str, query: str) -> str:
        """The query of a version as a view, for its transaction only: all its names are resolved once and for all."""

    def drop_source(self, version: str) -> str:
        """When the version is filled."""

    def source_columns(self, version: str) -> str:
        """Names and types, as object ids, of the columns of the source."""

    def prepare_filling(self, version: str) -> str:
        """A statement that reads the source; it has no plan yet."""

    def plan_filling(self) -> str:
        """Plan it: planning, too, runs functions (checks of tables, expressions of indexes and of statistics)."""

    def prepared_filling(self) -> str:
        """When the statement was prepared: no row, or another moment, if somebody put another one in its place."""

    def reached(self, version: str) -> str:
        """One row: could the source run something else than the server's own computing? What does it call?"""

    def keep_plan(self) -> str:
        """Until the transaction's end a plan that no longer holds is an error, and not made anew."""

    def create_version_by_plan(self, version: str, attributes: Attributes) -> str:
        """The version with the rows of the statement that was planned."""

    def untrusted_types(self, types: Sequence[int]) -> str:
        """The first of the columns of these types that holds a type of somebody who is not trusted, if there is one.

        Its place from 1, the type of the column, the type that is not trusted, its owner, and the type of the server's
        own to which its values can be cast.
        """
