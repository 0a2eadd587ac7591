"""A run that published its table although checks of severity `warn` did not hold, or rows are missing."""

from dataclasses import dataclass

from summary_tables.model.failure import Failure
from summary_tables.runs.report import RunReport

_PUBLISHED = "The table was published all the same."


@dataclass(frozen=True, slots=True, kw_only=True)
class RunWarnings(RunReport):
    """`warnings` has at least one, in the order of the DAG."""

    warnings: tuple[Failure, ...]

    @property
    def sign(self) -> str:
        return "⚠️"

    @property
    def is_urgent(self) -> bool:
        return False

    @property
    def headline(self) -> str:
        """E.g. `Check warned: analytics.nps_summary`."""
        number = len(self.warnings)
        if all(warning.check for warning in self.warnings):
            return f"{'Check' if number == 1 else f'{number} checks'} warned: {self.table}"
        return f"{'Rows missing' if number == 1 else f'{number} warnings'}: {self.table}"

    @property
    def explanation(self) -> str:
        words = self.warnings[0].reason
        return words[:1].upper() + words[1:]

    @property
    def live(self) -> str:
        return _PUBLISHED

    @property
    def first(self) -> Failure | None:
        return self.warnings[0]

    @property
    def lists(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return (("Also warned", tuple(warning.sentence for warning in self.warnings[1:])),)

    def __str__(self) -> str:
        """The whole of it in one line of plain words."""
        return " ".join((*(warning.sentence for warning in self.warnings), _PUBLISHED))
