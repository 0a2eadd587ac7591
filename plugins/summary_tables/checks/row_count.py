"""`- row_count: {min: ..., max: ...}`: how many rows there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from summary_tables.checks.check import Answer, Verdict
from summary_tables.checks.check_sql import table_sql
from summary_tables.checks.check_words import counted, in_table, is_within, limits_words


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCount:
    """The table has at least `min` and at most `max` rows."""

    KEY: ClassVar[str] = "row_count"
    IS_QUERY: ClassVar[bool] = False
    width: ClassVar[int] = 1
    columns: ClassVar[tuple[str, ...]] = ()

    min: int | None = None
    max: int | None = None
    looks_at: str = ""
    name: str = ""

    @property
    def sql(self) -> str:
        return f"SELECT COUNT(1) AS found FROM {table_sql(self.looks_at)}"

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        return cls(**item[cls.KEY], looks_at=item.get("table", ""), name=item.get("name", ""))

    def label(self) -> str:
        return self.name or f"{self._expected()}{in_table(self.looks_at)}"

    def judge(self, answer: Answer) -> Verdict:
        ((rows,),) = answer
        return Verdict(
            passed=is_within(rows, self.min, self.max), expected=self._expected(), actual=counted(rows, "row")
        )

    def _expected(self) -> str:
        last = self.min if self.max is None else self.max
        return f"{limits_words(self.min, self.max)} row{'' if last == 1 else 's'}"
