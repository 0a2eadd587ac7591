"""SQL that turns an existing plain table into a version with a view in its place (PostgreSQL only)."""

from typing import Final

from summary_tables.sql.dialects.postgres.catalog_queries import RELATION, is_relation
from summary_tables.sql.dialects.postgres.publishing import view_options
from summary_tables.sql.dialects.postgres.text import identifier, literal, qualified


def obstacles(schema: str, table: str, versions_schema: str) -> str:
    """One row for each thing that would break or be lost, in words such as `materialized view analytics.m`."""
    relation = is_relation(schema, table)
    return _OBSTACLES.format(relation=relation, versions=literal(versions_schema), all_relations=RELATION)


def dependent_views(schema: str, table: str) -> str:
    """Views that read the table directly, later ones first: schema, name, owner, whether our role may replace it."""
    return (
        "SELECT vn.nspname::text, v.relname::text, pg_catalog.pg_get_userbyid(v.relowner)::text,\n"
        "    pg_catalog.pg_has_role(v.relowner, 'USAGE')\n"
        f"FROM {RELATION}\n"
        "JOIN pg_catalog.pg_depend d ON d.refobjid = c.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass\n"
        "    AND d.classid = 'pg_catalog.pg_rewrite'::regclass\n"
        "JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid\n"
        "JOIN pg_catalog.pg_class v ON v.oid = r.ev_class AND v.relkind = 'v'\n"
        "JOIN pg_catalog.pg_namespace vn ON vn.oid = v.relnamespace\n"
        f"WHERE {is_relation(schema, table)}\nGROUP BY v.oid, vn.nspname, v.relname, v.relowner\nORDER BY v.oid DESC"
    )


def lock_table(schema: str, table: str) -> str:
    """Keep readers out until the view stands."""
    return f"LOCK TABLE {qualified(schema, table)} IN ACCESS EXCLUSIVE MODE"


def view_definition(schema: str, view: str) -> str:
    """The SELECT of a view and its settings, before the table is moved away.

    Our search_path finds no name of people's own: each is given with its schema.
    """
    return (
        "SELECT pg_catalog.pg_get_viewdef(c.oid), COALESCE(c.reloptions, '{}')\n"
        f"FROM {RELATION}\nWHERE {is_relation(schema, view)}"
    )


def replace_view(schema: str, view: str, definition: str, options: tuple[str, ...]) -> str:
    """The same view once more: its names now mean what stands there now."""
    return f"CREATE OR REPLACE VIEW {qualified(schema, view)}{view_options(options)} AS\n{definition}"


def move_table(schema: str, table: str, versions_schema: str, version: str) -> tuple[str, ...]:
    """Make the table a version; its indexes and sequences go with it."""
    return (
        f"ALTER TABLE {qualified(schema, table)} RENAME TO {identifier(version)}",
        f"ALTER TABLE {qualified(schema, version)} SET SCHEMA {identifier(versions_schema)}",
    )


def grants(schema: str, table: str) -> str:
    """Rights that somebody was given: column (empty: all of the table), right, role (empty: PUBLIC), may grant."""
    return (
        "SELECT rights.attname, acl.privilege_type, COALESCE(pg_catalog.pg_get_userbyid(NULLIF(acl.grantee, 0)), ''),\n"
        "    acl.is_grantable\n"
        "FROM (\n"
        f"    SELECT '' AS attname, c.relacl AS acl, c.relowner FROM {RELATION} WHERE {is_relation(schema, table)}\n"
        "    UNION ALL\n"
        f"    SELECT a.attname::text, a.attacl, c.relowner FROM {RELATION}\n"
        "    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped\n"
        f"    WHERE {is_relation(schema, table)}\n"
        ") AS rights\n"
        "CROSS JOIN LATERAL pg_catalog.aclexplode(rights.acl) AS acl\n"
        "WHERE acl.grantee <> rights.relowner\nORDER BY 1, 2, 3"
    )


def grant(schema: str, view: str, column: str, right: str, role: str, *, may_grant: bool) -> str:
    """One row of `grants`, on the view."""
    columns = f" ({identifier(column)})" if column else ""
    option = " WITH GRANT OPTION" if may_grant else ""
    return f"GRANT {right}{columns} ON {qualified(schema, view)} TO {identifier(role) if role else 'PUBLIC'}{option}"


def comments(schema: str, table: str) -> str:
    """Comments: column (empty: the table's own), text."""
    return (
        "SELECT COALESCE(a.attname::text, ''), d.description\n"
        f"FROM {RELATION}\n"
        "JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.classoid = 'pg_catalog.pg_class'::regclass\n"
        "LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0\n"
        f"WHERE {is_relation(schema, table)}\nORDER BY d.objsubid"
    )


def comment(schema: str, view: str, column: str, text: str) -> str:
    """One row of `comments`, on the view."""
    what = f"COLUMN {qualified(schema, view)}.{identifier(column)}" if column else f"VIEW {qualified(schema, view)}"
    return f"COMMENT ON {what} IS {literal(text)}"


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
