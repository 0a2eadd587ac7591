"""A strip of runs, the newest at the right: how high a bar is tells what became of it, and its colour says it again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from summary_tables.model.table_history import LoggedCheck, Outcome, RunChecks
from summary_tables.text.english import counted
from summary_tables.text.moments import to_the_minute

MOST_RUNS = 30
WIDTH, HEIGHT, STEP, BAR = 149, 16, 5, 4
_HEIGHTS: dict[Outcome, int] = {"passed": 8, "warned": 12, "failed": 16}
_OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOutcome:
    """What a run came to. `words` says it: `2026-11-27 03:00 UTC: 1 of 3 checks failed`."""

    run_id: str
    run_at: datetime
    outcome: Outcome
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """All bars of one outcome, as one SVG path: a list has thousands of them."""

    outcome: Outcome
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar, where each is said for itself."""

    run: RunOutcome
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """`runs` are oldest first; `words` say what the strip shows."""

    runs: tuple[RunOutcome, ...]
    words: str

    @property
    def joined(self) -> tuple[Bars, ...]:
        """The bars, as few paths as there are outcomes."""
        bars = self.bars
        paths = {kind: "".join(bar.path for bar in bars if bar.run.outcome == kind) for kind in _OUTCOMES}
        return tuple(Bars(outcome=kind, path=path) for kind, path in paths.items() if path)

    @property
    def unused(self) -> int:
        """How wide the place is, at the left, for runs that there have not been yet."""
        return max((MOST_RUNS - len(self.runs)) * STEP - (STEP - BAR), 0)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The bars, each by itself; the newest stands at the right edge."""
        first = MOST_RUNS - len(self.runs)
        return tuple(Bar(run=run, path=_path(first + index, run.outcome)) for index, run in enumerate(self.runs))


def strip(outcomes: Sequence[RunOutcome], of: str = "Checks") -> Strip | None:
    """Of the last `MOST_RUNS` of `outcomes`, which are newest first; None: there was no run."""
    if not outcomes:
        return None
    runs = tuple(reversed(outcomes[:MOST_RUNS]))
    return Strip(runs=runs, words=_words(runs, of))


def outcomes_of_runs(zone: str, runs: Iterable[RunChecks]) -> tuple[RunOutcome, ...]:
    """What all checks of each run came to."""
    return tuple(
        RunOutcome(run_id=run.run_id, run_at=run.run_at, outcome=run.outcome, words=_of_run(zone, run)) for run in runs
    )


def outcomes_of_check(zone: str, checks: Iterable[LoggedCheck]) -> tuple[RunOutcome, ...]:
    """What one check found, newest first; of each run its last try counts."""
    last: dict[str, LoggedCheck] = {}
    for check in sorted(checks, key=lambda check: (check.run_at, check.checked_at), reverse=True):
        last.setdefault(check.run_id, check)
    return tuple(
        RunOutcome(run_id=check.run_id, run_at=check.run_at, outcome=outcome(check), words=_of_check(zone, check))
        for check in last.values()
    )


def outcome(check: LoggedCheck) -> Outcome:
    """What it did to its run."""
    if check.passed:
        return "passed"
    return "failed" if check.severity == "error" else "warned"


def _path(place: int, kind: Outcome) -> str:
    height = _HEIGHTS[kind]
    return f"M{place * STEP} {HEIGHT - height}h{BAR}v{height}h-{BAR}z"


def _words(runs: Sequence[RunOutcome], of: str) -> str:
    failed = sum(run.outcome == "failed" for run in runs)
    warned = sum(run.outcome == "warned" for run in runs)
    said = [*([f"{failed} failed"] if failed else []), *([f"{warned} warned"] if warned else [])]
    return f"{of} of the last {counted(len(runs), 'run')}: {', '.join(said) or 'all passed'}"


def _of_run(zone: str, run: RunChecks) -> str:
    asked = run.passed + run.failed + run.warned
    of = counted(asked, "check")
    said = [
        *([f"{run.failed} of {of} failed" if asked > 1 else "1 check failed"] if run.failed else []),
        *([f"{run.warned} of {of} warned" if asked > 1 else "1 check warned"] if run.warned else []),
    ]
    return f"{to_the_minute(zone, run.run_at)}: {', '.join(said) or f'{of} passed'}"


def _of_check(zone: str, check: LoggedCheck) -> str:
    when = to_the_minute(zone, check.run_at)
    if check.passed:
        return f"{when}: passed" + (f", {check.actual}" if check.actual else "")
    return f"{when}: " + (check.error or f"expected {check.expected}, got {check.actual}")
