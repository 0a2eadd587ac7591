"""Wider types for the columns of a version, as SQL for PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass

from summary_tables.model.column import Column
from summary_tables.model.table import Attributes
from summary_tables.model.version_name import copy_name
from summary_tables.sql.dialects.postgres.statements.versions import layout
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.quoting import identifier


@dataclass(frozen=True, slots=True)
class PostgresRetyping:
    """PostgreSQL."""

    schema: VersionsSchema

    def retype_columns(self, version: str, columns: Sequence[Column]) -> str:
        changes = (f"ALTER COLUMN {identifier(column.name)} TYPE {column.type}" for column in columns)
        return f"ALTER TABLE {self.schema.version(version)} {', '.join(changes)}"

    def create_copy_of_version(
        self, version: str, attributes: Attributes, columns: Sequence[Column]
    ) -> tuple[str, ...]:
        name = copy_name(version)
        copy = self.schema.version(name)
        return (
            f"DROP TABLE IF EXISTS {copy}",
            f"CREATE TABLE {copy} (LIKE {self.schema.version(version)} INCLUDING ALL){layout(attributes)}",
            self.retype_columns(name, columns),
            f"INSERT INTO {copy} SELECT * FROM {self.schema.version(version)}",
        )

    def rename_copy_of_version(self, version: str) -> str:
        return f"ALTER TABLE {self.schema.version(copy_name(version))} RENAME TO {identifier(version)}"
