"""`- length: {column: ..., min: ..., max: ...}`: how long the texts of a column are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from summary_tables.checks.bad_values import WIDTH, bad_values_sql, samples_words
from summary_tables.checks.check import Answer, Verdict
from summary_tables.checks.check_sql import column_sql, table_sql
from summary_tables.checks.check_words import counted, limits_words, of_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """Each text of `column` has from `min` to `max` characters; NULL is left out."""

    KEY: ClassVar[str] = "length"
    IS_QUERY: ClassVar[bool] = False
    width: ClassVar[int] = WIDTH

    column: str
    min: int | None = None
    max: int | None = None
    looks_at: str = ""
    name: str = ""

    @property
    def sql(self) -> str:
        limits = (("<", self.min), (">", self.max))
        length = f"LENGTH({column_sql(self.column)})"
        outside = (f"{length} {sign} {limit}" for sign, limit in limits if limit is not None)
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
        actual = f"{counted(bad, 'row')} with another length{samples_words(samples, bad)}" if bad else "no other length"
        return Verdict(passed=not bad, expected=self._expected(), actual=actual)

    def _expected(self) -> str:
        last = self.min if self.max is None else self.max
        return f"{limits_words(self.min, self.max)} character{'' if last == 1 else 's'} in {self.column}"
