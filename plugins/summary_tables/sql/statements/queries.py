"""What the query of a person gives, without its rows."""

from collections.abc import Sequence
from typing import Protocol


class QueryStatements(Protocol):
    """What the query of a person gives, without its rows."""

    def declare_cursor(self, query: str) -> str:
        """A cursor of the query. The server refuses anything but one query that, as it is written, changes nothing."""

    def describe(self, query: str) -> str:
        """No rows, but the names of the columns, of the query whose cursor was declared."""

    def name_types(self, types: Sequence[str]) -> str:
        """No rows, of columns of these types as a file spells them."""

    def full_type(self, oid: int, modifier: int) -> str:
        """The name of the type that the description of a result has."""
