"""`- not_null: [...]`: columns that have a value in each row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from summary_tables.checks.check import Answer, Verdict
from summary_tables.checks.check_sql import column_sql, table_sql
from summary_tables.checks.check_words import counted, of_table


@dataclass(frozen=True, slots=True, kw_only=True)
class NotNull:
    """No row has NULL in one of `columns`. An empty text is a value."""

    KEY: ClassVar[str] = "not_null"
    IS_QUERY: ClassVar[bool] = False

    columns: tuple[str, ...]
    looks_at: str = ""
    name: str = ""

    @property
    def sql(self) -> str:
        counts = ",\n".join(
            f"  COUNT(1) - COUNT({column_sql(column)}) AS nulls_{number}"
            for number, column in enumerate(self.columns, start=1)
        )
        return f"SELECT\n{counts}\nFROM {table_sql(self.looks_at)}"

    @property
    def width(self) -> int:
        return len(self.columns)

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        named = item[cls.KEY]
        columns = (named,) if isinstance(named, str) else tuple(named)
        return cls(columns=columns, looks_at=item.get("table", ""), name=item.get("name", ""))

    def label(self) -> str:
        return self.name or f"{self._expected()}{of_table(self.looks_at)}"

    def judge(self, answer: Answer) -> Verdict:
        (nulls,) = answer
        found = [f"{counted(number, 'NULL')} in {column}" for column, number in zip(self.columns, nulls, strict=True)]
        wrong = [words for words, number in zip(found, nulls, strict=True) if number]
        return Verdict(passed=not wrong, expected=self._expected(), actual=", ".join(wrong) or "no NULL")

    def _expected(self) -> str:
        return f"no empty value in {', '.join(self.columns)}"
