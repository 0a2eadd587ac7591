"""SQL about a view that is to be dropped and created again: all that it has, and what reads it (PostgreSQL)."""

from dataclasses import dataclass
from typing import Final

from summary_tables.sql.dialects.postgres.catalog_queries import RELATION, is_relation
from summary_tables.sql.dialects.postgres.text import literal


@dataclass(frozen=True, slots=True, order=True)
class Right:
    """A row of `rights`. An empty `column` is the whole relation."""

    column: str
    privilege: str
    role: str
    may_grant: bool


def reading_views(schema: str, view: str, role: str) -> str:
    """All that reads a view, and what reads that, in an order in which it can be dropped: schema, name, kind, owner.

    And: can `role` not create it again as it was, because of itself or of what it reads?
    """
    return (
        f"{_READING.format(relation=is_relation(schema, view), all_relations=RELATION, role=literal(role))}\n"
        "SELECT n.nspname::text, c.relname::text, CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END,\n"
        "    pg_catalog.pg_get_userbyid(c.relowner)::text, reading.foreign_one\n"
        "FROM (SELECT oid, max(depth) AS depth, bool_or(foreign_one) AS foreign_one\n"
        "    FROM reading GROUP BY oid) AS reading\n"
        "JOIN pg_catalog.pg_class c ON c.oid = reading.oid\n"
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace\n"
        "WHERE reading.depth > 0\nORDER BY reading.depth DESC, c.oid DESC"
    )


def other_dependents(schema: str, view: str) -> str:
    """What depends on a view or on what reads it and is no view: in words (`function s.f()`), owner or NULL."""
    reading = _READING.format(relation=is_relation(schema, view), all_relations=RELATION, role="current_user")
    return f"{reading}{_OTHERS}"


def rights(schema: str, name: str) -> str:
    """All rights on a relation, its owner's, too: column (empty: the whole), right, role, may it be passed on?"""
    return (
        "SELECT given.attname, acl.privilege_type, COALESCE(r.rolname::text, 'public'), bool_or(acl.is_grantable)\n"
        "FROM (\n"
        "    SELECT '' AS attname, COALESCE(c.relacl, pg_catalog.acldefault('r', c.relowner)) AS acl\n"
        f"    FROM {RELATION} WHERE {is_relation(schema, name)}\n"
        f"    UNION ALL SELECT a.attname::text, a.attacl FROM {RELATION}\n"
        "    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped\n"
        f"    WHERE {is_relation(schema, name)}\n"
        ") AS given\n"
        "CROSS JOIN LATERAL pg_catalog.aclexplode(given.acl) AS acl\n"
        "LEFT JOIN pg_catalog.pg_roles r ON r.oid = acl.grantee\n"
        "GROUP BY 1, 2, 3\nORDER BY 1, 2, 3"
    )


_READING: Final = """\
WITH RECURSIVE reading AS (
    SELECT c.oid, 0 AS depth, false AS foreign_one FROM {all_relations} WHERE {relation}
    UNION
    SELECT v.oid, reading.depth + 1, reading.foreign_one OR v.relkind <> 'v' OR v.relpersistence = 't'
        OR NOT pg_catalog.pg_has_role({role}, v.relowner, 'USAGE')
    FROM reading
    JOIN pg_catalog.pg_depend d ON d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = reading.oid
        AND d.classid = 'pg_catalog.pg_rewrite'::regclass
    JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid AND r.rulename = '_RETURN'
    JOIN pg_catalog.pg_class v ON v.oid = r.ev_class AND v.oid <> reading.oid
)"""

# Row types can be used by functions, columns and views, too.
_OTHERS: Final = """, views AS (
    SELECT DISTINCT c.oid, c.reltype, t.typarray
    FROM reading JOIN pg_catalog.pg_class c ON c.oid = reading.oid JOIN pg_catalog.pg_type t ON t.oid = c.reltype
), strangers AS (
    SELECT DISTINCT d.classid, d.objid,
        CASE WHEN d.classid = 'pg_catalog.pg_class'::regclass THEN d.objsubid ELSE 0 END AS objsubid,
        CASE WHEN r.rulename = '_RETURN' THEN r.ev_class END AS view,
        COALESCE(r.ev_class, g.tgrelid, f.adrelid, p.polrelid, c.oid) AS relation
    FROM views
    JOIN pg_catalog.pg_depend d ON d.deptype IN ('n', 'a', 'i') AND (d.refclassid, d.refobjid) IN (
        ('pg_catalog.pg_class'::regclass, views.oid),
        ('pg_catalog.pg_type'::regclass, views.reltype),
        ('pg_catalog.pg_type'::regclass, views.typarray)
    )
    LEFT JOIN pg_catalog.pg_rewrite r ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND r.oid = d.objid
    LEFT JOIN pg_catalog.pg_trigger g ON d.classid = 'pg_catalog.pg_trigger'::regclass AND g.oid = d.objid
    LEFT JOIN pg_catalog.pg_attrdef f ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND f.oid = d.objid
    LEFT JOIN pg_catalog.pg_policy p ON d.classid = 'pg_catalog.pg_policy'::regclass AND p.oid = d.objid
    LEFT JOIN pg_catalog.pg_class c ON d.classid = 'pg_catalog.pg_class'::regclass AND c.oid = d.objid
    WHERE NOT COALESCE(r.rulename = '_RETURN' AND r.ev_class IN (SELECT oid FROM views), false)
        AND NOT COALESCE(c.oid IN (SELECT oid FROM views), false)
        AND NOT COALESCE(c.relkind IN ('i', 't'), false)
        AND NOT (d.classid = 'pg_catalog.pg_type'::regclass AND d.objid IN (
            SELECT reltype FROM views UNION SELECT typarray FROM views
        ))
)
SELECT CASE WHEN s.view IS NULL THEN pg_catalog.pg_describe_object(s.classid, s.objid, s.objsubid)
    ELSE pg_catalog.pg_describe_object('pg_catalog.pg_class'::regclass, s.view, 0) END,
    pg_catalog.pg_get_userbyid(COALESCE(owning.relowner, o.proowner))::text
FROM strangers s
LEFT JOIN pg_catalog.pg_class owning ON owning.oid = s.relation
LEFT JOIN pg_catalog.pg_proc o ON s.classid = 'pg_catalog.pg_proc'::regclass AND o.oid = s.objid
ORDER BY 1"""
