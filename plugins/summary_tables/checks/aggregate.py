"""One number made of a whole column: what `sum` and `average` share."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from summary_tables.checks.check import Answer, Verdict
from summary_tables.checks.check_sql import column_sql, table_sql
from summary_tables.checks.check_words import found_words, is_within, limits_words, number_of, of_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """What `FUNCTION` makes of `column` is from `min` to `max`; NULL is left out. A table without a value fails."""

    KEY: ClassVar[str]
    """Also what people call the number."""
    FUNCTION: ClassVar[str]
    IS_QUERY: ClassVar[bool] = False
    width: ClassVar[int] = 1

    column: str
    min: int | float | None = None
    max: int | float | None = None
    looks_at: str = ""
    name: str = ""

    @property
    def sql(self) -> str:
        return f"SELECT {self.FUNCTION}({column_sql(self.column)}) AS found FROM {table_sql(self.looks_at)}"

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        return cls(**item[cls.KEY], looks_at=item.get("table", ""), name=item.get("name", ""))

    def label(self) -> str:
        return self.name or f"{self._expected()}{of_table(self.looks_at)}"

    def judge(self, answer: Answer) -> Verdict:
        ((value,),) = answer
        number = number_of(value)
        passed = number is not None and is_within(number, self.min, self.max)
        return Verdict(passed=passed, expected=self._expected(), actual=found_words(value))

    def _expected(self) -> str:
        return f"the {self.KEY} of {self.column} {limits_words(self.min, self.max, 'from ')}"
