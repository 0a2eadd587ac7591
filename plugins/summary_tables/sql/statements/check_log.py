"""The check log: a row each time that a check was run."""

from typing import Protocol

from summary_tables.model.build import BuildRun
from summary_tables.model.check_run import CheckRun
from summary_tables.model.table import SummaryTable


class CheckLogStatements(Protocol):
    """The check log: a row each time that a check was run."""

    def log_check(self, table: SummaryTable, run: BuildRun, checked: CheckRun) -> str:
        """The row of one check of `table` that `run` asked, now."""

    def failing_runs(self, table: SummaryTable, checked: CheckRun) -> str:
        """The runs in which a check failed since it last passed, first to last: run id, when it was due.

        A check is the same as long as its step and its key are; of rows from before there were keys, its name.
        """
