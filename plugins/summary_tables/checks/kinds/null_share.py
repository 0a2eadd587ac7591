"""`- null_share: {column: ..., max: ...}`: how much of a column may be empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_UP, Decimal
from typing import ClassVar

from summary_tables.checks.check import Answer, CheckResult, Flaw
from summary_tables.checks.check_sql import column_sql, table_sql
from summary_tables.checks.messages import counted, number_words
from summary_tables.checks.named_check import ColumnCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class NullShare(ColumnCheck):
    """At most the part `max`, from 0 to 1, of the rows has NULL in `column`. A table without rows passes."""

    KEY: ClassVar[str] = "null_share"
    HAS_SHARES: ClassVar[bool] = True
    OTHER_KEYS: ClassVar[Mapping[str, str]] = {"share": "max", "max_share": "max", "percent": "max", "at_most": "max"}
    width: ClassVar[int] = 2

    max: int | float

    @property
    def sql(self) -> str:
        nulls = f"COUNT(1) - COUNT({column_sql(self.column)})"
        return f"SELECT {nulls} AS nulls, COUNT(1) AS found FROM {table_sql(self.looks_at)}"

    def judge(self, answer: Answer) -> CheckResult:
        ((nulls, rows),) = answer
        passed = Decimal(nulls) <= Decimal(str(self.max)) * rows
        return CheckResult(passed=passed, expected=self._expected(), actual=_actual(nulls, rows))

    def never_fails(self, *, counts: bool) -> Flaw | None:  # noqa: ARG002 - of queries only
        if self.max != 1:
            return None
        fix = "write a smaller share, such as `max: 0.05` for 5 percent"
        return Flaw(key="max", why="1 is 100 percent of the rows", fix=fix)

    def _expected(self) -> str:
        return f"at most {number_words(Decimal(str(self.max)) * 100)}% empty values in {self.column}"


def _actual(nulls: int, rows: int) -> str:
    if not rows:
        return "no rows"
    # Rounded up: a share beyond the limit never reads as if it were the limit.
    share = (Decimal(100) * nulls / rows).quantize(Decimal("0.01"), ROUND_UP)
    return f"{number_words(share)}% ({nulls:,} of {counted(rows, 'row')})"
