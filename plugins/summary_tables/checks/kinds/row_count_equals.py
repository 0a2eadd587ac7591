"""`- row_count_equals: {table: ...}`: as many rows as another table has."""

from dataclasses import dataclass
from typing import ClassVar

from summary_tables.checks.check import Answer, CheckResult, Flaw, OtherTable
from summary_tables.checks.check_sql import table_sql
from summary_tables.checks.messages import counted, in_table
from summary_tables.checks.named_check import NamedCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCountEquals(NamedCheck):
    """The table has as many rows as `table`."""

    KEY: ClassVar[str] = "row_count_equals"
    OTHER_NAMES: ClassVar[tuple[str, ...]] = ("equal_rowcount",)
    width: ClassVar[int] = 2
    columns: ClassVar[tuple[str, ...]] = ()

    table: str

    @property
    def others(self) -> tuple[OtherTable, ...]:
        return (OtherTable(key="table", table=self.table),)

    def never_fails(self, *, counts: bool) -> Flaw | None:  # noqa: ARG002 - of queries only
        if self.table != self.looks_at:
            return None
        return Flaw(key="table", why="it compares a table with itself", fix="name another table")

    @property
    def sql(self) -> str:
        rows = f"(SELECT COUNT(1) FROM {table_sql(self.looks_at)})"
        return f"SELECT {rows} AS found, (SELECT COUNT(1) FROM {table_sql(self.table)}) AS wanted"

    def _asked(self) -> str:
        return f"{self.KEY} {self.table}"

    def label(self) -> str:
        return self.name or f"as many rows as {self.table}{in_table(self.looks_at)}"

    def judge(self, answer: Answer) -> CheckResult:
        ((rows, others),) = answer
        expected = f"{counted(others, 'row')} as in {self.table}"
        return CheckResult(passed=rows == others, expected=expected, actual=counted(rows, "row"))
