"""`- not_null: [...]`: columns that have a value in each row."""

from dataclasses import dataclass
from typing import ClassVar

from summary_tables.checks.check import Answer, CheckResult
from summary_tables.checks.check_sql import column_sql, table_sql
from summary_tables.checks.messages import counted
from summary_tables.checks.named_check import ColumnsCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class NotNull(ColumnsCheck):
    """No row has NULL in one of `columns`. An empty text is a value."""

    KEY: ClassVar[str] = "not_null"
    OTHER_NAMES: ClassVar[tuple[str, ...]] = ("missing", "missing_count", "not_empty", "no_nulls")

    @property
    def sql(self) -> str:
        counts = ",\n".join(
            f"  COUNT(1) - COUNT({column_sql(column)}) AS nulls_{number}"
            for number, column in enumerate(self.columns, start=1)
        )
        return f"SELECT\n{counts}\nFROM {table_sql(self.looks_at)}"

    @property
    def width(self) -> int:
        return len(self.columns)

    def judge(self, answer: Answer) -> CheckResult:
        (nulls,) = answer
        found = [f"{counted(number, 'NULL')} in {column}" for column, number in zip(self.columns, nulls, strict=True)]
        wrong = [words for words, number in zip(found, nulls, strict=True) if number]
        return CheckResult(passed=not wrong, expected=self._expected(), actual=", ".join(wrong) or "no NULL")

    def _expected(self) -> str:
        return f"no empty value in {', '.join(self.columns)}"
