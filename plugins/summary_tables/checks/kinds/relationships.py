"""`- relationships: {column: ..., to: ..., to_column: ...}`: values that stand in another table as well."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from summary_tables.checks.check import Flaw, OtherTable
from summary_tables.checks.check_sql import column_sql, table_sql
from summary_tables.checks.value_check import ValueCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationships(ValueCheck):
    """Each value of `column` stands in `to_column` of the table `to`; NULL is left out."""

    KEY: ClassVar[str] = "relationships"
    OTHER_NAMES: ClassVar[tuple[str, ...]] = ("foreign_key", "references")
    OTHER_KEYS: ClassVar[Mapping[str, str]] = {"table": "to", "parent": "to", "field": "to_column", "key": "to_column"}
    WRONG: ClassVar[tuple[str, str]] = ("without one", "without one")
    NONE_WRONG: ClassVar[str] = "no row without one"

    to: str
    to_column: str

    @property
    def others(self) -> tuple[OtherTable, ...]:
        return (OtherTable(key="to", table=self.to, columns={"to_column": self.to_column}),)

    def never_fails(self, *, counts: bool) -> Flaw | None:  # noqa: ARG002 - of queries only
        if (self.to, self.to_column) != (self.looks_at, self.column):
            return None
        return Flaw(key="to", why="it looks for values of a column in that column", fix="name another table")

    def _wrong(self) -> str:
        column, other = column_sql(self.column), column_sql(self.to_column)
        found = f"SELECT 1 FROM {table_sql(self.to)} AS related WHERE related.{other} = checked.{column}"
        return f"{column} IS NOT NULL AND NOT EXISTS ({found})"

    def _asked(self) -> str:
        return f"{self.KEY} {self.column} to {self.to}.{self.to_column}"

    def _expected(self) -> str:
        return f"a row of {self.to} with that {self.to_column} for each {self.column}"
