"""A plain table becomes a version with a view in its place, as SQL for PostgreSQL."""

from dataclasses import dataclass
from typing import Final

from summary_tables.sql.dialects.postgres.statements.catalog import RELATION, is_relation
from summary_tables.sql.dialects.postgres.text import literal
from summary_tables.sql.quoting import identifier, qualified


@dataclass(frozen=True, slots=True)
class PostgresMigration:
    """PostgreSQL."""

    def obstacles(self, schema: str, table: str, versions_schema: str) -> str:
        relation = is_relation(schema, table)
        return _OBSTACLES.format(relation=relation, versions=literal(versions_schema), all_relations=RELATION)

    def dependent_views(self, schema: str, table: str) -> str:
        return (
            "SELECT vn.nspname::text, v.relname::text, pg_catalog.pg_get_userbyid(v.relowner)::text,\n"
            "    pg_catalog.pg_has_role(v.relowner, 'USAGE')\n"
            f"FROM {RELATION}\n"
            "JOIN pg_catalog.pg_depend d ON d.refobjid = c.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass\n"
            "    AND d.classid = 'pg_catalog.pg_rewrite'::regclass\n"
            "JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid\n"
            "JOIN pg_catalog.pg_class v ON v.oid = r.ev_class AND v.relkind = 'v'\n"
            "JOIN pg_catalog.pg_namespace vn ON vn.oid = v.relnamespace\n"
            f"WHERE {is_relation(schema, table)}\n"
            "GROUP BY v.oid, vn.nspname, v.relname, v.relowner\nORDER BY v.oid DESC"
        )

    def lock_plain_table(self, schema: str, table: str) -> str:
        return f"LOCK TABLE {qualified(schema, table)} IN ACCESS EXCLUSIVE MODE"

    def move_table(self, schema: str, table: str, versions_schema: str, version: str) -> tuple[str, ...]:
        return (
            f"ALTER TABLE {qualified(schema, table)} RENAME TO {identifier(version)}",
            f"ALTER TABLE {qualified(schema, version)} SET SCHEMA {identifier(versions_schema)}",
        )

    def grants(self, schema: str, table: str) -> str:
        return (
            "SELECT rights.attname, acl.privilege_type,"
            " COALESCE(pg_catalog.pg_get_userbyid(NULLIF(acl.grantee, 0)), ''),\n"
            "    acl.is_grantable\n"
            "FROM (\n"
            f"    SELECT '' AS attname, c.relacl AS acl, c.relowner FROM {RELATION}"
            f" WHERE {is_relation(schema, table)}\n"
            "    UNION ALL\n"
            f"    SELECT a.attname::text, a.attacl, c.relowner FROM {RELATION}\n"
            "    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped\n"
            f"    WHERE {is_relation(schema, table)}\n"
            ") AS rights\n"
            "CROSS JOIN LATERAL pg_catalog.aclexplode(rights.acl) AS acl\n"
            "WHERE acl.grantee <> rights.relowner\nORDER BY 1, 2, 3"
        )

    def grant(self, schema: str, view: str, column: str, right: str, role: str, *, may_grant: bool) -> str:
        columns = f" ({identifier(column)})" if column else ""
        option = " WITH GRANT OPTION" if may_grant else ""
        return (
            f"GRANT {right}{columns} ON {qualified(schema, view)} TO {identifier(role) if role else 'PUBLIC'}{option}"
        )


# What depends on a table, except for its own parts, which move with it, and views, which are pointed at the new one.
_OBSTACLES: Final = """\
WITH moved AS (
    SELECT c.oid, c.reltype, c.relrowsecurity, n.nspname, c.relname FROM {all_relations} WHERE {relation}
), dependents AS (
    SELECT DISTINCT d.classid, d.objid, CASE WHEN d.classid = 'pg_catalog.pg_class'::regclass THEN d.objsubid ELSE 0 END
        AS objsubid, moved.oid AS moved
    FROM moved
    JOIN pg_catalog.pg_type t ON t.oid = moved.reltype
    JOIN pg_catalog.pg_depend d ON d.deptype IN ('n', 'a', 'i', 'P', 'S')
        AND (d.refclassid, d.refobjid) IN (
            ('pg_catalog.pg_class'::regclass, moved.oid),
            ('pg_catalog.pg_type'::regclass, moved.reltype),
            ('pg_catalog.pg_type'::regclass, t.typarray)
        )
), strangers AS (
    SELECT d.classid, d.objid, d.objsubid, r.ev_class, r.rulename
    FROM dependents d
    LEFT JOIN pg_catalog.pg_class c ON d.classid = 'pg_catalog.pg_class'::regclass AND c.oid = d.objid
    LEFT JOIN pg_catalog.pg_rewrite r ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND r.oid = d.objid
    LEFT JOIN pg_catalog.pg_class rc ON rc.oid = r.ev_class
    LEFT JOIN pg_catalog.pg_constraint o ON d.classid = 'pg_catalog.pg_constraint'::regclass AND o.oid = d.objid
    LEFT JOIN pg_catalog.pg_attrdef f ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND f.oid = d.objid
    LEFT JOIN pg_catalog.pg_trigger g ON d.classid = 'pg_catalog.pg_trigger'::regclass AND g.oid = d.objid
    WHERE d.classid NOT IN ('pg_catalog.pg_type'::regclass, 'pg_catalog.pg_statistic_ext'::regclass)
        AND NOT COALESCE(c.oid = d.moved OR c.relkind IN ('i', 'I', 'S', 't') OR c.relispartition, false)
        AND NOT COALESCE(rc.relkind = 'v', false)
        AND NOT COALESCE(o.conrelid = d.moved, false)
        AND NOT COALESCE(f.adrelid = d.moved, false)
        AND NOT COALESCE(g.tgisinternal, false)
)
SELECT CASE WHEN rulename = '_RETURN' THEN pg_catalog.pg_describe_object('pg_catalog.pg_class'::regclass, ev_class, 0)
    ELSE pg_catalog.pg_describe_object(classid, objid, objsubid) END
FROM strangers
UNION
SELECT 'row level security on table ' || nspname || '.' || relname FROM moved WHERE relrowsecurity
UNION
SELECT 'its being a part of ' || pg_catalog.pg_describe_object('pg_catalog.pg_class'::regclass, i.inhparent, 0)
FROM moved JOIN pg_catalog.pg_inherits i ON i.inhrelid = moved.oid
UNION
SELECT 'the name of its sequence ' || own.relname || ', which is taken in the schema ' || {versions}
FROM moved
JOIN pg_catalog.pg_depend d ON d.refobjid = moved.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass
    AND d.classid = 'pg_catalog.pg_class'::regclass
JOIN pg_catalog.pg_class own ON own.oid = d.objid AND own.relkind = 'S'
JOIN pg_catalog.pg_class other ON other.relname = own.relname
JOIN pg_catalog.pg_namespace n ON n.oid = other.relnamespace AND n.nspname = {versions}
UNION
SELECT 'the name of its index ' || own.relname || ', which is taken in the schema ' || {versions}
FROM moved
JOIN pg_catalog.pg_index x ON x.indrelid = moved.oid
JOIN pg_catalog.pg_class own ON own.oid = x.indexrelid
JOIN pg_catalog.pg_class other ON other.relname = own.relname
JOIN pg_catalog.pg_namespace n ON n.oid = other.relnamespace AND n.nspname = {versions}
ORDER BY 1"""
