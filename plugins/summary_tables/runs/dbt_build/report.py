"""What is told of a run of a dbt project: what failed and what warned."""

from dataclasses import dataclass

from summary_tables.runs.run_failure import RunFailure
from summary_tables.runs.run_warnings import RunWarnings
from summary_tables.text.english import counted

_ALL_THE_SAME = "What was to be built was built all the same."


@dataclass(frozen=True, slots=True, kw_only=True)
class DbtRunFailure(RunFailure):
    """`table` is the project's. Of one failure the headline names what it is about."""

    @property
    def headline(self) -> str:
        if len(self.failures) == 1:
            return f"{self._what} failed: {self.failures[0].table}"
        return f"{self._what} failed: {self.table}"

    @property
    def live(self) -> str:
        return (
            self.failures[0].live if self.failures else "What was built by then holds new rows, all else its old ones."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DbtRunWarnings(RunWarnings):
    """Tests and sources that warn."""

    @property
    def headline(self) -> str:
        number = len(self.warnings)
        if number == 1:
            only = self.warnings[0]
            return f"{'Source' if only.step == 'source_freshness' else 'Test'} warned: {only.table}"
        return f"{counted(number, 'warning')}: {self.table}"

    @property
    def live(self) -> str:
        return _ALL_THE_SAME

    def __str__(self) -> str:
        return " ".join((*(warning.sentence for warning in self.warnings), _ALL_THE_SAME))


def built_note(tables: int, tests: int, warned: int) -> str:
    """What the run did, for the note that Airflow shows beside it."""
    warnings = f", {warned:,} warned" if warned else ""
    return f"Built {counted(tables, 'table')}; {counted(tests, 'test')} passed{warnings}."
