"""Where the rows of a table come from, for those who build the table of them.

One module a source. What a source needs to know of its run (the dates of a query, the connection to a sheet) it is
made with; `runs` makes it. To add one: a module here, and its place in the schema. What is built, checked, published
and previewed of its rows does not depend on it.
"""

from typing import Protocol

from summary_tables.model.column import Column
from summary_tables.model.table import SummaryTable
from summary_tables.warehouse.session.session import Session


class Source(Protocol):
    """The rows of one run. Every method raises `WarehouseError` where they cannot be had, in words for its file."""

    def columns(self, session: Session) -> tuple[str, ...]:
        """How their columns are called, before any row is there. Names that no table can have are refused."""
        ...

    def typed_columns(self, session: Session) -> tuple[Column, ...]:
        """The same with their full types: only asked of a table whose file says which columns it has."""
        ...

    def fill_version(self, session: Session, table: SummaryTable, version: str) -> int:
        """Create the version with them, inside a transaction; returns how many they are.

        Whatever it has changed in the session is as before. `table` says how the version is laid out.
        """
        ...

    def fill_copy(self, session: Session) -> int:
        """The same into the temporary table `READ_ONLY_COPY`, which is gone when the transaction ends: for a preview.

        Only asked where `session.sql.copying` is there.
        """
        ...
