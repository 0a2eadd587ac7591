"""What there is in the warehouse, as SQL for PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass

from summary_tables.sql.dialects.postgres.statements.catalog import RELATION, is_relation
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.dialects.postgres.text import literal

_FUNCTION = "pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace"
_OF_PEOPLE = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'"


@dataclass(frozen=True, slots=True)
class PostgresInventory:
    """PostgreSQL."""

    schema: VersionsSchema

    def schemas(self) -> str:
        return f"SELECT n.nspname::text FROM pg_catalog.pg_namespace n WHERE {_OF_PEOPLE} ORDER BY 1"

    def tables(self) -> str:
        return (
            f"SELECT n.nspname::text, c.relname::text FROM {RELATION}\n"
            f"WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND {_OF_PEOPLE} "
            f"AND n.nspname <> {literal(self.schema.name)}\n"
            "AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')\n"
            "AND pg_catalog.has_table_privilege(c.oid, 'SELECT')\nORDER BY 1, 2"
        )

    def column_names(self, schema: str, name: str) -> str:
        return (
            f"SELECT a.attname::text FROM {RELATION}\nJOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid\n"
            f"WHERE {is_relation(schema, name)} AND a.attnum > 0 AND NOT a.attisdropped\nORDER BY a.attnum"
        )

    def may_select(self, schema: str, name: str) -> str:
        return f"SELECT {self._right_to_read()} FROM {RELATION}\nWHERE {is_relation(schema, name)}"

    def signatures(self, function: str, schemas: Sequence[str]) -> str:
        return (
            f"SELECT pg_catalog.oidvectortypes(p.proargtypes)::text FROM {_FUNCTION}\n"
            f"WHERE p.proname = {literal(function)} AND n.nspname IN ({_listed(schemas)})\n"
            "ORDER BY p.pronargs, p.oid"
        )

    def functions(self, schemas: Sequence[str]) -> str:
        return f"SELECT DISTINCT p.proname::text FROM {_FUNCTION}\nWHERE n.nspname IN ({_listed(schemas)}) ORDER BY 1"

    def schemas_of(self, table: str, schemas: Sequence[str]) -> str:
        where = f"c.relname = {literal(table)} AND n.nspname IN ({_listed(schemas)})"
        return f"SELECT n.nspname::text FROM {RELATION}\nWHERE {where}"

    def _right_to_read(self) -> str:
        return "pg_catalog.has_table_privilege(c.oid, 'SELECT') OR pg_catalog.has_any_column_privilege(c.oid, 'SELECT')"


def _listed(schemas: Sequence[str]) -> str:
    return ", ".join(map(literal, schemas)) or "NULL"
