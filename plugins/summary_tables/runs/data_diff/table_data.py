"""One table of a change as it would be built, beside what there is: for those who tell of it."""

from dataclasses import dataclass
from typing import Literal

from summary_tables.model.check_run import CheckRun
from summary_tables.model.column import Column
from summary_tables.model.data_diff import ColumnProfile, DataDiff
from summary_tables.model.failure import Refusal
from summary_tables.sql.query_grain import Span
from summary_tables.text.moments import UTC_NAME

Before = Literal["live", "base", ""]
"""With what a new version is compared: what readers see now, or what the query of before gives on the same data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableData:
    """`refusal` says why there is less than all of it.

    `before_words` and `after_words` say what is compared: `the new query`. `span`: of a table that grows, the interval
    of the one run that is compared. `reads`: tables of the same change, which were read as they will be. `seconds`: how
    long its `rows` took. Without `diff`, where there is nothing to compare with, `profiles` say what the new table has.
    """

    table: str
    timezone: str = UTC_NAME
    before: Before = ""
    before_words: str = ""
    after_words: str = ""
    span: Span | None = None
    reads: tuple[str, ...] = ()
    rows: int | None = None
    seconds: float = 0.0
    columns: tuple[Column, ...] = ()
    input_checks: tuple[CheckRun, ...] = ()
    output_checks: tuple[CheckRun, ...] = ()
    diff: DataDiff | None = None
    profiles: tuple[ColumnProfile, ...] = ()
    refusal: Refusal | None = None

    @property
    def checks(self) -> tuple[CheckRun, ...]:
        return (*self.input_checks, *self.output_checks)

    @property
    def failed_checks(self) -> tuple[CheckRun, ...]:
        """Those that would stop a run."""
        return tuple(check for check in self.checks if not check.passed and check.severity == "error")
