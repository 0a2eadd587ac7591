"""`- relationships: {column: ..., to: ..., to_column: ...}`: values that stand in another table as well."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from summary_tables.checks.bad_values import WIDTH, bad_values_sql, samples_words
from summary_tables.checks.check import Answer, Verdict
from summary_tables.checks.check_sql import column_sql, table_sql
from summary_tables.checks.check_words import counted, of_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationships:
    """Each value of `column` stands in `to_column` of the table `to`; NULL is left out."""

    KEY: ClassVar[str] = "relationships"
    IS_QUERY: ClassVar[bool] = False
    width: ClassVar[int] = WIDTH

    column: str
    to: str
    to_column: str
    looks_at: str = ""
    name: str = ""

    @property
    def sql(self) -> str:
        column, other = column_sql(self.column), column_sql(self.to_column)
        found = f"SELECT 1 FROM {table_sql(self.to)} AS related WHERE related.{other} = checked.{column}"
        condition = f"{column} IS NOT NULL AND NOT EXISTS ({found})"
        return bad_values_sql(table_sql(self.looks_at), self.column, condition)

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        return cls(**item[cls.KEY], looks_at=item.get("table", ""), name=item.get("name", ""))

    def label(self) -> str:
        return self.name or f"{self._expected()}{of_table(self.looks_at)}"

    def judge(self, answer: Answer) -> Verdict:
        ((bad, *samples),) = answer
        actual = f"{counted(bad, 'row')} without one{samples_words(samples, bad)}" if bad else "no row without one"
        return Verdict(passed=not bad, expected=self._expected(), actual=actual)

    def _expected(self) -> str:
        return f"a row of {self.to} with that {self.to_column} for each {self.column}"
