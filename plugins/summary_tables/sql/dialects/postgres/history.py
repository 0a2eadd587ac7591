"""SQL about the versions that stand and about rolling back, for PostgreSQL.

The roll-back log is a second table beside the build log: a row each time that somebody points a table at another of
its versions.
"""

from dataclasses import dataclass

from summary_tables.model.logs import ROLL_BACK_LOG
from summary_tables.sql.dialects.postgres import catalog_queries
from summary_tables.sql.dialects.postgres.catalog_queries import RELATION, is_relation
from summary_tables.sql.dialects.postgres.log_pruning import LogPruningStatements
from summary_tables.sql.dialects.postgres.logs import BUILD_COLUMNS
from summary_tables.sql.dialects.postgres.text import literal, qualified


@dataclass(frozen=True, slots=True)
class VersionStatements(LogPruningStatements):
    """PostgreSQL."""

    def logged_versions(self, schema: str, table: str) -> str:
        """The columns of a build, and the origin, of versions that stand."""
        return (
            f"SELECT {BUILD_COLUMNS}, origin\nFROM {self._log}\n"
            f"WHERE {self._is_of(schema, table)} AND version_name IN (\n{self._standing}\n"
            ")\nORDER BY COALESCE(published_at, started_at) DESC"
        )

    def added_runs(self, schema: str, table: str) -> str:
        """What was added to the versions of a table: the version, how many runs, when the last of them was due."""
        return (
            "SELECT applied_to, COUNT(DISTINCT COALESCE(interval_end, run_at)), MAX(run_at)\n"
            f"FROM {self._log}\n"
            f"WHERE {self._is_of(schema, table)} AND published_at IS NOT NULL AND applied_to <> version_name\n"
            "GROUP BY applied_to"
        )

    def logged_tables(self) -> str:
        """Every table that the build log knows: schema, name, rows in the log, when one was published last."""
        return (
            "SELECT schema_name, table_name, COUNT(*), MAX(published_at)\n"
            f"FROM {self._log}\nGROUP BY schema_name, table_name\nORDER BY schema_name, table_name"
        )

    def logged_names(self) -> str:
        """The names of all versions that the build log knows."""
        return f"SELECT version_name FROM {self._log}"

    def standing_tables(self) -> str:
        """The tables of the versions schema, whoever made them: name, size in bytes with indexes."""
        return (
            "SELECT c.relname::text, pg_catalog.pg_total_relation_size(c.oid)\n"
            f"FROM {RELATION}\n"
            f"WHERE n.nspname = {literal(self.versions_schema)} AND c.relkind = 'r'\nORDER BY c.relname"
        )

    def dependents(self, schema: str, name: str) -> str:
        """What keeps a table or view from being dropped: in words; schema and name where it is a view, else empty.

        What goes with it silently, such as its indexes, is not among them.
        """
        return _DEPENDENTS.format(all_relations=RELATION, relation=is_relation(schema, name))

    def readers(self, schema: str, name: str) -> tuple[str, ...]:
        """Who was allowed to read it, one role a row."""
        return (catalog_queries.granted_readers(schema, name),)

    def may_act_as(self, owner: str) -> tuple[str, ...]:
        """May our role change what belongs to `owner`?"""
        return (f"SELECT pg_catalog.pg_has_role({literal(owner)}, 'USAGE')",)

    def drop_view(self, schema: str, table: str) -> str:
        """Never with CASCADE: a view that something depends on stays."""
        return f"DROP VIEW {qualified(schema, table)}"

    def session_user(self) -> str:
        """Who logged in; `current_role` may be a role that this user took."""
        return "SELECT session_user::text"

    def log_roll_back(self, schema: str, table: str, from_version: str, to_version: str, role: str) -> str:
        """The row of one roll-back, now."""
        values = ", ".join(map(self.literal, (schema, table, from_version, to_version)))
        now = self._next(ROLL_BACK_LOG, schema, table, "rolled_back_at")
        return (
            f"INSERT INTO {self._roll_back_log} ({', '.join(ROLL_BACK_LOG.columns)})\n"
            f"VALUES ({values}, {now}, {self.literal(role)})"
        )

    def roll_backs(self, schema: str, table: str) -> str:
        """The roll-backs of a table, first to last: both versions, when each was shown first, when and by whom."""
        return (
            "SELECT r.from_version, r.to_version, COALESCE(f.published_at, f.started_at),\n"
            "    COALESCE(t.published_at, t.started_at), r.rolled_back_at, r.rolled_back_by\n"
            f"FROM {self._roll_back_log} r\n"
            f"JOIN {self._log} f ON f.version_name = r.from_version\n"
            f"JOIN {self._log} t ON t.version_name = r.to_version\n"
            f"WHERE r.schema_name = {self.literal(schema)} AND r.table_name = {self.literal(table)}\n"
            "ORDER BY r.rolled_back_at"
        )

    @property
    def _roll_back_log(self) -> str:
        return self._log_table(ROLL_BACK_LOG)


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
