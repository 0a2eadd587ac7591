"""The versions that the logs know, and rolling back, as SQL for PostgreSQL."""

from dataclasses import dataclass

from summary_tables.model.logs import BUILD_LOG, ROLL_BACK_LOG
from summary_tables.sql.dialects.postgres.statements.builds import BUILD_COLUMNS
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema


@dataclass(frozen=True, slots=True)
class PostgresHistory:
    """PostgreSQL."""

    schema: VersionsSchema

    def logged_versions(self, schema: str, table: str) -> str:
        return (
            f"SELECT {BUILD_COLUMNS}, origin\nFROM {self.schema.log(BUILD_LOG)}\n"
            f"WHERE {self.schema.is_of(schema, table)} AND version_name IN (\n{self.schema.standing}\n"
            ")\nORDER BY COALESCE(published_at, started_at) DESC"
        )

    def added_runs(self, schema: str, table: str) -> str:
        return (
            "SELECT applied_to, COUNT(DISTINCT COALESCE(interval_end, run_at)), MAX(run_at)\n"
            f"FROM {self.schema.log(BUILD_LOG)}\n"
            f"WHERE {self.schema.is_of(schema, table)} AND published_at IS NOT NULL AND applied_to <> version_name\n"
            "GROUP BY applied_to"
        )

    def logged_tables(self) -> str:
        return (
            "SELECT schema_name, table_name, COUNT(*), MAX(published_at)\n"
            f"FROM {self.schema.log(BUILD_LOG)}\nGROUP BY schema_name, table_name\nORDER BY schema_name, table_name"
        )

    def logged_names(self) -> str:
        return f"SELECT version_name FROM {self.schema.log(BUILD_LOG)}"

    def log_roll_back(self, schema: str, table: str, from_version: str, to_version: str, role: str) -> str:
        values = ", ".join(map(self.schema.literal, (schema, table, from_version, to_version)))
        now = self.schema.next_moment(ROLL_BACK_LOG, schema, table, "rolled_back_at")
        return (
            f"INSERT INTO {self.schema.log(ROLL_BACK_LOG)} ({', '.join(ROLL_BACK_LOG.columns)})\n"
            f"VALUES ({values}, {now}, {self.schema.literal(role)})"
        )

    def roll_backs(self, schema: str, table: str) -> str:
        return (
            "SELECT r.from_version, r.to_version, COALESCE(f.published_at, f.started_at),\n"
            "    COALESCE(t.published_at, t.started_at), r.rolled_back_at, r.rolled_back_by\n"
            f"FROM {self.schema.log(ROLL_BACK_LOG)} r\n"
            f"JOIN {self.schema.log(BUILD_LOG)} f ON f.version_name = r.from_version\n"
            f"JOIN {self.schema.log(BUILD_LOG)} t ON t.version_name = r.to_version\n"
            f"WHERE r.schema_name = {self.schema.literal(schema)} AND r.table_name = {self.schema.literal(table)}\n"
            "ORDER BY r.rolled_back_at"
        )
