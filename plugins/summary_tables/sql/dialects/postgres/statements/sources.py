"""What is asked of tables that others fill, as SQL for PostgreSQL."""

from dataclasses import dataclass

from summary_tables.sql.quoting import identifier, qualified


@dataclass(frozen=True, slots=True)
class PostgresSources:
    """PostgreSQL."""

    def newest(self, schema: str, table: str, column: str) -> str:
        newest = f"SELECT CAST(MAX({identifier(column)}) AS VARCHAR) AS newest FROM {qualified(schema, table)}"
        # A time without a zone is in that of the session.
        return f"SELECT EXTRACT(EPOCH FROM CAST(newest AS TIMESTAMPTZ))\nFROM (\n  {newest}\n) AS newest_value"
