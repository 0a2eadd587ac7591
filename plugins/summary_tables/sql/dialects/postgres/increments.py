"""SQL that checks an increment and adds it to the version that readers see, for PostgreSQL.

`base` and `increment` are versions. Redshift understands the same text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from summary_tables.model.column import Column
from summary_tables.model.increment import RUN_COLUMN
from summary_tables.sql.dialects.postgres.history import VersionStatements
from summary_tables.sql.dialects.postgres.text import column_list, identifier, timestamp

_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class IncrementStatements(VersionStatements):
    """PostgreSQL."""

    def times_outside(self, increment: str, column: str, low: str, high: str) -> str:
        """Values of a time column that lie not in the interval: the value, its rows, all rows that lie outside."""
        outside = f"NOT COALESCE({identifier(column)} >= {low} AND {identifier(column)} < {high}, FALSE)"
        return self._counted(increment, (column,), f"WHERE {outside}", "", "")

    def empty_keys(self, increment: str, key: tuple[str, ...]) -> str:
        """Keys of which a part is NULL: each part, the rows with this key, all rows with such keys."""
        is_empty = " OR ".join(f"{identifier(name)} IS NULL" for name in key)
        return self._counted(increment, key, f"WHERE {is_empty}", "", "COUNT(*) DESC, ")

    def repeated_keys(self, increment: str, key: tuple[str, ...]) -> str:
        """Keys that more than one row has: each part, the rows with this key, all rows with such keys."""
        return self._counted(increment, key, "", "HAVING COUNT(*) > 1", "COUNT(*) DESC, ")

    def add_column(self, version: str, column: Column) -> str:
        """A column that is NULL in the rows that are there."""
        return f"ALTER TABLE {self._version(version)} ADD COLUMN {identifier(column.name)} {column.type}"

    def add_run_column(self, version: str, moment: datetime | None) -> str:
        """`RUN_COLUMN`, with `moment` in the rows that are there. No row is rewritten."""
        default = "" if moment is None else f" DEFAULT {timestamp(moment)}"
        return (
            f"ALTER TABLE {self._version(version)} "
            f"ADD COLUMN {identifier(RUN_COLUMN)} timestamp with time zone{default}"
        )

    def delete_of_runs(self, base: str, moments: Sequence[datetime]) -> str:
        """The rows that the runs of these moments added."""
        return f"DELETE FROM {self._version(base)}\nWHERE {self.is_of_runs(moments)}"

    def is_of_runs(self, moments: Sequence[datetime]) -> str:
        """Did a row come from one of the runs of these moments?"""
        if len(moments) == 1:
            return f"{identifier(RUN_COLUMN)} = {timestamp(moments[0])}"
        return f"{identifier(RUN_COLUMN)} IN ({', '.join(map(timestamp, moments))})"

    def delete_of_interval(self, base: str, column: str, low: str, high: str) -> str:
        """The rows whose time lies in the interval; `low` and `high` are literals."""
        name = identifier(column)
        return f"DELETE FROM {self._version(base)}\nWHERE {name} >= {low} AND {name} < {high}"

    def delete_of_keys(
        self, base: str, increment: str, key: tuple[str, ...], moment: datetime, others: datetime
    ) -> str:
        """The rows that have a key of the increment, unless they came from a later run than that of `moment`.

        `others` stands for the moment of rows without one.
        """
        came = f"COALESCE({identifier(base)}.{identifier(RUN_COLUMN)}, {timestamp(others)})"
        return (
            f"DELETE FROM {self._version(base)}\nUSING {self._version(increment)}\n"
            f"WHERE {_same_key(base, increment, key)}\n    AND {came} <= {timestamp(moment)}"
        )

    def add_rows(self, base: str, increment: str, columns: tuple[str, ...], moment: datetime) -> str:
        """All rows of the increment."""
        return (
            f"INSERT INTO {self._version(base)} ({column_list((*columns, RUN_COLUMN))})\n"
            f"SELECT {column_list(columns)}, {timestamp(moment)}\nFROM {self._version(increment)}"
        )

    def add_rows_of_new_keys(
        self, base: str, increment: str, columns: tuple[str, ...], moment: datetime, key: tuple[str, ...]
    ) -> str:
        """The rows of the increment whose key has no row."""
        return (
            f"{self.add_rows(base, increment, columns, moment)}\nWHERE NOT EXISTS (\n"
            f"    SELECT 1 FROM {self._version(base)} WHERE {_same_key(base, increment, key)}\n)"
        )

    def lost_days(self, live: str, whole: str, column: str) -> str:
        """Of the days of a time column that a relation has and another lacks: how many, the first and the last."""
        days = (f"SELECT CAST({identifier(column)} AS date) AS day FROM {relation}" for relation in (live, whole))
        lost = "\nEXCEPT\n".join(days)
        return f"SELECT COUNT(*), MIN(day), MAX(day) FROM (\n{lost}\n) AS lost"

    def lost_keys(self, live: str, whole: str, key: tuple[str, ...]) -> str:
        """How many rows a relation has whose key another lacks."""
        same = " AND ".join(f"whole.{identifier(name)} = live.{identifier(name)}" for name in key)
        return f"SELECT COUNT(*) FROM {live} AS live\nWHERE NOT EXISTS (SELECT 1 FROM {whole} AS whole WHERE {same})"

    def first_days(self, relation: str, columns: tuple[str, ...]) -> str:
        """The rows of a relation, and the first day in each of its time columns."""
        firsts = (f"CAST(MIN({identifier(name)}) AS date)" for name in columns)
        return f"SELECT {', '.join(('COUNT(*)', *firsts))} FROM {relation}"

    def mark_applied(self, schema: str, table: str, increment: str, base: str) -> str:
        """Date the moment when readers saw what the increment adds, and say to which version."""
        now = self._next_moment(schema, table)
        return (
            f"UPDATE {self._log} SET published_at = {now}, applied_to = {self.literal(base)}\n"
            f"WHERE version_name = {self.literal(increment)}"
        )

    def newest_increment(self, schema: str, table: str, base: str) -> str:
        """The log's row of the increment of the latest interval that was added to a version."""
        return (
            f"{self._applied_to(schema, table, base)}\n"
            "ORDER BY COALESCE(interval_end, run_at) DESC, started_at DESC\nLIMIT 1"
        )

    def increments_since(self, schema: str, table: str, base: str, started_at: datetime) -> str:
        """The log's rows of the increments of a version that began to be built after `started_at`."""
        since = f"started_at > {timestamp(started_at)}"
        return f"{self._applied_to(schema, table, base)} AND {since}\nORDER BY started_at DESC"

    def first_increment(self, schema: str, table: str, base: str) -> str:
        """The log's row of the increment that was the first to be added to a version."""
        return f"{self._applied_to(schema, table, base)}\nORDER BY published_at\nLIMIT 1"

    def increments_of(self, schema: str, table: str, base: str) -> str:
        """The log's rows of all increments that were added to a version."""
        return f"{self._applied_to(schema, table, base)}\nORDER BY COALESCE(interval_end, run_at)"

    def increments_between(self, schema: str, table: str, base: str, start: datetime, end: datetime) -> str:
        """The log's rows of the increments of a version whose intervals share time with this one."""
        shares = f"interval_start < {timestamp(end)} AND interval_end > {timestamp(start)}"
        return f"{self._applied_to(schema, table, base)} AND {shares}\nORDER BY interval_end"

    def last_published(self, schema: str, table: str) -> str:
        """The log's row of the build that readers were shown last."""
        published = f"{self._select_builds(schema, table)} AND published_at IS NOT NULL"
        return f"{published}\nORDER BY published_at DESC\nLIMIT 1"

    def _applied_to(self, schema: str, table: str, base: str) -> str:
        return f"{self._select_builds(schema, table)} AND applied_to = {self.literal(base)}"

    def _counted(self, version: str, columns: tuple[str, ...], where: str, having: str, first: str) -> str:
        """A few of the groups of rows, the size of each, and that of all together, in the order of `first`."""
        order = first + ", ".join(str(position) for position in range(1, len(columns) + 1))
        as_text = ", ".join(f"CAST({identifier(name)} AS {self.TEXT})" for name in columns)
        conditions = "".join(
            f"\n{condition}" for condition in (where, f"GROUP BY {column_list(columns)}", having) if condition
        )
        return (
            f"SELECT {as_text}, COUNT(*), SUM(COUNT(*)) OVER ()\nFROM {self._version(version)}{conditions}\n"
            f"ORDER BY {order}\nLIMIT {_EXAMPLES}"
        )


def _same_key(base: str, increment: str, key: tuple[str, ...]) -> str:
    return " AND ".join(
        f"{identifier(base)}.{identifier(name)} = {identifier(increment)}.{identifier(name)}" for name in key
    )
