"""`- freshness: {column: ..., within_hours: ...}`: how old the newest value of a column may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from summary_tables.checks.check import Answer, Verdict
from summary_tables.checks.check_sql import column_sql, table_sql
from summary_tables.checks.check_words import NO_VALUE, counted, of_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """The newest value of `column` is at most `within_hours` older than the end of what the run covers.

    Times without a time zone are UTC. A table without a value fails.
    """

    KEY: ClassVar[str] = "freshness"
    IS_QUERY: ClassVar[bool] = False
    width: ClassVar[int] = 3

    column: str
    within_hours: int | float
    looks_at: str = ""
    name: str = ""

    @property
    def sql(self) -> str:
        newest = f"SELECT CAST(MAX({column_sql(self.column)}) AS VARCHAR) AS newest FROM {table_sql(self.looks_at)}"
        moment = f"CASE WHEN newest ~ '{_HAS_ZONE}' THEN newest ELSE newest || ' UTC' END"
        return (
            "SELECT newest,\n"
            f"  EXTRACT(EPOCH FROM CAST({moment} AS TIMESTAMPTZ)) AS newest_seconds,\n"
            "  EXTRACT(EPOCH FROM CAST('{{ data_interval_end }}' AS TIMESTAMPTZ)) AS end_seconds\n"
            f"FROM (\n  {newest}\n) AS newest_value"
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
        ((newest, newest_seconds, end_seconds),) = answer
        if newest is None:
            return Verdict(passed=False, expected=self._expected(), actual=NO_VALUE)
        hours = (Decimal(str(end_seconds)) - Decimal(str(newest_seconds))) / 3600
        actual = f"{newest}, which is {_age_words(hours)} the end of the run's interval"
        return Verdict(passed=hours <= Decimal(str(self.within_hours)), expected=self._expected(), actual=actual)

    def _expected(self) -> str:
        return f"the newest {self.column} within {counted(self.within_hours, 'hour')}"


# `03:00:00+09`, `03:00:00Z`, `infinity`: what must not be followed by a time zone. No backslash: see `text_sql`.
_HAS_ZONE = "(:[0-9.]+ ?[-+A-Z]|inf)"


def _age_words(hours: Decimal) -> str:
    if not hours.is_finite():
        return "after" if hours < 0 else "before"
    return f"{counted(round(abs(hours), 1), 'hour')} {'before' if hours >= 0 else 'after'}"
