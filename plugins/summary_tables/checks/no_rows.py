"""`- no_rows: SELECT ...`: a query that finds what is wrong, and must find nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from summary_tables.checks.bad_values import SAMPLES
from summary_tables.checks.check import Answer, Verdict
from summary_tables.checks.check_words import counted, value_words


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRows:
    """`query` returns no row."""

    KEY: ClassVar[str] = "no_rows"
    IS_QUERY: ClassVar[bool] = True
    width: ClassVar[None] = None
    looks_at: ClassVar[str] = ""
    columns: ClassVar[tuple[str, ...]] = ()

    query: str
    name: str = ""

    @property
    def sql(self) -> str:
        return self.query

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        return cls(query=item[cls.KEY], name=item.get("name", ""))

    def label(self) -> str:
        return self.name or "no rows"

    def judge(self, answer: Answer) -> Verdict:
        if not answer:
            return Verdict(passed=True, expected="no rows", actual="none")
        shown = ", ".join(_row_words(row) for row in answer[:SAMPLES])
        number = f"more than {SAMPLES} rows, such as" if len(answer) > SAMPLES else f"{counted(len(answer), 'row')}:"
        return Verdict(passed=False, expected="no rows", actual=f"{number} {shown}")


def _row_words(row: tuple[Any, ...]) -> str:
    return f"({', '.join(map(value_words, row))})"
