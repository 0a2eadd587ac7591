"""`- row_count_change: {max_decrease_percent: ...}`: how many rows there are against an earlier build."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Literal

from summary_tables.checks.change import Change, Percent
from summary_tables.checks.check import Answer, CheckResult, Flaw
from summary_tables.checks.check_sql import EARLIER_BUILDS, NEW_TABLE
from summary_tables.checks.messages import counted, moment_words, number_words
from summary_tables.checks.named_check import NamedCheck

ComparedTo = Literal["previous_build", "same_weekday"]

_WORDS: dict[ComparedTo, str] = {
    "previous_build": "the previous build",
    "same_weekday": "the last build of the same weekday",
}
_NONE: dict[ComparedTo, str] = {
    "previous_build": "there is no earlier build to compare with",
    "same_weekday": "there is no earlier build of the same weekday to compare with",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCountChange(NamedCheck):
    """The new build has about as many rows as the one before it, or the one before it of the same day of the week.

    Builds count that were published, of runs that were due earlier; weekdays are those of the table's zone. Where a run
    adds rows to a table, it is compared with what an earlier run added. The first build passes.
    """

    KEY: ClassVar[str] = "row_count_change"
    NOT_OF_WHOLE_TABLE: ClassVar[str] = "compares what a run adds with what others added, and not the whole table"
    OTHER_NAMES: ClassVar[tuple[str, ...]] = ("row_count_delta",)
    width: ClassVar[int] = 3
    columns: ClassVar[tuple[str, ...]] = ()

    max_decrease_percent: Percent = None
    max_increase_percent: Percent = None
    compared_to: ComparedTo = "previous_build"

    @property
    def sql(self) -> str:
        weekday = "  WHERE is_same_weekday\n" if self.compared_to == "same_weekday" else ""
        return (
            "SELECT checked.found, earlier.row_count, earlier.run_at\n"
            f"FROM (SELECT COUNT(1) AS found FROM {NEW_TABLE}) AS checked\n"
            f"LEFT JOIN (\n  SELECT row_count, run_at FROM {EARLIER_BUILDS} AS builds\n"
            f"{weekday}  ORDER BY run_at DESC, published_at DESC\n  LIMIT 1\n) AS earlier ON 1 = 1"
        )

    def _asked(self) -> str:
        return f"{self.KEY} {self.compared_to}"

    def judge(self, answer: Answer) -> CheckResult:
        ((rows, before, run_at),) = answer
        passed = before is None or self._change.is_within(Decimal(rows), Decimal(before))
        return CheckResult(passed=passed, expected=self._expected(), actual=self._actual(rows, before, run_at))

    def never_fails(self, *, counts: bool) -> Flaw | None:  # noqa: ARG002 - of queries only
        if self.max_decrease_percent != 100 or self.max_increase_percent is not None:
            return None
        return Flaw(
            key="max_decrease_percent",
            why="no build has fewer than 0 rows",
            fix="write a smaller percentage, such as `max_decrease_percent: 10`",
        )

    @property
    def _change(self) -> Change:
        return Change(
            max_decrease_percent=self.max_decrease_percent,
            max_increase_percent=self.max_increase_percent,
            less="fewer",
            more="more",
        )

    def _expected(self) -> str:
        return f"rows {self._change.limit_words()} than {_WORDS[self.compared_to]}"

    def _actual(self, rows: int, before: int | None, run_at: datetime | None) -> str:
        found = counted(rows, "row")
        if before is None or run_at is None:
            return f"{found}; {_NONE[self.compared_to]}"
        if rows == before:
            return f"{found}, as many as in the build of {moment_words(run_at)}"
        if not before:
            return f"{found}, where the build of {moment_words(run_at)} had none"
        change = self._change.words(Decimal(rows), Decimal(before))
        return f"{found}, {change} than the {number_words(before)} of {moment_words(run_at)}"
