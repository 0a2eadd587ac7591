"""`- row_count_equals: {table: ...}`: as many rows as another table has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from summary_tables.checks.check import Answer, Verdict
from summary_tables.checks.check_sql import table_sql
from summary_tables.checks.check_words import counted, in_table


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCountEquals:
    """The table has as many rows as `table`."""

    KEY: ClassVar[str] = "row_count_equals"
    IS_QUERY: ClassVar[bool] = False
    width: ClassVar[int] = 2
    columns: ClassVar[tuple[str, ...]] = ()

    table: str
    looks_at: str = ""
    name: str = ""

    @property
    def sql(self) -> str:
        rows = f"(SELECT COUNT(1) FROM {table_sql(self.looks_at)})"
        return f"SELECT {rows} AS found, (SELECT COUNT(1) FROM {table_sql(self.table)}) AS wanted"

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        return cls(**item[cls.KEY], looks_at=item.get("table", ""), name=item.get("name", ""))

    def label(self) -> str:
        return self.name or f"as many rows as {self.table}{in_table(self.looks_at)}"

    def judge(self, answer: Answer) -> Verdict:
        ((rows, others),) = answer
        expected = f"{counted(others, 'row')} as in {self.table}"
        return Verdict(passed=rows == others, expected=expected, actual=counted(rows, "row"))
