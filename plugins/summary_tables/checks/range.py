"""`- range: {column: ..., min: ..., max: ...}`: between what the values of a column lie."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from summary_tables.checks.bad_values import WIDTH, bad_values_sql, samples_words
from summary_tables.checks.check import Answer, Verdict
from summary_tables.checks.check_sql import column_sql, table_sql, value_sql
from summary_tables.checks.check_words import counted, limits_words, of_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Each value of `column` is from `min` to `max`; NULL is left out. Dates and times are texts here."""

    KEY: ClassVar[str] = "range"
    IS_QUERY: ClassVar[bool] = False
    width: ClassVar[int] = WIDTH

    column: str
    min: int | float | str | None = None
    max: int | float | str | None = None
    looks_at: str = ""
    name: str = ""

    @property
    def sql(self) -> str:
        column = column_sql(self.column)
        limits = (("<", self.min), (">", self.max))
        outside = (f"{column} {sign} {value_sql(limit)}" for sign, limit in limits if limit is not None)
        return bad_values_sql(table_sql(self.looks_at), self.column, " OR ".join(outside))

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        return cls(**item[cls.KEY], looks_at=item.get("table", ""), name=item.get("name", ""))

    def label(self) -> str:
        return self.name or f"{self._expected()}{of_table(self.looks_at)}"

    def judge(self, answer: Answer) -> Verdict:
        ((bad, *samples),) = answer
        actual = (
            f"{counted(bad, 'row')} outside of that{samples_words(samples, bad)}" if bad else "no value outside of that"
        )
        return Verdict(passed=not bad, expected=self._expected(), actual=actual)

    def _expected(self) -> str:
        return f"{self.column} {limits_words(self.min, self.max, 'from ')}"
