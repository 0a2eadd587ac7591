"""The views through which readers see versions, and the views that read those, as SQL for PostgreSQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from summary_tables.sql.dialects.postgres.statements.catalog import RELATION, is_relation
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.dialects.postgres.text import literal
from summary_tables.sql.quoting import identifier, qualified
from summary_tables.sql.statements.views import NO_TYPES


@dataclass(frozen=True, slots=True)
class PostgresViews:
    """PostgreSQL."""

    schema: VersionsSchema

    def create_view(
        self,
        schema: str,
        table: str,
        version: str,
        columns: tuple[str, ...],
        options: tuple[str, ...] = (),
        types: Mapping[str, str] = NO_TYPES,
    ) -> str:
        return (
            f"CREATE OR REPLACE VIEW {qualified(schema, table)}{view_options(options)} AS\n"
            f"SELECT {shown_columns(columns, types)}\nFROM {self.schema.version(version)}"
        )

    def drop_view(self, schema: str, table: str) -> str:
        return f"DROP VIEW {qualified(schema, table)}"

    # LOCK TABLE locks the view and what it reads; to change the owner to what it is locks the view alone.
    def lock_view(self, schema: str, view: str, owner: str) -> tuple[str, ...]:
        return (self.own_view(schema, view, owner),)

    def own_view(self, schema: str, view: str, owner: str) -> str:
        return f"ALTER VIEW {qualified(schema, view)} OWNER TO {identifier(owner)}"

    def view_settings(self, schema: str, view: str) -> tuple[str, ...]:
        statement = f"SELECT pg_catalog.unnest(c.reloptions)\nFROM {RELATION}\nWHERE {is_relation(schema, view)}"
        return (statement,)

    # Our search_path finds no name of people's own: each is given with its schema.
    def view_definition(self, schema: str, view: str) -> str:
        return (
            "SELECT pg_catalog.pg_get_viewdef(c.oid), COALESCE(c.reloptions, '{}')\n"
            f"FROM {RELATION}\nWHERE {is_relation(schema, view)}"
        )

    def replace_view(self, schema: str, view: str, definition: str, options: tuple[str, ...]) -> str:
        return f"CREATE OR REPLACE VIEW {qualified(schema, view)}{view_options(options)} AS\n{definition}"

    def reading_views(self, schema: str, view: str, role: str) -> tuple[str, ...]:
        statement = (
            f"{_READING.format(relation=is_relation(schema, view), all_relations=RELATION, role=literal(role))}\n"
            "SELECT n.nspname::text, c.relname::text, CASE c.relkind WHEN 'v' THEN 'view'"
            " ELSE 'materialized view' END,\n"
            "    pg_catalog.pg_get_userbyid(c.relowner)::text, reading.foreign_one\n"
            "FROM (SELECT oid, max(depth) AS depth, bool_or(foreign_one) AS foreign_one\n"
            "    FROM reading GROUP BY oid) AS reading\n"
            "JOIN pg_catalog.pg_class c ON c.oid = reading.oid\n"
            "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace\n"
            "WHERE reading.depth > 0\nORDER BY reading.depth DESC, c.oid DESC"
        )
        return (statement,)

    def other_dependents(self, schema: str, view: str) -> tuple[str, ...]:
        reading = _READING.format(relation=is_relation(schema, view), all_relations=RELATION, role="current_user")
        statement = f"{reading}{_OTHERS}"
        return (statement,)

    def comment(self, schema: str, view: str, column: str, text: str) -> str:
        what = f"COLUMN {qualified(schema, view)}.{identifier(column)}" if column else f"VIEW {qualified(schema, view)}"
        return f"COMMENT ON {what} IS {literal(text)}"

    def comment_on_view(self, schema: str, table: str, description: str) -> str:
        return f"COMMENT ON VIEW {qualified(schema, table)} IS {self._comment(description)}"

    def comment_on_columns(self, schema: str, name: str, comments: Mapping[str, str]) -> str:
        relation = qualified(schema, name)
        return ";\n".join(
            f"COMMENT ON COLUMN {relation}.{identifier(column)} IS {self._comment(comment)}"
            for column, comment in comments.items()
        )

    def _comment(self, text: str) -> str:
        return self.schema.literal(text) if text else "NULL"


def shown_columns(columns: tuple[str, ...], types: Mapping[str, str]) -> str:
    """`"a", CAST("b" AS bigint) AS "b"`."""
    return ", ".join(
        f"CAST({identifier(name)} AS {types[name]}) AS {identifier(name)}" if name in types else identifier(name)
        for name in columns
    )


def view_options(options: tuple[str, ...]) -> str:
    """` WITH ("name" = 'value', ...)` from a view's `name=value` settings."""
    pairs = (option.partition("=") for option in options)
    settings = ", ".join(f"{identifier(name)} = {literal(value)}" for name, _, value in pairs)
    return f" WITH ({settings})" if settings else ""


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
