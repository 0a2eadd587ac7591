"""`- matches: {column: ..., pattern: ...}`: how the texts of a column are spelt."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from summary_tables.checks.bad_values import WIDTH, bad_values_sql, samples_words
from summary_tables.checks.check import Answer, Verdict
from summary_tables.checks.check_sql import column_sql, table_sql, text_sql
from summary_tables.checks.check_words import counted, of_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Each text of `column` matches the regular expression `pattern`; NULL is left out."""

    KEY: ClassVar[str] = "matches"
    IS_QUERY: ClassVar[bool] = False
    width: ClassVar[int] = WIDTH

    column: str
    pattern: str
    looks_at: str = ""
    name: str = ""

    @property
    def sql(self) -> str:
        condition = f"{column_sql(self.column)} !~ {text_sql(self.pattern)}"
        return bad_values_sql(table_sql(self.looks_at), self.column, condition)

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
            f"{counted(bad, 'row')} that {'does' if bad == 1 else 'do'} not match{samples_words(samples, bad)}"
            if bad
            else "no other text"
        )
        return Verdict(passed=not bad, expected=self._expected(), actual=actual)

    def _expected(self) -> str:
        return f"{self.column} like {self.pattern}"
