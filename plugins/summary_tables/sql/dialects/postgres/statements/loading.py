"""Rows that are no query's go into a table, as SQL for PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from summary_tables.model.table import Attributes
from summary_tables.sql.dialects.postgres.statements.versions import layout
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.quoting import column_list, identifier
from summary_tables.sql.statements.loading import Values

_NULL: Final = "\\N"
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(frozen=True, slots=True)
class PostgresLoading:
    """PostgreSQL."""

    schema: VersionsSchema

    @property
    def counts_bytes(self) -> bool:
        return False

    def create_empty(self, version: str, attributes: Attributes, columns: Sequence[tuple[str, str]]) -> str:
        definitions = ", ".join(f"{identifier(name)} {kind}" for name, kind in columns)
        return f"CREATE TABLE {self.version(version)} ({definitions}){self._layout(attributes)}"

    def version(self, version: str) -> str:
        return self.schema.version(version)

    def copy(self, relation: str, columns: Sequence[str]) -> str:
        return f"COPY {relation} ({column_list(tuple(columns))}) FROM STDIN"

    def copied(self, values: Values) -> str:
        return "\t".join([_NULL if value is None else value.translate(_ESCAPES) for value in values]) + "\n"

    def insert(self, relation: str, columns: Sequence[str], rows: Sequence[Values]) -> str:
        written = ",\n".join(f"({', '.join(map(self._value, row))})" for row in rows)
        return f"INSERT INTO {relation} ({column_list(tuple(columns))}) VALUES\n{written}"

    def _value(self, value: str | None) -> str:
        return "NULL" if value is None else self.schema.literal(value)

    def _layout(self, attributes: Attributes) -> str:
        return layout(attributes)
