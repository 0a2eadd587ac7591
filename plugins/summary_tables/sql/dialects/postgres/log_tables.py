"""Logs as SQL text, for PostgreSQL: what is the same for each of them."""

from dataclasses import dataclass
from typing import ClassVar

from summary_tables.model.logs import LogTable
from summary_tables.sql.dialects.postgres.text import column_list, identifier, literal, qualified

_TYPES = {
    "try_number": "integer",
    "position": "integer",
    "row_count": "bigint",
    "size_bytes": "bigint",
    "seconds": "double precision",
    "passed": "boolean",
}


@dataclass(frozen=True, slots=True)
class LogTableStatements:
    """PostgreSQL. `versions_schema` holds the versions and the logs."""

    versions_schema: str

    TEXT: ClassVar[str] = "text"
    NOW: ClassVar[str] = "pg_catalog.clock_timestamp()"

    def now(self) -> str:
        """The warehouse's clock: times of several workers are comparable."""
        return f"SELECT {self.NOW}"

    def create_log(self, log: LogTable) -> tuple[str, ...]:
        """A log with its comments."""
        filled = " NOT NULL" if log.is_filled else ""
        columns = [f"    {name} {self._log_type(name)}{filled}" for name in log.columns]
        lines = ",\n".join([*columns, f"    PRIMARY KEY ({log.key})"] if log.key else columns)
        create = f"CREATE TABLE IF NOT EXISTS {self._log_table(log)} (\n{lines}\n)"
        comment = f"COMMENT ON TABLE {self._log_table(log)} IS {self.literal(log.comment)}"
        comments = (self._log_comment(log, name) for name in log.columns)
        return (create, *self._index_log(log), comment, *comments)

    def add_log_column(self, log: LogTable, name: str) -> tuple[str, ...]:
        """A column that a log of an earlier release lacks, with its comment."""
        add = f"ALTER TABLE {self._log_table(log)} ADD COLUMN {name} {self._log_type(name)}"
        return (add, self._log_comment(log, name))

    def own_log(self, log: LogTable, role: str) -> str:
        """Give a log to the role that builds and publishes."""
        return f"ALTER TABLE {self._log_table(log)} OWNER TO {identifier(role)}"

    def forget(self, log: LogTable, schema: str, table: str) -> str:
        """Delete what a log knows of a table."""
        return f"DELETE FROM {self._log_table(log)} WHERE {self._is_of(schema, table)}"

    def literal(self, text: str) -> str:
        """A string literal."""
        return literal(text)

    def _index_log(self, log: LogTable) -> tuple[str, ...]:
        if not log.searched_by:
            return ()
        return (f"CREATE INDEX ON {self._log_table(log)} ({column_list(log.searched_by)})",)

    def _log_table(self, log: LogTable) -> str:
        return qualified(self.versions_schema, log.name)

    def _log_type(self, column: str) -> str:
        is_time = column.endswith(("_at", "_start", "_end"))
        return _TYPES.get(column) or ("timestamp with time zone" if is_time else self.TEXT)

    def _log_comment(self, log: LogTable, column: str) -> str:
        return f"COMMENT ON COLUMN {self._log_table(log)}.{column} IS {self.literal(log.columns[column])}"

    def _insert_into(self, log: LogTable, values: dict[str, str]) -> str:
        return f"INSERT INTO {self._log_table(log)} ({', '.join(values)})\nVALUES ({', '.join(values.values())})"

    def _next(self, log: LogTable, schema: str, table: str, *moments: str) -> str:
        """Now; just behind the last of the `moments` that a log knows of a table where the clock has been set back.

        They say which of two things came later: a clock must not turn that round.
        """
        last = f"GREATEST({', '.join(moments)})" if len(moments) > 1 else moments[0]
        return (
            f"(\n    SELECT GREATEST({self.NOW}, MAX({last}) + INTERVAL '1 microsecond')\n"
            f"    FROM {self._log_table(log)}\n    WHERE {self._is_of(schema, table)}\n)"
        )

    def _is_of(self, schema: str, table: str) -> str:
        return f"schema_name = {self.literal(schema)} AND table_name = {self.literal(table)}"
