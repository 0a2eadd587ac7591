"""`- no_gaps: {column: ...}`: a column of days, without one missing in between."""

from dataclasses import dataclass
from typing import ClassVar

from summary_tables.checks.check import Answer, CheckResult
from summary_tables.checks.check_sql import column_sql, table_sql
from summary_tables.checks.messages import counted
from summary_tables.checks.named_check import ColumnCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class NoGaps(ColumnCheck):
    """Between the first and the last day in `column` none is missing; NULL is left out."""

    KEY: ClassVar[str] = "no_gaps"
    NEEDS_COLUMN_ONLY: ClassVar[bool] = True
    OTHER_NAMES: ClassVar[tuple[str, ...]] = ("gaps",)

    @property
    def width(self) -> int:
        return 3 if self.samples else 1

    @property
    def sql(self) -> str:
        days = f"SELECT DISTINCT CAST({column_sql(self.column)} AS DATE) AS day FROM {table_sql(self.looks_at)}"
        return (
            f"SELECT COALESCE(SUM(next_day - day - 1), 0) AS missing{_MISSING_DAYS if self.samples else ''}\n"
            "FROM (\n"
            "  SELECT day, LEAD(day) OVER (ORDER BY day) AS next_day\n"
            f"  FROM ({days}) AS days\n"
            "  WHERE day IS NOT NULL\n"
            ") AS neighbours"
        )

    def judge(self, answer: Answer) -> CheckResult:
        ((missing, *days),) = answer
        actual = f"{counted(missing, 'missing day')}{_days_words(missing, *days)}" if missing else "no missing day"
        return CheckResult(passed=not missing, expected=self._expected(), actual=actual)

    def _expected(self) -> str:
        return f"no day missing in {self.column}"


_MISSING_DAYS = (
    ",\n"
    "  CAST(MIN(CASE WHEN next_day > day + 1 THEN day + 1 END) AS VARCHAR) AS first_missing,\n"
    "  CAST(MAX(CASE WHEN next_day > day + 1 THEN next_day - 1 END) AS VARCHAR) AS last_missing"
)


def _days_words(missing: int, first: str = "", last: str = "") -> str:
    if not first:
        return ""
    return f" ({first})" if missing == 1 else f" (the first {first}, the last {last})"
