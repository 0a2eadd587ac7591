"""What stands in the warehouse, as far as it is known to those who explain why a query is not taken."""

from typing import Protocol

Table = tuple[str, str]
"""Schema and name."""

Signature = tuple[str, ...]
"""The types of a function's arguments."""


class Catalog(Protocol):
    """Where something is not known, it says of it that there is nothing."""

    @property
    def role(self) -> str:
        """The role as which the warehouse knows us."""
        ...

    def schemas(self) -> tuple[str, ...]:
        """All schemas but the server's own."""
        ...

    def tables(self) -> tuple[Table, ...]:
        """The tables and views that our role may read, without the versions of summary tables."""
        ...

    def columns(self, table: Table) -> tuple[str, ...]:
        """The columns of a table in order; the schema may be empty: then the one that the search path finds."""
        ...

    def signatures(self, function: str) -> tuple[Signature, ...]:
        """What the functions of this name take, the fewest arguments first."""
        ...

    def functions(self) -> tuple[str, ...]:
        """The names of all functions that need no schema."""
        ...
