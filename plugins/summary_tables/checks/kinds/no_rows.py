"""`- no_rows: SELECT ...`: a query that finds what is wrong, and must find nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from summary_tables.checks.bad_values import SAMPLES
from summary_tables.checks.check import Answer, CheckResult
from summary_tables.checks.check_item import CheckItem, beside_kind
from summary_tables.checks.check_sql import digest
from summary_tables.checks.messages import counted, value_words


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRows(CheckItem):
    """`query` returns no row."""

    KEY: ClassVar[str] = "no_rows"
    IS_QUERY: ClassVar[bool] = True
    OTHER_NAMES: ClassVar[tuple[str, ...]] = ("failed_rows",)
    looks_at: ClassVar[str] = ""
    columns: ClassVar[tuple[str, ...]] = ()

    query: str

    @property
    def width(self) -> int | None:
        return None if self.samples else 1

    @property
    def sql(self) -> str:
        return self.query if self.samples else f"SELECT COUNT(1) AS found FROM (\n{_inner(self.query)}\n) AS found_rows"

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        return cls(query=item[cls.KEY], **beside_kind(item))

    @property
    def asks(self) -> str:
        return f"{self.KEY} {digest(self.query)}"

    def label(self) -> str:
        return self.name or "no rows"

    @property
    def unexplained(self) -> str:
        return "" if self.name else self.query

    def judge(self, answer: Answer) -> CheckResult:
        actual = _rows_words(answer) if self.samples else _number_words(answer)
        return CheckResult(passed=not actual, expected="no rows", actual=actual or "none")


# None of this can be the end of a text or of a comment in which a `;` stands.
_NOTHING = re.compile(r"""(?:\s|--[^\n'"$*]*(?:\n|\Z)|/\*[^'"$*]*\*/)*""")


def _inner(query: str) -> str:
    """`query` as it may stand in brackets: without the semicolon at its end, and the comment behind that."""
    before, _, behind = query.rpartition(";")
    return (before if _NOTHING.fullmatch(behind) else query).rstrip("; \t\r\n")


def _number_words(answer: Answer) -> str:
    ((rows,),) = answer
    return counted(rows, "row") if rows else ""


def _rows_words(answer: Answer) -> str:
    if not answer:
        return ""
    shown = ", ".join(_row_words(row) for row in answer[:SAMPLES])
    number = f"more than {SAMPLES} rows, such as" if len(answer) > SAMPLES else f"{counted(len(answer), 'row')}:"
    return f"{number} {shown}"


def _row_words(row: tuple[Any, ...]) -> str:
    return f"({', '.join(map(value_words, row))})"
