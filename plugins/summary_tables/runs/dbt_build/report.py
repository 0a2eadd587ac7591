"""What is told of a run of a dbt project: what failed and what warned."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from summary_tables.model.failure import STEP_WORDS, Step
from summary_tables.runs.run_failure import RunFailure
from summary_tables.runs.run_warnings import RunWarnings
from summary_tables.text.english import counted, listed

BUILT_BY_THEN: Final = "What was built by then holds new rows, all else its old ones."
_ALL_THE_SAME: Final = "What was to be built was built all the same."
_NOUNS: Final[Mapping[Step, str]] = {
    "source_freshness": "source",
    "model": "model",
    "test": "test",
    "unit_test": "unit test",
}
_MOST_NAMES: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class DbtRunFailure(RunFailure):
    """`table` is the project's. Of one failure the headline names what it is about."""

    @property
    def headline(self) -> str:
        only = self.failures[0] if len(self.failures) == 1 else None
        return f"{self._what} failed: {only.table if only else self.table}"

    @property
    def also(self) -> str:
        """All of it by name, as far as there is room."""
        names = [failure.label for failure in self.failures[1:]]
        more = [f"{len(names) - _MOST_NAMES:,} more"] if len(names) > _MOST_NAMES else []
        return f"Also failed: {listed([*names[:_MOST_NAMES], *more])}." if names else ""

    @property
    def live(self) -> str:
        return self.failures[0].live if self.failures else BUILT_BY_THEN

    @property
    def _what(self) -> str:
        steps = Counter(failure.step for failure in self.failures)
        if not steps or set(steps) == {"dbt"}:
            return "Run"
        if len(self.failures) == 1:
            return STEP_WORDS[self.failures[0].step]
        if steps.keys() - _NOUNS:
            return "Several steps"
        return listed([counted(steps[step], noun) for step, noun in _NOUNS.items() if steps[step]])


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


def ended_note(sessions: int) -> str:
    """Of those in the warehouse that a try which was killed had left."""
    return f"Ended in the warehouse what an earlier try had left at work: {counted(sessions, 'session')}."


def built_note(tables: int, tests: int, warned: int) -> str:
    """What the run did, for the note that Airflow shows beside it."""
    warnings = f", {warned:,} warned" if warned else ""
    held = f"; {counted(tests, 'test')} passed{warnings}" if tests or warned else ""
    return f"Built {counted(tables, 'table')}{held}."
