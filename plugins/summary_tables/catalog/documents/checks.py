"""The checks of a table, and what each of them found."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from summary_tables.catalog.documents.described import DESCRIBED
from summary_tables.catalog.entry import Entry
from summary_tables.checks import Severity
from summary_tables.model.table import CheckStep, SummaryTable
from summary_tables.model.table_history import FailingCheck, LoggedCheck, Outcome

CheckId = tuple[CheckStep, str]
"""The step, and the key of the check in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResultDocument:
    """What one run found."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    run_id: str
    """The Airflow run that asked."""
    run_at: datetime
    """When that run was due."""
    checked_at: datetime
    """When it was asked."""
    status: Outcome
    """`failed` stops a run, `warned` does not."""
    expected: str
    """What the check wants, in words."""
    actual: str
    """What it found, in words."""
    error: str | None
    """Why it could not be asked; null: it was."""
    duration_seconds: float
    """How long its query took."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckDocument:
    """One check with its history."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    name: str
    """What people read."""
    step: CheckStep
    """`input_check`: before the build; `output_check`: of what was built, before readers see it."""
    severity: Severity
    """What it does when it does not hold: stop the run, or warn."""
    status: Outcome | None
    """Of the last run that asked; null: no run has yet."""
    failing_since: datetime | None
    """When the first of the runs was due in which it has not held since it last did; null: it holds."""
    failed_runs: int
    """How many runs that are."""
    results: tuple[CheckResultDocument, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckList:
    """The checks of a table in the order of its file; without one, those that the log knows."""

    __pydantic_config__: ClassVar[Any] = DESCRIBED

    full_name: str
    """`schema.table`."""
    checks: tuple[CheckDocument, ...] | None
    """Null: there is no file that can be read, and the warehouse was not asked or did not answer."""


def check_list(entry: Entry) -> CheckList:
    """Of an entry whose history was read for the table's own page."""
    known = entry.declared is not None or entry.history is not None
    return CheckList(full_name=entry.full_name, checks=tuple(_checks(entry)) if known else None)


def _checks(entry: Entry) -> Iterator[CheckDocument]:
    results: dict[CheckId, list[LoggedCheck]] = {}
    for logged in entry.history.checks if entry.history else ():
        results.setdefault((logged.step, logged.key), []).append(logged)
    failing = {(each.check.step, each.check.key): each for each in (entry.history.failing if entry.history else ())}
    declared = entry.declared
    names = _declared(declared) if declared else {place: _name(found) for place, found in results.items()}
    for place, (name, severity) in names.items():
        yield _check(place, name, severity, results.get(place, ()), failing.get(place))


def _declared(table: SummaryTable) -> Mapping[CheckId, tuple[str, Severity]]:
    steps: tuple[CheckStep, ...] = ("input_check", "output_check")
    return {
        (step, name.key): (name.label, check.severity)
        for step in steps
        for check, name in zip(table.checks(step), table.check_names(step), strict=True)
    }


def _name(found: Sequence[LoggedCheck]) -> tuple[str, Severity]:
    return found[0].name, found[0].severity


def _check(
    place: CheckId, name: str, severity: Severity, logged: Sequence[LoggedCheck], failing: FailingCheck | None
) -> CheckDocument:
    results = tuple(map(_result, logged))
    return CheckDocument(
        name=name,
        step=place[0],
        severity=severity,
        status=results[0].status if results else None,
        failing_since=failing.since if failing else None,
        failed_runs=failing.runs if failing else 0,
        results=results,
    )


def _result(logged: LoggedCheck) -> CheckResultDocument:
    return CheckResultDocument(
        run_id=logged.run_id,
        run_at=logged.run_at,
        checked_at=logged.checked_at,
        status="passed" if logged.passed else "warned" if logged.severity == "warn" else "failed",
        expected=logged.expected,
        actual=logged.actual,
        error=logged.error or None,
        duration_seconds=logged.seconds,
    )
