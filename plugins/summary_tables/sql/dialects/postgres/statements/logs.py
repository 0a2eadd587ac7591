"""The logs: tables beside the versions, as SQL for PostgreSQL."""

from dataclasses import dataclass
from datetime import timedelta

from summary_tables.model.logs import BUILD_LOG, CHECK_LOG, DECLARED, ROLL_BACK_LOG, LogTable
from summary_tables.sql.dialects.postgres.statements.catalog import RELATION, is_relation
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.quoting import column_list, identifier

_TYPES = {
    "try_number": "integer",
    "failed_runs": "integer",
    "tries": "integer",
    "position": "integer",
    "row_count": "bigint",
    "size_bytes": "bigint",
    "seconds": "double precision",
    "passed": "boolean",
    "is_silent": "boolean",
}


@dataclass(frozen=True, slots=True)
class PostgresLogs:
    """PostgreSQL."""

    schema: VersionsSchema

    def create_log(self, log: LogTable) -> tuple[str, ...]:
        filled = " NOT NULL" if log.is_filled else ""
        columns = [f"    {name} {self._log_type(name)}{filled}" for name in log.columns]
        lines = ",\n".join([*columns, f"    PRIMARY KEY ({log.key})"] if log.key else columns)
        create = f"CREATE TABLE IF NOT EXISTS {self.schema.log(log)} (\n{lines}\n)"
        comment = f"COMMENT ON TABLE {self.schema.log(log)} IS {self.schema.literal(log.comment)}"
        comments = (self._log_comment(log, name) for name in log.columns)
        return (create, *self.add_log_index(log), *self._index_of_open(log), comment, *comments)

    def add_log_column(self, log: LogTable, name: str) -> tuple[str, ...]:
        add = f"ALTER TABLE {self.schema.log(log)} ADD COLUMN {name} {self._log_type(name)}"
        return (add, self._log_comment(log, name))

    def log_index(self, log: LogTable) -> tuple[str, ...]:
        if not log.searched_by:
            return ()
        columns = ", ".join(map(self.schema.literal, log.searched_by))
        return (
            f"SELECT 1\nFROM {RELATION}\nJOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisvalid\n"
            f"WHERE {is_relation(self.schema.name, log.name)} AND ARRAY[{columns}] = ARRAY(\n"
            "    SELECT a.attname::text FROM pg_catalog.unnest(i.indkey) WITH ORDINALITY AS k(attnum, place)\n"
            "    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum\n    ORDER BY k.place\n)",
        )

    def add_log_index(self, log: LogTable) -> tuple[str, ...]:
        if not log.searched_by:
            return ()
        return (f"CREATE INDEX ON {self.schema.log(log)} ({column_list(log.searched_by)})",)

    def _index_of_open(self, log: LogTable) -> tuple[str, ...]:
        if not log.open_until:
            return ()
        unique, columns = ("UNIQUE ", log.one_open) if log.one_open else ("", (log.key,))
        on = f"{self.schema.log(log)} ({column_list(columns)})"
        return (f"CREATE {unique}INDEX ON {on} WHERE {log.open_until} IS NULL",)

    def own_log(self, log: LogTable, role: str) -> str:
        return f"ALTER TABLE {self.schema.log(log)} OWNER TO {identifier(role)}"

    def need_no_disk(self) -> tuple[str, ...]:
        return ("SET LOCAL synchronous_commit = off",)

    def forget(self, log: LogTable, schema: str, table: str) -> str:
        return f"DELETE FROM {self.schema.log(log)} WHERE {self.schema.is_of(schema, table)}"

    def prune_checks(self, schema: str, table: str, age: timedelta) -> str:
        log = self.schema.log(CHECK_LOG)
        return f"DELETE FROM {log}\nWHERE {self.schema.is_of(schema, table)} AND checked_at < {self._ago(age)}"

    def prune_builds(self, schema: str, table: str, age: timedelta, *, roll_backs: bool) -> str:
        log = self.schema.log(BUILD_LOG)
        used = [
            self.schema.standing,
            f"    SELECT applied_to FROM {log}\n    WHERE applied_to IS NOT NULL AND version_name IN (\n"
            f"{self.schema.standing}\n    )",
        ]
        if roll_backs:
            of_table = f"FROM {self.schema.log(ROLL_BACK_LOG)} WHERE {self.schema.is_of(schema, table)}"
            used += [f"    SELECT {column} {of_table}" for column in ("from_version", "to_version")]
        kept = "".join(f" AND version_name NOT IN (\n{names}\n)" for names in used)
        added = f" AND COALESCE(applied_to, '') NOT IN (\n{self.schema.standing}\n)"
        old = f"{self.schema.is_of(schema, table)} AND started_at < {self._ago(age)}"
        return f"DELETE FROM {log}\nWHERE {old}{kept}{added}"

    def declared(self, schema: str, table: str) -> str:
        return f"SELECT readers, comments FROM {self.schema.log(DECLARED)} WHERE {self.schema.is_of(schema, table)}"

    def log_declared(self, schema: str, table: str, readers: str, comments: str) -> str:
        values = map(self.schema.literal, (schema, table, readers, comments))
        return self.schema.insert(DECLARED, dict(zip(DECLARED.columns, (*values, self.schema.now), strict=True)))

    def _log_type(self, column: str) -> str:
        is_time = column.endswith(("_at", "_start", "_end"))
        return _TYPES.get(column) or ("timestamp with time zone" if is_time else self.schema.text_type)

    def _log_comment(self, log: LogTable, column: str) -> str:
        return f"COMMENT ON COLUMN {self.schema.log(log)}.{column} IS {self.schema.literal(log.columns[column])}"

    def _ago(self, age: timedelta) -> str:
        return f"{self.schema.now} - INTERVAL '{age.days} days'"
