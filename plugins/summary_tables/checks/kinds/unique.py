"""`- unique: [...]`: a column, or a combination of them, of which no two rows have the same values."""

from dataclasses import dataclass
from typing import ClassVar

from summary_tables.checks.bad_values import repeated_values_sql, samples_words, width
from summary_tables.checks.check import Answer, CheckResult
from summary_tables.checks.check_sql import table_sql
from summary_tables.checks.messages import counted
from summary_tables.checks.named_check import ColumnsCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Unique(ColumnsCheck):
    """No two rows have the same values in `columns`. As in a unique index, rows with a NULL in them do not count."""

    KEY: ClassVar[str] = "unique"
    IS_KEY: ClassVar[bool] = True
    OTHER_NAMES: ClassVar[tuple[str, ...]] = (
        "duplicate",
        "duplicates",
        "duplicate_count",
        "unique_values",
        "unique_combination_of_columns",
        "primary_key",
    )

    @property
    def width(self) -> int:
        return width(samples=self.samples)

    @property
    def sql(self) -> str:
        return repeated_values_sql(table_sql(self.looks_at), self.columns, samples=self.samples)

    def judge(self, answer: Answer) -> CheckResult:
        ((repeated, *samples),) = answer
        words = counted(repeated, "value" if len(self.columns) == 1 else "combination")
        verb = "stands" if repeated == 1 else "stand"
        actual = (
            f"{words} that {verb} in several rows{samples_words(samples, repeated)}" if repeated else "no value twice"
        )
        return CheckResult(passed=not repeated, expected=self._expected(), actual=actual)

    def _expected(self) -> str:
        return f"one row for each {' and '.join(self.columns)}"
