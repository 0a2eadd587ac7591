"""What the query of a person gives, without its rows, as SQL for PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostgresQueries:
    """PostgreSQL."""

    # A cursor takes one SELECT (or VALUES, TABLE, WITH) that changes nothing: the server's grammar says so.
    def declare_cursor(self, query: str) -> str:
        return f"DECLARE guard INSENSITIVE NO SCROLL CURSOR FOR\n{query}\n"

    def describe(self, query: str) -> str:  # noqa: ARG002 - Redshift needs the query
        return "FETCH FORWARD 0 FROM guard"

    def name_types(self, types: Sequence[str]) -> str:
        return f"SELECT {', '.join(f'CAST(NULL AS {written})' for written in types)} WHERE FALSE"

    def full_type(self, oid: int, modifier: int) -> str:
        return f"pg_catalog.format_type({oid}, {modifier})"
