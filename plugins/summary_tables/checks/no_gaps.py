"""`- no_gaps: {column: ...}`: a column of days, without one missing in between."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from summary_tables.checks.check import Answer, Verdict
from summary_tables.checks.check_sql import column_sql, table_sql
from summary_tables.checks.check_words import counted, of_table


@dataclass(frozen=True, slots=True, kw_only=True)
class NoGaps:
    """Between the first and the last day in `column` none is missing; NULL is left out."""

    KEY: ClassVar[str] = "no_gaps"
    IS_QUERY: ClassVar[bool] = False
    width: ClassVar[int] = 3

    column: str
    looks_at: str = ""
    name: str = ""

    @property
    def sql(self) -> str:
        days = f"SELECT DISTINCT CAST({column_sql(self.column)} AS DATE) AS day FROM {table_sql(self.looks_at)}"
        return (
            "SELECT COALESCE(SUM(next_day - day - 1), 0) AS missing,\n"
            "  CAST(MIN(CASE WHEN next_day > day + 1 THEN day + 1 END) AS VARCHAR) AS first_missing,\n"
            "  CAST(MAX(CASE WHEN next_day > day + 1 THEN next_day - 1 END) AS VARCHAR) AS last_missing\n"
            "FROM (\n"
            "  SELECT day, LEAD(day) OVER (ORDER BY day) AS next_day\n"
            f"  FROM ({days}) AS days\n"
            "  WHERE day IS NOT NULL\n"
            ") AS neighbours"
        )

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        return cls(**item[cls.KEY], looks_at=item.get("table", ""), name=item.get("name", ""))

    def label(self) -> str:
        return self.name or f"{self._expected()}{of_table(self.looks_at)}"

    def judge(self, answer: Answer) -> Verdict:
        ((missing, first, last),) = answer
        if not missing:
            return Verdict(passed=True, expected=self._expected(), actual="no missing day")
        where = f"({first})" if missing == 1 else f"(the first {first}, the last {last})"
        actual = f"{counted(missing, 'missing day')} {where}"
        return Verdict(passed=False, expected=self._expected(), actual=actual)

    def _expected(self) -> str:
        return f"no day missing in {self.column}"
