"""The rows of a query become a version by a plan that was looked at, as SQL for PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass

from summary_tables.model.table import Attributes
from summary_tables.model.version_name import source_name
from summary_tables.sql.dialects.postgres import reached
from summary_tables.sql.dialects.postgres.statements.versions import layout
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.dialects.postgres.text import literal
from summary_tables.sql.quoting import qualified

_FILLING = "summary_tables_filling"


@dataclass(frozen=True, slots=True)
class PostgresFilling:
    """PostgreSQL."""

    schema: VersionsSchema

    def runs_when_read(self) -> str:
        return reached.RUNS_WHEN_READ

    def create_source(self, version: str, query: str) -> str:
        return f"CREATE VIEW {self._source(version)} AS\n{query}\n"

    def drop_source(self, version: str) -> str:
        return f"DROP VIEW {self._source(version)}"

    def source_columns(self, version: str) -> str:
        return (
            "SELECT attname::text, atttypid::bigint FROM pg_catalog.pg_attribute\n"
            f"WHERE attrelid = {literal(self._source(version))}::pg_catalog.regclass AND attnum > 0 ORDER BY attnum"
        )

    def prepare_filling(self, version: str) -> str:
        return f"PREPARE {_FILLING} AS SELECT * FROM {self._source(version)}"

    def plan_filling(self) -> str:
        return f"EXPLAIN EXECUTE {_FILLING}"

    def prepared_filling(self) -> str:
        return (
            "SELECT EXTRACT(EPOCH FROM prepare_time)::text FROM pg_catalog.pg_prepared_statements\n"
            f"WHERE name = {literal(_FILLING)}"
        )

    def reached(self, version: str) -> str:
        return reached.reached(literal(self._source(version)))

    def keep_plan(self) -> str:
        return "SET LOCAL restrict_nonsystem_relation_kind = 'view'"

    def create_version_by_plan(self, version: str, attributes: Attributes) -> str:
        return f"CREATE TABLE {self.schema.version(version)}{layout(attributes)} AS EXECUTE {_FILLING}"

    def untrusted_types(self, types: Sequence[int]) -> str:
        return reached.untrusted_types(types)

    def _source(self, version: str) -> str:
        return qualified(self.schema.name, source_name(version))
