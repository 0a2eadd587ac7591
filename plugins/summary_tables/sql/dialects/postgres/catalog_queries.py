"""SQL that asks the catalog what stands in the warehouse."""

from typing import Final

from summary_tables.sql.dialects.postgres.text import literal

RELATION: Final = "pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"


def is_relation(schema: str, name: str) -> str:
    """The condition on `RELATION` for one relation."""
    return f"n.nspname = {literal(schema)} AND c.relname = {literal(name)}"


def schema_rights(schema: str) -> str:
    """One row if the schema exists: may our role create in it?"""
    return (
        "SELECT pg_catalog.has_schema_privilege(n.oid, 'CREATE')\n"
        f"FROM pg_catalog.pg_namespace n WHERE n.nspname = {literal(schema)}"
    )


def relation(schema: str, name: str) -> str:
    """One row if it exists: kind (pg_class.relkind), name of the owner."""
    return (
        "SELECT c.relkind::text, pg_catalog.pg_get_userbyid(c.relowner)::text\n"
        f"FROM {RELATION}\nWHERE {is_relation(schema, name)}"
    )


def view_settings(schema: str, name: str) -> str:
    """The `name=value` settings of a view, one a row (PostgreSQL only)."""
    return f"SELECT pg_catalog.unnest(c.reloptions)\nFROM {RELATION}\nWHERE {is_relation(schema, name)}"


def relations_read(schema: str, view: str) -> str:
    """What the view reads directly: schema and name of each relation."""
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


def columns(schema: str, name: str) -> str:
    """Name and full type (length, precision, collation) of each column, in table order."""
    return (
        "SELECT a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod)\n"
        "    || COALESCE(' COLLATE ' || pg_catalog.quote_ident(o.collname), '')\n"
        f"FROM {RELATION}\nJOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid\n"
        "JOIN pg_catalog.pg_type t ON t.oid = a.atttypid\n"
        "LEFT JOIN pg_catalog.pg_collation o ON o.oid = a.attcollation AND a.attcollation <> t.typcollation\n"
        f"WHERE {is_relation(schema, name)} AND a.attnum > 0 AND NOT a.attisdropped\nORDER BY a.attnum"
    )


def columns_without_collations(schema: str, name: str) -> str:
    """The same where columns have no collation (Redshift)."""
    return (
        "SELECT a.attname::text, pg_catalog.format_type(a.atttypid, a.atttypmod)\n"
        f"FROM {RELATION}\nJOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid\n"
        f"WHERE {is_relation(schema, name)} AND a.attnum > 0 AND NOT a.attisdropped\nORDER BY a.attnum"
    )


def reads_versions(role: str, versions_schema: str) -> str:
    """May the views of `role` reach into the versions schema?"""
    return f"SELECT pg_catalog.has_schema_privilege({literal(role)}, {literal(versions_schema)}, 'USAGE')"


def may_read(schema: str, name: str) -> str:
    """One row if it exists: may our role read it?"""
    return (
        "SELECT pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND pg_catalog.has_table_privilege(c.oid, 'SELECT')\n"
        f"FROM {RELATION}\nWHERE {is_relation(schema, name)}"
    )


def granted_readers(schema: str, name: str) -> str:
    """Roles that were granted SELECT on a relation, `public` among them (PostgreSQL only)."""
    return (
        "SELECT COALESCE(pg_catalog.pg_get_userbyid(NULLIF(acl.grantee, 0))::text, 'public')\n"
        f"FROM {RELATION}\nCROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) AS acl\n"
        f"WHERE {is_relation(schema, name)} AND acl.privilege_type = 'SELECT' AND acl.grantee <> c.relowner\nORDER BY 1"
    )


def lock_holders(schema: str, name: str) -> str:
    """Process id, role and start (empty: may not be seen) of the sessions that hold a lock on a relation."""
    return (
        "SELECT DISTINCT a.pid, a.usename::text, a.xact_start\n"
        f"FROM {RELATION}\n"
        "JOIN pg_catalog.pg_locks l ON l.relation = c.oid\n"
        "JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid\n"
        f"WHERE {is_relation(schema, name)} AND l.granted AND a.pid <> pg_catalog.pg_backend_pid()\nORDER BY a.pid"
    )


def old_snapshots(versions_schema: str, version: str) -> str:
    """Transactions that may be too old to see the rows of a version (PostgreSQL only), by their virtual id.

    A transaction is too old if it took its snapshot while the one that filled the version was still running; its own
    oldest running transaction is then no later. Our own sessions look at a published table once, so they do not count.
    """
    return (
        "SELECT l.virtualxid\n"
        f"FROM {RELATION}\n"
        "JOIN pg_catalog.pg_stat_activity a ON pg_catalog.age(a.backend_xmin) >= pg_catalog.age(c.xmin)\n"
        "JOIN pg_catalog.pg_database b ON b.oid = a.datid AND b.datname = pg_catalog.current_database()\n"
        "JOIN pg_catalog.pg_locks l ON l.pid = a.pid AND l.locktype = 'virtualxid' AND l.mode = 'ExclusiveLock'\n"
        f"WHERE {is_relation(versions_schema, version)} AND a.usesysid IS NOT NULL\n"
        "AND a.application_name <> 'summary_tables'"
    )
