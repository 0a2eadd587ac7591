"""The schema that holds the versions and the logs, and what all statements about it have in common."""

from collections.abc import Callable
from dataclasses import dataclass

from summary_tables.model.logs import BUILD_LOG, LogTable
from summary_tables.sql.dialects.postgres.text import literal
from summary_tables.sql.quoting import qualified


@dataclass(frozen=True, slots=True)
class VersionsSchema:
    """`literal` makes a string literal, `now` is the warehouse's clock, `text_type` the type of texts of any length."""

    name: str
    literal: Callable[[str], str] = literal
    now: str = "pg_catalog.clock_timestamp()"
    text_type: str = "text"

    def version(self, version: str) -> str:
        """The full name of a version."""
        return qualified(self.name, version)

    def log(self, log: LogTable) -> str:
        """The full name of a log."""
        return qualified(self.name, log.name)

    @property
    def standing(self) -> str:
        """A subquery, indented: the names of the tables that stand."""
        return (
            "    SELECT c.relname FROM pg_catalog.pg_class c\n"
            "    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace\n"
            f"    WHERE n.nspname = {self.literal(self.name)} AND c.relkind = 'r'"
        )

    def is_of(self, schema: str, table: str) -> str:
        """The condition on the rows of a log: those of one table."""
        return f"schema_name = {self.literal(schema)} AND table_name = {self.literal(table)}"

    def insert(self, log: LogTable, values: dict[str, str]) -> str:
        """One row of a log."""
        return f"INSERT INTO {self.log(log)} ({', '.join(values)})\nVALUES ({', '.join(values.values())})"

    def next_moment(self, log: LogTable, schema: str, table: str, *moments: str) -> str:
        """Now; just behind the last of the `moments` that a log knows of a table where the clock has been set back.

        They say which of two things came later: a clock must not turn that round.
        """
        last = f"GREATEST({', '.join(moments)})" if len(moments) > 1 else moments[0]
        return (
            f"(\n    SELECT GREATEST({self.now}, MAX({last}) + INTERVAL '1 microsecond')\n"
            f"    FROM {self.log(log)}\n    WHERE {self.is_of(schema, table)}\n)"
        )

    def next_build(self, schema: str, table: str) -> str:
        """The same of the build log."""
        return self.next_moment(BUILD_LOG, schema, table, "started_at", "built_at", "published_at")
