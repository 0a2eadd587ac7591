"""Checking an increment and adding it to the version that readers see, as SQL for PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from summary_tables.model.column import Column
from summary_tables.model.increment import RUN_COLUMN
from summary_tables.sql.dialects.postgres.statements.versions_schema import VersionsSchema
from summary_tables.sql.dialects.postgres.text import timestamp
from summary_tables.sql.quoting import column_list, identifier

_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class PostgresIncrements:
    """PostgreSQL."""

    schema: VersionsSchema

    def times_outside(self, increment: str, column: str, low: str, high: str) -> str:
        outside = f"NOT COALESCE({identifier(column)} >= {low} AND {identifier(column)} < {high}, FALSE)"
        return self._counted(increment, (column,), f"WHERE {outside}", "", "")

    def empty_keys(self, increment: str, key: tuple[str, ...]) -> str:
        is_empty = " OR ".join(f"{identifier(name)} IS NULL" for name in key)
        return self._counted(increment, key, f"WHERE {is_empty}", "", "COUNT(*) DESC, ")

    def repeated_keys(self, increment: str, key: tuple[str, ...]) -> str:
        return self._counted(increment, key, "", "HAVING COUNT(*) > 1", "COUNT(*) DESC, ")

    def add_column(self, version: str, column: Column) -> str:
        return f"ALTER TABLE {self.schema.version(version)} ADD COLUMN {identifier(column.name)} {column.type}"

    def add_run_column(self, version: str, moment: datetime | None) -> str:
        default = "" if moment is None else f" DEFAULT {timestamp(moment)}"
        return (
            f"ALTER TABLE {self.schema.version(version)} "
            f"ADD COLUMN {identifier(RUN_COLUMN)} timestamp with time zone{default}"
        )

    def delete_of_runs(self, base: str, moments: Sequence[datetime]) -> str:
        return f"DELETE FROM {self.schema.version(base)}\nWHERE {self.is_of_runs(moments)}"

    def is_of_runs(self, moments: Sequence[datetime]) -> str:
        if len(moments) == 1:
            return f"{identifier(RUN_COLUMN)} = {timestamp(moments[0])}"
        return f"{identifier(RUN_COLUMN)} IN ({', '.join(map(timestamp, moments))})"

    def delete_of_interval(self, base: str, column: str, low: str, high: str) -> str:
        name = identifier(column)
        return f"DELETE FROM {self.schema.version(base)}\nWHERE {name} >= {low} AND {name} < {high}"

    def delete_of_keys(
        self, base: str, increment: str, key: tuple[str, ...], moment: datetime, others: datetime
    ) -> str:
        came = f"COALESCE({identifier(base)}.{identifier(RUN_COLUMN)}, {timestamp(others)})"
        return (
            f"DELETE FROM {self.schema.version(base)}\nUSING {self.schema.version(increment)}\n"
            f"WHERE {_same_key(base, increment, key)}\n    AND {came} <= {timestamp(moment)}"
        )

    def add_rows(self, base: str, increment: str, columns: tuple[str, ...], moment: datetime) -> str:
        return (
            f"INSERT INTO {self.schema.version(base)} ({column_list((*columns, RUN_COLUMN))})\n"
            f"SELECT {column_list(columns)}, {timestamp(moment)}\nFROM {self.schema.version(increment)}"
        )

    def add_rows_of_new_keys(
        self, base: str, increment: str, columns: tuple[str, ...], moment: datetime, key: tuple[str, ...]
    ) -> str:
        return (
            f"{self.add_rows(base, increment, columns, moment)}\nWHERE NOT EXISTS (\n"
            f"    SELECT 1 FROM {self.schema.version(base)} WHERE {_same_key(base, increment, key)}\n)"
        )

    def lost_days(self, live: str, whole: str, column: str) -> str:
        days = (f"SELECT CAST({identifier(column)} AS date) AS day FROM {relation}" for relation in (live, whole))
        lost = "\nEXCEPT\n".join(days)
        return f"SELECT COUNT(*), MIN(day), MAX(day) FROM (\n{lost}\n) AS lost"

    def lost_keys(self, live: str, whole: str, key: tuple[str, ...]) -> str:
        same = " AND ".join(f"whole.{identifier(name)} = live.{identifier(name)}" for name in key)
        return f"SELECT COUNT(*) FROM {live} AS live\nWHERE NOT EXISTS (SELECT 1 FROM {whole} AS whole WHERE {same})"

    def first_days(self, relation: str, columns: tuple[str, ...]) -> str:
        firsts = (f"CAST(MIN({identifier(name)}) AS date)" for name in columns)
        return f"SELECT {', '.join(('COUNT(*)', *firsts))} FROM {relation}"

    def _counted(self, version: str, columns: tuple[str, ...], where: str, having: str, first: str) -> str:
        order = first + ", ".join(str(position) for position in range(1, len(columns) + 1))
        as_text = ", ".join(f"CAST({identifier(name)} AS {self.schema.text_type})" for name in columns)
        conditions = "".join(
            f"\n{condition}" for condition in (where, f"GROUP BY {column_list(columns)}", having) if condition
        )
        return (
            f"SELECT {as_text}, COUNT(*), SUM(COUNT(*)) OVER ()\nFROM {self.schema.version(version)}{conditions}\n"
            f"ORDER BY {order}\nLIMIT {_EXAMPLES}"
        )


def _same_key(base: str, increment: str, key: tuple[str, ...]) -> str:
    return " AND ".join(
        f"{identifier(base)}.{identifier(name)} = {identifier(increment)}.{identifier(name)}" for name in key
    )
