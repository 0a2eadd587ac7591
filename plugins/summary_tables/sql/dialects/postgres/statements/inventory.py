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

    def standing_tables(self, tables: Sequence[tuple[str, str]]) -> str:
        return (
            "SELECT n.nspname::text, c.relname::text,\n"
            f"    pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND ({self._right_to_read()}),\n"
            f"    COALESCE(d.description, '')\nFROM {RELATION}\n{_comment('0')}\n{_among(tables)}"
        )

    def typed_columns(self, tables: Sequence[tuple[str, str]]) -> str:
        return (
            f"SELECT n.nspname::text, c.relname::text, a.attname::text, {_full_type('a.atttypid', 'a.atttypmod')},\n"
            f"    COALESCE(d.description, '')\nFROM {RELATION}\n"
            "JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped\n"
            f"JOIN pg_catalog.pg_type t ON t.oid = a.atttypid\n{_comment('a.attnum')}\n"
            f"{_among(tables)}\nORDER BY 1, 2, a.attnum"
        )

    def made_types(self, tables: Sequence[tuple[str, str]]) -> str:
        return _MADE_TYPES.format(
            relation=RELATION,
            among=_among(tables),
            element=_ELEMENT,
            base=_full_type("m.typbasetype", "m.typtypmod", "b"),
        )

    def _right_to_read(self) -> str:
        return "pg_catalog.has_table_privilege(c.oid, 'SELECT') OR pg_catalog.has_any_column_privilege(c.oid, 'SELECT')"


def _among(tables: Sequence[tuple[str, str]]) -> str:
    """The relations of these names that hold rows."""
    names = ", ".join(f"({literal(schema)}, {literal(name)})" for schema, name in tables) or "(NULL, NULL)"
    return f"WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p') AND (n.nspname, c.relname) IN ({names})"


def _comment(column: str) -> str:
    return (
        "LEFT JOIN pg_catalog.pg_description d ON d.objoid = c.oid "
        f"AND d.classoid = 'pg_catalog.pg_class'::regclass AND d.objsubid = {column}"
    )


# An array that a domain is made of is no element of it.
_ELEMENT = "CASE WHEN t.typtype = 'b' AND t.typcategory = 'A' THEN t.typelem ELSE t.oid END"


def _full_type(oid: str, modifier: str, kind: str = "t") -> str:
    """With the schema of who made it; that of an extension is where somebody happened to put it."""
    full = f"pg_catalog.format_type({oid}, {modifier})"
    element = _ELEMENT.replace("t.", f"{kind}.")
    return (
        "CASE WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_depend x WHERE x.classid = 'pg_catalog.pg_type'::regclass "
        f"AND x.objid = {element} AND x.deptype = 'e')\n"
        f"    THEN pg_catalog.regexp_replace({full}, '^(\"[^\"]+\"|[^.(]+)\\.', '') ELSE {full} END"
    )


_MADE_TYPES = """\
WITH RECURSIVE used (oid) AS (
    SELECT {element} FROM {relation}
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
    {among}
    UNION
    SELECT {element} FROM used JOIN pg_catalog.pg_type m ON m.oid = used.oid AND m.typtype = 'd'
    JOIN pg_catalog.pg_type t ON t.oid = m.typbasetype
)
SELECT s.nspname::text, m.typname::text, CASE WHEN m.typtype = 'd' THEN {base} ELSE '' END,
    COALESCE(e.enumlabel::text, '')
FROM used JOIN pg_catalog.pg_type m ON m.oid = used.oid
JOIN pg_catalog.pg_namespace s ON s.oid = m.typnamespace
LEFT JOIN pg_catalog.pg_type b ON b.oid = m.typbasetype
LEFT JOIN pg_catalog.pg_enum e ON e.enumtypid = m.oid
WHERE m.typtype IN ('d', 'e') AND s.nspname NOT IN ('pg_catalog', 'information_schema') AND NOT EXISTS (
    SELECT 1 FROM pg_catalog.pg_depend x
    WHERE x.classid = 'pg_catalog.pg_type'::regclass AND x.objid = m.oid AND x.deptype = 'e'
)
ORDER BY 1, 2, e.enumsortorder"""


def _listed(schemas: Sequence[str]) -> str:
    return ", ".join(map(literal, schemas)) or "NULL"
