"""What is asked of tables that others fill."""

from typing import Protocol


class SourceStatements(Protocol):
    """What is asked of tables that others fill."""

    def newest(self, schema: str, table: str, column: str) -> str:
        """The newest value of a column that says when a row came, in seconds since 1970 in UTC; NULL: there is none.

        The column has dates, times or their texts; those without a time zone are UTC.
        """
