"""`- freshness: {column: ..., within_hours: ...}`: how old the newest value of a column may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from typing import ClassVar

from summary_tables.checks.check import Answer, CheckResult
from summary_tables.checks.check_sql import column_sql, table_sql
from summary_tables.checks.messages import NO_VALUE, counted
from summary_tables.checks.named_check import ColumnCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness(ColumnCheck):
    """The newest value of `column` is at most `within_hours` older than the end of what the run covers.

    Times without a time zone are in that of the session, the table's. A table without a value fails, and so does one
    whose newest value is a stand-in such as 9999-12-31 or infinity: it would hide that nothing comes in any more.
    """

    KEY: ClassVar[str] = "freshness"
    OTHER_NAMES: ClassVar[tuple[str, ...]] = ("recency",)
    OTHER_KEYS: ClassVar[Mapping[str, str]] = {
        "hours": "within_hours",
        "within": "within_hours",
        "max_age": "within_hours",
        "max_hours": "within_hours",
        "max_age_hours": "within_hours",
        "warn_after": "within_hours",
        "error_after": "within_hours",
        "time_column": "column",
    }
    WRONG_TYPES: ClassVar[frozenset[str]] = frozenset(
        {"smallint", "integer", "bigint", "numeric", "real", "double precision", "boolean"}
    )

    within_hours: int | float

    @property
    def width(self) -> int:
        return 2 if self.samples else 1

    @property
    def sql(self) -> str:
        newest = f"SELECT CAST(MAX({column_sql(self.column)}) AS VARCHAR) AS newest FROM {table_sql(self.looks_at)}"
        return (
            "SELECT\n"
            "  EXTRACT(EPOCH FROM CAST('{{ data_interval_end }}' AS TIMESTAMPTZ))\n"
            f"  - EXTRACT(EPOCH FROM CAST(newest AS TIMESTAMPTZ)) AS age_seconds{_NEWEST if self.samples else ''}\n"
            f"FROM (\n  {newest}\n) AS newest_value"
        )

    def judge(self, answer: Answer) -> CheckResult:
        ((age_seconds, *newest),) = answer
        if age_seconds is None:
            return CheckResult(passed=False, expected=self._expected(), actual=NO_VALUE)
        hours = Decimal(str(age_seconds)) / 3600
        which = f"{newest[0]}, which is" if newest else "one that is"
        actual = f"{which} {_age_words(hours)} the end of the run's interval"
        if -hours > _MOST_HOURS_AHEAD:
            actual += ": it only stands for a time, so when the newest row came is not known"
        passed = -_MOST_HOURS_AHEAD <= hours <= Decimal(str(self.within_hours))
        return CheckResult(passed=passed, expected=self._expected(), actual=actual)

    def _expected(self) -> str:
        return f"the newest {self.column} within {counted(self.within_hours, 'hour')}"


# Fifty years: a run of the past may well find rows of today, and no row comes from so far behind it.
_MOST_HOURS_AHEAD = 50 * 365 * 24

# Of more than forty days nobody counts the hours.
_MOST_HOURS = 1000

_NEWEST = ",\n  newest"


def _age_words(hours: Decimal) -> str:
    if not hours.is_finite():
        return "after" if hours < 0 else "before"
    # Rounded up: an age beyond the limit never reads as if it were the limit.
    age = abs(hours).quantize(Decimal("0.1"), ROUND_UP)
    words = counted(age, "hour") if age < _MOST_HOURS else counted((age / 24).quantize(Decimal(1), ROUND_UP), "day")
    return f"{words} {'before' if hours >= 0 else 'after'}"
