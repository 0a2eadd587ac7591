"""One number made of a whole column: what `sum` and `average` share."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from summary_tables.checks.bounds import crossed
from summary_tables.checks.change import Change, Percent
from summary_tables.checks.check import Answer, CheckResult, Flaw
from summary_tables.checks.check_sql import LIVE_TABLE, column_sql, table_sql
from summary_tables.checks.messages import found_words, is_within, limits_words, number_of, number_words
from summary_tables.checks.named_check import ColumnCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate(ColumnCheck):
    """What `FUNCTION` makes of `column` is from `min` to `max`, and not too far from what it makes of the live table.

    NULL is left out. A table without a value fails. Where readers see no value yet, nothing is compared.
    """

    KEY: ClassVar[str]
    """Also what people call the number."""
    FUNCTION: ClassVar[str]

    min: int | float | None = None
    max: int | float | None = None
    max_decrease_percent: Percent = None
    max_increase_percent: Percent = None

    @property
    def width(self) -> int:
        return 2 if self._compares else 1

    @property
    def sql(self) -> str:
        number, table = f"{self.FUNCTION}({column_sql(self.column)})", table_sql(self.looks_at)
        if not self._compares:
            return f"SELECT {number} AS found FROM {table}"
        return (
            f"SELECT (SELECT {number} FROM {table}) AS found,\n  (SELECT {number} FROM {LIVE_TABLE} AS live) AS before"
        )

    def judge(self, answer: Answer) -> CheckResult:
        ((value, *live),) = answer
        number, before = number_of(value), _finite(live)
        passed = number is not None and is_within(number, self.min, self.max)
        if passed and number is not None and before is not None:
            passed = self._change.is_within(number, before)
        actual = f"{found_words(value)}{self._against(number, before)}"
        return CheckResult(passed=passed, expected=self._expected(), actual=actual)

    def never_passes(self, *, counts: bool) -> Flaw | None:  # noqa: ARG002 - of queries only
        return crossed(self.min, self.max)

    @property
    def _compares(self) -> bool:
        return self.max_decrease_percent is not None or self.max_increase_percent is not None

    @property
    def _change(self) -> Change:
        return Change(
            max_decrease_percent=self.max_decrease_percent,
            max_increase_percent=self.max_increase_percent,
            less="lower",
            more="higher",
        )

    def _expected(self) -> str:
        limits = []
        if self.min is not None or self.max is not None:
            limits.append(limits_words(self.min, self.max, "from "))
        if self._compares:
            limits.append(f"{self._change.limit_words()} than readers see now")
        return f"the {self.KEY} of {self.column} {' and '.join(limits)}"

    def _against(self, number: Decimal | None, before: Decimal | None) -> str:
        """What follows the number."""
        if not self._compares or number is None:
            return ""
        if before is None:
            return "; readers see no value yet to compare with"
        if number == before:
            return ", as readers see now"
        if not before:
            return ", where readers see 0 now"
        return f", {self._change.words(number, before)} than the {number_words(before)} that readers see now"


def _finite(values: list[object]) -> Decimal | None:
    number = number_of(values[0]) if values else None
    return number if number is not None and number.is_finite() else None
