"""A run that failed: everything that the alert about it says, before it is laid out for Slack or the log."""

from dataclasses import dataclass

from summary_tables.model.failure import EITHER_SHEET, EXPORT, PUBLISHED, STEP_WORDS, Failure, Step
from summary_tables.runs.report import RunReport
from summary_tables.text.english import counted

_STEPS: dict[str, Step] = {step: step for step in STEP_WORDS}

_ENDED = (
    "the step `{task_id}` ended before it could say why: its process was killed, ran out of memory or lost its "
    "machine, its file was broken when it began, or someone marked it as failed."
)
_CLEARED = "the step `{task_id}` was cleared before its failure was told; the log of its earlier try says why."
_UNREADABLE = "why the step `{task_id}` failed could not be read from Airflow; its log says it."
_UNCHANGED = "The live table was not changed."
_OLD_OR_NEW = "The live table holds either the complete old build or the complete new one."

KNOWN_REASONS = {
    "timed_out": "it took longer than it may and was stopped.",
    "all_tasks_deadlocked": "its steps wait for each other.",
}
_NO_REASON = "Airflow does not say which step failed; the page of the run shows it."


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFailure(RunReport):
    """One failed run of one table.

    `failures` holds every failed step, in the order of the DAG. It is empty when the run failed without one, e.g.
    because it took too long; then `reason` says why in Airflow's word (`timed_out`). `warnings` are checks that did not
    hold and would have let the run go on.
    """

    failures: tuple[Failure, ...]
    reason: str = ""
    warnings: tuple[Failure, ...] = ()

    @property
    def sign(self) -> str:
        return "❌"

    @property
    def is_urgent(self) -> bool:
        return True

    @property
    def headline(self) -> str:
        """What failed, e.g. `Output check failed: analytics.nps_summary`."""
        return f"{self._what} failed: {self.table}"

    @property
    def explanation(self) -> str:
        """Why, for the first failure, e.g. `Expected at least 12, got 7.`"""
        words = self.failures[0].reason if self.failures else f"The run failed: {self._why}"
        return words if words.startswith("dbt ") else words[:1].upper() + words[1:]

    @property
    def live(self) -> str:
        """What readers see now."""
        return self.failures[0].live if self.failures else _OLD_OR_NEW

    @property
    def also(self) -> str:
        """That more failed than the first, in one sentence; empty where nothing did."""
        others = len(self.failures) - 1
        return f"{counted(others, 'other step')} failed, too." if others > 0 else ""

    @property
    def first(self) -> Failure | None:
        return self.failures[0] if self.failures else None

    @property
    def lists(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return (("Also failed", _sentences(self.failures[1:])), ("Also warned", _sentences(self.warnings)))

    def __str__(self) -> str:
        """The whole of it in one line of plain words: the words of `Failure` when there is one."""
        first = str(self.failures[0]) if self.failures else f"The run of {self.table} failed: {self._why} {self.live}"
        return " ".join((first, *_sentences(self.failures[1:]), *_sentences(self.warnings)))

    @property
    def _what(self) -> str:
        steps = {failure.step for failure in self.failures}
        if not steps:
            return "Run"
        if len(self.failures) == 1:
            return STEP_WORDS[self.failures[0].step]
        return f"{len(self.failures)} {STEP_WORDS[steps.pop()].lower()}s" if len(steps) == 1 else "Several steps"

    @property
    def _why(self) -> str:
        return KNOWN_REASONS.get(self.reason, _NO_REASON)


def _sentences(failures: tuple[Failure, ...]) -> tuple[str, ...]:
    return tuple(failure.sentence for failure in failures)


def step_of(task_id: str) -> Step | None:
    """The step that a task belongs to: `input_check.at_least_12` -> `input_check`; None for an unknown task."""
    return _STEPS.get(task_id.partition(".")[0])


def without_record(table: str, task_id: str) -> Failure | None:
    """The failure of a task that ended before it could record one; None for a task that is no step."""
    return _failure(table, task_id, _ENDED)


def cleared_since(table: str, task_id: str) -> Failure | None:
    """The failure of a task that begins anew, with which its record is gone; None for a task that is no step."""
    return _failure(table, task_id, _CLEARED)


def with_unreadable_record(table: str, task_id: str) -> Failure | None:
    """The failure of a task whose record could not be read; None for a task that is no step."""
    return _failure(table, task_id, _UNREADABLE)


def live_unasked(step: Step) -> str:
    """What readers see after a failed step, where the warehouse cannot be asked: only `publish` changes it."""
    if step == EXPORT:
        return f"{PUBLISHED} {EITHER_SHEET}"
    return _OLD_OR_NEW if step == "publish" else _UNCHANGED


def _failure(table: str, task_id: str, words: str) -> Failure | None:
    step = step_of(task_id)
    if step is None:
        return None
    return Failure(step=step, table=table, error=words.format(task_id=task_id), live=live_unasked(step))
