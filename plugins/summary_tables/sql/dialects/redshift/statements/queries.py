"""What the query of a person gives, without its rows, as SQL for Redshift."""

from dataclasses import dataclass

from summary_tables.sql.dialects.postgres.statements.queries import PostgresQueries
from summary_tables.sql.dialects.redshift.text import without_semicolon


@dataclass(frozen=True, slots=True)
class RedshiftQueries(PostgresQueries):
    """Amazon Redshift."""

    def declare_cursor(self, query: str) -> str:
        """Redshift knows no other kind of cursor."""
        return f"DECLARE guard CURSOR FOR\n{query}\n"

    def describe(self, query: str) -> str:
        """A FETCH would run the whole query: Redshift fills a cursor at the first one."""
        return f"SELECT * FROM (\n{without_semicolon(query)}\n) AS described LIMIT 0"
