"""What is asked of tables that others fill, as SQL for PostgreSQL."""

from dataclasses import dataclass

from summary_tables.sql.quoting import identifier, qualified

# `03:00:00+09`, `03:00:00Z`, `infinity`: what must not be followed by a time zone.
_HAS_ZONE = "(:[0-9.]+ ?[-+A-Z]|inf)"


@dataclass(frozen=True, slots=True)
class PostgresSources:
    """PostgreSQL."""

    def newest(self, schema: str, table: str, column: str) -> str:
        newest = f"SELECT CAST(MAX({identifier(column)}) AS VARCHAR) AS newest FROM {qualified(schema, table)}"
        moment = f"CASE WHEN newest ~ '{_HAS_ZONE}' THEN newest ELSE newest || ' UTC' END"
        return f"SELECT EXTRACT(EPOCH FROM CAST({moment} AS TIMESTAMPTZ))\nFROM (\n  {newest}\n) AS newest_value"
