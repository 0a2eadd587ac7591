"""What stands in the warehouse, as far as our role may read it. Asked only when a name is not found, and once."""

from dataclasses import dataclass, field

from summary_tables.lint.dry_run.server import Server
from summary_tables.sql.dialects.postgres.catalog_queries import RELATION, is_relation
from summary_tables.sql.dialects.postgres.text import literal

Table = tuple[str, str]
"""Schema and name."""

Signature = tuple[str, ...]
"""The types of a function's arguments."""

_FUNCTION = "pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace"
_OURS = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'"


@dataclass(slots=True)
class Catalog:
    """Every answer is kept: many files ask for the same few things."""

    server: Server
    _schemas: tuple[str, ...] | None = field(default=None, init=False)
    _searched: tuple[str, ...] | None = field(default=None, init=False)
    _tables: tuple[Table, ...] | None = field(default=None, init=False)
    _functions: tuple[str, ...] | None = field(default=None, init=False)
    _columns: dict[Table, tuple[str, ...]] = field(default_factory=dict, init=False)
    _rights: dict[Table, bool] = field(default_factory=dict, init=False)

    def schemas(self) -> tuple[str, ...]:
        """All schemas but the server's own."""
        if self._schemas is None:
            rows = self.server.hints(f"SELECT n.nspname::text FROM pg_catalog.pg_namespace n WHERE {_OURS} ORDER BY 1")
            self._schemas = tuple(name for (name,) in rows)
        return self._schemas

    def tables(self) -> tuple[Table, ...]:
        """The tables and views that our role may read, without the versions of summary tables."""
        if self._tables is None:
            versions = self.server.session.warehouse.versions_schema
            rows = self.server.hints(
                f"SELECT n.nspname::text, c.relname::text FROM {RELATION}\n"
                f"WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND {_OURS} AND n.nspname <> {literal(versions)}\n"
                "AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')\n"
                "AND pg_catalog.has_table_privilege(c.oid, 'SELECT')\nORDER BY 1, 2"
            )
            self._tables = tuple((schema, name) for schema, name in rows)
        return self._tables

    def columns(self, table: Table) -> tuple[str, ...]:
        """The columns of a table in order; the schema may be empty: then the one that the search path finds."""
        if table not in self._columns:
            rows = self.server.hints(
                f"SELECT a.attname::text FROM {RELATION}\nJOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid\n"
                f"WHERE {self._is_table(table)} AND a.attnum > 0 AND NOT a.attisdropped\nORDER BY a.attnum"
            )
            self._columns[table] = tuple(name for (name,) in rows)
        return self._columns[table]

    def may_read(self, table: Table) -> bool:
        """False only where our role certainly may not read the table: a right on some of its columns is enough."""
        if table not in self._rights:
            columns = " OR pg_catalog.has_any_column_privilege(c.oid, 'SELECT')"
            some = columns if self.server.session.warehouse.dialect == "postgres" else ""
            may = f"pg_catalog.has_table_privilege(c.oid, 'SELECT'){some}"
            rows = self.server.hints(f"SELECT {may} FROM {RELATION}\nWHERE {self._is_table(table)}")
            self._rights[table] = not rows or bool(rows[0][0])
        return self._rights[table]

    def signatures(self, function: str) -> tuple[Signature, ...]:
        """What the functions of this name take, the fewest arguments first."""
        rows = self.server.hints(
            f"SELECT pg_catalog.oidvectortypes(p.proargtypes)::text FROM {_FUNCTION}\n"
            f"WHERE p.proname = {literal(function)} AND n.nspname IN ({self._in_search()})\n"
            "ORDER BY p.pronargs, p.oid"
        )
        return tuple(tuple(types.split(", ")) if types else () for (types,) in rows)

    def functions(self) -> tuple[str, ...]:
        """The names of all functions that need no schema."""
        if self._functions is None:
            rows = self.server.hints(
                f"SELECT DISTINCT p.proname::text FROM {_FUNCTION}\nWHERE n.nspname IN ({self._in_search()}) ORDER BY 1"
            )
            self._functions = tuple(name for (name,) in rows)
        return self._functions

    def searched(self) -> tuple[str, ...]:
        """The schemas in which the warehouse looks for a name without one, first to last."""
        if self._searched is None:
            self._searched = self.server.searched_schemas()
        return self._searched

    def _in_search(self) -> str:
        return ", ".join(map(literal, self.searched())) or "NULL"

    def _is_table(self, table: Table) -> str:
        schema, name = table
        return is_relation(schema or self._schema_of(name), name)

    def _schema_of(self, name: str) -> str:
        """The first schema in which a table of that name is found."""
        where = f"c.relname = {literal(name)} AND n.nspname IN ({self._in_search()})"
        found = {schema for (schema,) in self.server.hints(f"SELECT n.nspname::text FROM {RELATION}\nWHERE {where}")}
        return next((schema for schema in self.searched() if schema in found), "")
