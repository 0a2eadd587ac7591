"""The physical tables that readers see through a view, as SQL for PostgreSQL."""

from dataclasses import dataclass

from summary_tables.model.table import Attributes, Index
from summary_tables.sql.dialects.postgres.statements.catalog import RELATION
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.dialects.postgres.text import literal
from summary_tables.sql.quoting import column_list, identifier


@dataclass(frozen=True, slots=True)
class PostgresVersions:
    """PostgreSQL."""

    schema: VersionsSchema

    def create_versions_schema(self) -> str:
        return f"CREATE SCHEMA IF NOT EXISTS {identifier(self.schema.name)}"

    def create_version(self, version: str, attributes: Attributes, query: str) -> str:
        return f"CREATE TABLE {self.schema.version(version)}{self._layout(attributes)} AS\n{query}\n"

    def create_index(self, version: str, index: Index) -> tuple[str, ...]:
        unique = "UNIQUE " if index.unique else ""
        columns = column_list(index.columns)
        return (f"CREATE {unique}INDEX ON {self.schema.version(version)} USING {index.method} ({columns})",)

    def count_rows(self, version: str) -> str:
        return f"SELECT COUNT(*) FROM {self.schema.version(version)}"

    def analyze(self, version: str) -> str:
        return f"ANALYZE {self.schema.version(version)}"

    def drop_version(self, version: str) -> str:
        return f"DROP TABLE {self.schema.version(version)}"

    def standing_tables(self) -> str:
        return (
            "SELECT c.relname::text, pg_catalog.pg_total_relation_size(c.oid)\n"
            f"FROM {RELATION}\n"
            f"WHERE n.nspname = {literal(self.schema.name)} AND c.relkind = 'r'\nORDER BY c.relname"
        )

    def _layout(self, attributes: Attributes) -> str:
        return layout(attributes)


def layout(attributes: Attributes) -> str:
    """The layout of a table, as CREATE TABLE takes it."""
    fillfactor = f" WITH (fillfactor = {attributes.fillfactor})" if attributes.fillfactor else ""
    tablespace = f" TABLESPACE {identifier(attributes.tablespace)}" if attributes.tablespace else ""
    return fillfactor + tablespace
