"""What a preview found, for those who print it."""

from dataclasses import dataclass, field

from summary_tables.model.check_run import CheckRun
from summary_tables.model.column import Column
from summary_tables.model.failure import Refusal
from summary_tables.runs.dates import RunDates
from summary_tables.sql.query_grain import Span

Row = tuple[str | None, ...]
"""Values as the warehouse writes them; None is NULL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The new table: its rows, how long they took, its columns, and its first rows, in the order of `ordered_by`.

    `ordered_by` is empty where the rows come in no order. A value is cut to `FETCHED_CHARACTERS`.
    """

    rows: int
    seconds: float
    columns: tuple[Column, ...]
    first_rows: tuple[Row, ...]
    ordered_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """What publishing would do, or why it would be `refused`: one or more plain sentences."""

    words: str
    refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenTable:
    """A summary table of the folder that a query reads.

    `result`: it was built in this preview; None: it is taken as it stands in the warehouse. `reason`: why it was built
    although it stands there.
    """

    table: str
    result: "PreviewResult | None" = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewResult:
    """`refusal` says why there is no `built`, and so neither output checks nor publishing.

    `export`: what would be written to a sheet, or why nothing; None: the table goes to none.

    `part` is what the run builds of its interval, where others have added the rest. `reads`: the summary tables of the
    folder that it reads, also through those that were built for it.
    """

    table: str
    dates: RunDates
    input_checks: tuple[CheckRun, ...] = ()
    built: Built | None = None
    refusal: Refusal | None = None
    output_checks: tuple[CheckRun, ...] = ()
    publishing: Publishing | None = field(default=None)
    export: str | Refusal | None = None
    part: Span | None = None
    reads: tuple[TakenTable, ...] = ()

    @property
    def build_error(self) -> str:
        """The words of `refusal`; empty where there is none."""
        return self.refusal.error if self.refusal else ""

    @property
    def failed_checks(self) -> tuple[CheckRun, ...]:
        """Those that would stop a run."""
        checks = (*self.input_checks, *self.output_checks)
        return tuple(check for check in checks if not check.passed and check.severity == "error")

    @property
    def unpublished_reads(self) -> "tuple[PreviewResult, ...]":
        """Those of the tables built for it that a run would not publish."""
        return tuple(taken.result for taken in self.reads if taken.result and not taken.result.passed)

    @property
    def passed(self) -> bool:
        """A run would publish."""
        return not self.failed_checks and self.publishing is not None and not self.publishing.refused


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainResult:
    """One table, and those that read it, each against what was built before. `left_out`: readers not previewed."""

    table: PreviewResult
    readers: tuple[PreviewResult, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Runs would publish all of them, and what was built for them, and write to the sheets what belongs there."""
        results = (self.table, *self.readers)
        return all(
            result.passed and not result.unpublished_reads and not isinstance(result.export, Refusal)
            for result in results
        )
