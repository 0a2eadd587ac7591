"""`- row_count: {min: ..., max: ...}`: how many rows there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from summary_tables.checks.bounds import crossed
from summary_tables.checks.check import Answer, CheckResult, Flaw
from summary_tables.checks.check_sql import table_sql
from summary_tables.checks.messages import counted, in_table, is_within, limits_words
from summary_tables.checks.named_check import NamedCheck
from summary_tables.text.english import plural


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCount(NamedCheck):
    """The table has at least `min` and at most `max` rows."""

    KEY: ClassVar[str] = "row_count"
    NUMBER_MEANS: ClassVar[str] = "min"
    OTHER_NAMES: ClassVar[tuple[str, ...]] = ("rows", "number_of_rows", "min_row_count")
    OTHER_KEYS: ClassVar[Mapping[str, str]] = {
        "at_least": "min",
        "minimum": "min",
        "count": "min",
        "at_most": "max",
        "maximum": "max",
    }
    width: ClassVar[int] = 1
    columns: ClassVar[tuple[str, ...]] = ()

    min: int | None = None
    max: int | None = None

    @property
    def sql(self) -> str:
        return f"SELECT COUNT(1) AS found FROM {table_sql(self.looks_at)}"

    def label(self) -> str:
        return self.name or f"{self._expected()}{in_table(self.looks_at)}{self._where}"

    def never_fails(self, *, counts: bool) -> Flaw | None:  # noqa: ARG002 - of queries only
        if self.min != 0 or self.max is not None:
            return None
        return Flaw(key="min", why="no table has fewer than 0 rows", fix="write `min: 1` if there must be some rows")

    def never_passes(self, *, counts: bool) -> Flaw | None:  # noqa: ARG002 - of queries only
        return crossed(self.min, self.max)

    def judge(self, answer: Answer) -> CheckResult:
        ((rows,),) = answer
        return CheckResult(
            passed=is_within(rows, self.min, self.max), expected=self._expected(), actual=counted(rows, "row")
        )

    def _expected(self) -> str:
        last = self.min if self.max is None else self.max
        return f"{limits_words(self.min, self.max)} {plural(last or 0, 'row')}"
