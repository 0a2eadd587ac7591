"""One check of a file that was run, and what came of it: what the log stores and a preview shows."""

from dataclasses import dataclass

from summary_tables.checks import CheckName, CheckResult, Severity
from summary_tables.model.failure import Refusal
from summary_tables.model.table import CheckStep


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRun:
    """`position` is the place of the check in its list in the file, from 1.

    `result` is what it found, or why it could not be asked, and `seconds` how long that took. `version` is what was
    checked; empty before the build.
    """

    step: CheckStep
    position: int
    name: CheckName
    severity: Severity
    result: CheckResult | Refusal
    seconds: float = 0.0
    version: str = ""

    @property
    def passed(self) -> bool:
        """It was asked, and it held."""
        return isinstance(self.result, CheckResult) and self.result.passed

    @property
    def expected(self) -> str:
        """In words; empty where it could not be asked."""
        return self.result.expected if isinstance(self.result, CheckResult) else ""

    @property
    def actual(self) -> str:
        """In words; empty where it could not be asked."""
        return self.result.actual if isinstance(self.result, CheckResult) else ""

    @property
    def error(self) -> str:
        """Why it could not be asked: plain sentences; empty where it was."""
        return self.result.error if isinstance(self.result, Refusal) else ""
