"""What the kinds share that look at each value of a column: they count the wrong ones and show some."""

from dataclasses import dataclass
from typing import ClassVar

from summary_tables.checks.bad_values import bad_values_sql, samples_words, width
from summary_tables.checks.check import Answer, CheckResult
from summary_tables.checks.check_sql import table_sql
from summary_tables.checks.messages import counted
from summary_tables.checks.named_check import ColumnCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueCheck(ColumnCheck):
    """No row has a wrong value in `column`; NULL is left out."""

    WRONG: ClassVar[tuple[str, str]]
    """What is said of one row with a wrong value, and of several, behind their number."""
    NONE_WRONG: ClassVar[str]

    @property
    def width(self) -> int:
        return width(samples=self.samples)

    @property
    def sql(self) -> str:
        return bad_values_sql(table_sql(self.looks_at), self.column, self._wrong(), samples=self.samples)

    def judge(self, answer: Answer) -> CheckResult:
        ((bad, *samples),) = answer
        wrong = self.WRONG[0 if bad == 1 else 1]
        actual = f"{counted(bad, 'row')} {wrong}{samples_words(samples, bad)}" if bad else self.NONE_WRONG
        return CheckResult(passed=not bad, expected=self._expected(), actual=actual)

    def _wrong(self) -> str:
        """The condition, in SQL, that the rows with a wrong value meet. The table is called `checked` in it."""
        raise NotImplementedError
