"""`- unique: [...]`: a column, or a combination of them, of which no two rows have the same values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from summary_tables.checks.bad_values import WIDTH, repeated_values_sql, samples_words
from summary_tables.checks.check import Answer, Verdict
from summary_tables.checks.check_sql import table_sql
from summary_tables.checks.check_words import counted, of_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Unique:
    """No two rows have the same values in `columns`. As in a unique index, rows with a NULL in them do not count."""

    KEY: ClassVar[str] = "unique"
    IS_QUERY: ClassVar[bool] = False
    width: ClassVar[int] = WIDTH

    columns: tuple[str, ...]
    looks_at: str = ""
    name: str = ""

    @property
    def sql(self) -> str:
        return repeated_values_sql(table_sql(self.looks_at), self.columns)

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        named = item[cls.KEY]
        columns = (named,) if isinstance(named, str) else tuple(named)
        return cls(columns=columns, looks_at=item.get("table", ""), name=item.get("name", ""))

    def label(self) -> str:
        return self.name or f"one row for each {self._value()}{of_table(self.looks_at)}"

    def judge(self, answer: Answer) -> Verdict:
        ((repeated, *samples),) = answer
        words = counted(repeated, "value" if len(self.columns) == 1 else "combination")
        verb = "stands" if repeated == 1 else "stand"
        actual = (
            f"{words} that {verb} in several rows{samples_words(samples, repeated)}" if repeated else "no value twice"
        )
        return Verdict(passed=not repeated, expected=f"one row for each {self._value()}", actual=actual)

    def _value(self) -> str:
        return " and ".join(self.columns)
