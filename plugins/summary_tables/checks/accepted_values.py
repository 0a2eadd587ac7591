"""`- accepted_values: {column: ..., values: [...]}`: the only values that a column has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from summary_tables.checks.bad_values import WIDTH, bad_values_sql, samples_words
from summary_tables.checks.check import Answer, Verdict
from summary_tables.checks.check_sql import column_sql, table_sql, text_sql
from summary_tables.checks.check_words import counted, of_table, values_words


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedValues:
    """`column` has only `values`; NULL is left out."""

    KEY: ClassVar[str] = "accepted_values"
    IS_QUERY: ClassVar[bool] = False
    width: ClassVar[int] = WIDTH

    column: str
    values: tuple[str | int | float | bool, ...]
    looks_at: str = ""
    name: str = ""

    @property
    def sql(self) -> str:
        # Quoted whatever they are: the type of the column decides how they are read.
        values = ", ".join(text_sql(_text(value)) for value in self.values)
        condition = f"{column_sql(self.column)} NOT IN ({values})"
        return bad_values_sql(table_sql(self.looks_at), self.column, condition)

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        options = {**item[cls.KEY], "values": tuple(item[cls.KEY]["values"])}
        return cls(**options, looks_at=item.get("table", ""), name=item.get("name", ""))

    def label(self) -> str:
        return self.name or f"{self._expected()}{of_table(self.looks_at)}"

    def judge(self, answer: Answer) -> Verdict:
        ((bad, *samples),) = answer
        actual = (
            f"{counted(bad, 'row')} with {'another value' if bad == 1 else 'other values'}{samples_words(samples, bad)}"
            if bad
            else "no other"
        )
        return Verdict(passed=not bad, expected=self._expected(), actual=actual)

    def _expected(self) -> str:
        return f"only {values_words(tuple(map(_text, self.values)))} in {self.column}"


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
