"""What the watch asks and keeps, as SQL for Redshift."""

from dataclasses import dataclass

from summary_tables.model.logs import BUILD_LOG
from summary_tables.sql.dialects.postgres.statements.watch import PostgresWatch


@dataclass(frozen=True, slots=True)
class RedshiftWatch(PostgresWatch):
    """Amazon Redshift."""

    def last_publications(self) -> str:
        """There is no index, and a subquery may not compare with what is around it: the log is read once."""
        columns = "schema_name, table_name, run_id, run_at, started_at, published_at, strategy, row_count"
        return (
            f"SELECT {columns}\nFROM (\n    SELECT {columns},\n"
            "        ROW_NUMBER() OVER (PARTITION BY schema_name, table_name ORDER BY started_at DESC) AS place\n"
            f"    FROM {self.schema.log(BUILD_LOG)}\n    WHERE published_at IS NOT NULL\n"
            ") AS published\nWHERE place = 1"
        )
