"""One number made of a whole column: what `sum` and `average` share."""

from dataclasses import dataclass
from typing import ClassVar

from summary_tables.checks.check import Answer, Verdict
from summary_tables.checks.check_sql import column_sql, table_sql
from summary_tables.checks.check_words import found_words, is_within, limits_words, number_of
from summary_tables.checks.named_check import ColumnCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate(ColumnCheck):
    """What `FUNCTION` makes of `column` is from `min` to `max`; NULL is left out. A table without a value fails."""

    KEY: ClassVar[str]
    """Also what people call the number."""
    FUNCTION: ClassVar[str]
    width: ClassVar[int] = 1

    min: int | float | None = None
    max: int | float | None = None

    @property
    def sql(self) -> str:
        return f"SELECT {self.FUNCTION}({column_sql(self.column)}) AS found FROM {table_sql(self.looks_at)}"

    def judge(self, answer: Answer) -> Verdict:
        ((value,),) = answer
        number = number_of(value)
        passed = number is not None and is_within(number, self.min, self.max)
        return Verdict(passed=passed, expected=self._expected(), actual=found_words(value))

    def _expected(self) -> str:
        return f"the {self.KEY} of {self.column} {limits_words(self.min, self.max, 'from ')}"
