"""Who waits for whom, as SQL for PostgreSQL."""

from dataclasses import dataclass

from summary_tables.model.version_name import lock_key
from summary_tables.sql.dialects.postgres.statements.catalog import RELATION, is_relation
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema


@dataclass(frozen=True, slots=True)
class PostgresLocks:
    """PostgreSQL."""

    schema: VersionsSchema

    # Before the server looks for deadlocks.
    def limit_lock_waits(self) -> tuple[str, ...]:
        return ("SET LOCAL lock_timeout = '100ms'",)

    def lock_table(self, schema: str, table: str) -> str:
        return f"SELECT pg_catalog.pg_advisory_xact_lock({lock_key(schema, table)})"

    # Two sessions that create the same schema or log at once: one would fail, IF NOT EXISTS or not.
    def lock_setup(self) -> tuple[str, ...]:
        return (f"SELECT pg_catalog.pg_advisory_xact_lock({lock_key(self.schema.name)})",)

    def lock_holders(self, schema: str, table: str) -> tuple[str, ...]:
        statement = (
            "SELECT DISTINCT a.pid, a.usename::text, a.xact_start\n"
            f"FROM {RELATION}\n"
            "JOIN pg_catalog.pg_locks l ON l.relation = c.oid\n"
            "JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid\n"
            f"WHERE {is_relation(schema, table)} AND l.granted AND a.pid <> pg_catalog.pg_backend_pid()\nORDER BY a.pid"
        )
        return (statement,)

    # A transaction is too old if it took its snapshot while the one that filled the version was still running; its own
    # oldest running transaction is then no later. Our own sessions look at a published table once: they do not count.
    def old_snapshots(self, version: str) -> tuple[str, ...]:
        statement = (
            "SELECT l.virtualxid\n"
            f"FROM {RELATION}\n"
            "JOIN pg_catalog.pg_stat_activity a ON pg_catalog.age(a.backend_xmin) >= pg_catalog.age(c.xmin)\n"
            "JOIN pg_catalog.pg_database b ON b.oid = a.datid AND b.datname = pg_catalog.current_database()\n"
            "JOIN pg_catalog.pg_locks l ON l.pid = a.pid AND l.locktype = 'virtualxid' AND l.mode = 'ExclusiveLock'\n"
            f"WHERE {is_relation(self.schema.name, version)} AND a.usesysid IS NOT NULL\n"
            "AND a.application_name <> 'summary_tables'"
        )
        return (statement,)
