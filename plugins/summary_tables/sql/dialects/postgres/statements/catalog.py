"""What stands in the warehouse, as SQL for PostgreSQL."""

from dataclasses import dataclass
from typing import Final

from summary_tables.sql.dialects.postgres.text import literal

RELATION: Final = "pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"


def is_relation(schema: str, name: str) -> str:
    """The condition on `RELATION` for one relation."""
    return f"n.nspname = {literal(schema)} AND c.relname = {literal(name)}"


@dataclass(frozen=True, slots=True)
class PostgresCatalog:
    """PostgreSQL."""

    def schema_rights(self, schema: str) -> str:
        return (
            "SELECT pg_catalog.has_schema_privilege(n.oid, 'CREATE')\n"
            f"FROM pg_catalog.pg_namespace n WHERE n.nspname = {literal(schema)}"
        )

    def relation(self, schema: str, name: str) -> str:
        return (
            "SELECT c.relkind::text, pg_catalog.pg_get_userbyid(c.relowner)::text\n"
            f"FROM {RELATION}\nWHERE {is_relation(schema, name)}"
        )

    def relations_read(self, schema: str, view: str) -> str:
        return (
            "SELECT DISTINCT sn.nspname::text, s.relname::text\n"
            f"FROM {RELATION}\n"
            "JOIN pg_catalog.pg_rewrite r ON r.ev_class = c.oid\n"
            "JOIN pg_catalog.pg_depend d ON d.objid = r.oid\n"
            "JOIN pg_catalog.pg_class rule_class ON rule_class.oid = d.classid AND rule_class.relname = 'pg_rewrite'\n"
            "JOIN pg_catalog.pg_class ref_class ON ref_class.oid = d.refclassid AND ref_class.relname = 'pg_class'\n"
            "JOIN pg_catalog.pg_class s ON s.oid = d.refobjid\n"
            "JOIN pg_catalog.pg_namespace sn ON sn.oid = s.relnamespace\n"
            f"WHERE {is_relation(schema, view)} AND s.oid <> c.oid"
        )

    def columns(self, schema: str, name: str) -> str:
        return (
            "SELECT a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod)\n"
            "    || COALESCE(' COLLATE ' || pg_catalog.quote_ident(o.collname), '')\n"
            f"FROM {RELATION}\nJOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid\n"
            "JOIN pg_catalog.pg_type t ON t.oid = a.atttypid\n"
            "LEFT JOIN pg_catalog.pg_collation o ON o.oid = a.attcollation AND a.attcollation <> t.typcollation\n"
            f"WHERE {is_relation(schema, name)} AND a.attnum > 0 AND NOT a.attisdropped\nORDER BY a.attnum"
        )

    def dependents(self, schema: str, name: str) -> str:
        return _DEPENDENTS.format(all_relations=RELATION, relation=is_relation(schema, name))

    def comments(self, schema: str, table: str) -> str:
        return (
            "SELECT COALESCE(a.attname::text, ''), d.description\n"
            f"FROM {RELATION}\n"
            "JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_class'::regclass\n"
            "LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0\n"
            f"WHERE {is_relation(schema, table)}\nORDER BY d.objsubid"
        )

    def reads_versions(self, role: str, versions_schema: str) -> str:
        return f"SELECT pg_catalog.has_schema_privilege({literal(role)}, {literal(versions_schema)}, 'USAGE')"

    def may_read(self, schema: str, name: str) -> str:
        return (
            "SELECT pg_catalog.has_schema_privilege(n.oid, 'USAGE')"
            " AND pg_catalog.has_table_privilege(c.oid, 'SELECT')\n"
            f"FROM {RELATION}\nWHERE {is_relation(schema, name)}"
        )


# A normal dependency ('n') is what DROP without CASCADE refuses; others go along.
_DEPENDENTS = """\
SELECT DISTINCT
    CASE WHEN v.oid IS NOT NULL THEN pg_catalog.pg_describe_object('pg_catalog.pg_class'::pg_catalog.regclass, v.oid, 0)
        ELSE pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid) END,
    COALESCE(vn.nspname::text, ''), COALESCE(v.relname::text, '')
FROM {all_relations}
JOIN pg_catalog.pg_type t ON t.oid = c.reltype
JOIN pg_catalog.pg_depend d ON d.deptype = 'n' AND (d.refclassid, d.refobjid) IN (
    ('pg_catalog.pg_class'::pg_catalog.regclass, c.oid),
    ('pg_catalog.pg_type'::pg_catalog.regclass, c.reltype),
    ('pg_catalog.pg_type'::pg_catalog.regclass, t.typarray)
)
LEFT JOIN pg_catalog.pg_rewrite r ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND r.oid = d.objid
LEFT JOIN pg_catalog.pg_class v ON v.oid = r.ev_class
LEFT JOIN pg_catalog.pg_namespace vn ON vn.oid = v.relnamespace
WHERE {relation} AND c.oid <> COALESCE(v.oid, 0) AND NOT (
    d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
)
ORDER BY 1"""
