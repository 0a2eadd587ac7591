"""The checks of a table with what the log knows of each; those that do not hold come first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from summary_tables.catalog.entry import Entry
from summary_tables.catalog.pages.charts.strip import Strip, outcome, outcomes_of_check, strip
from summary_tables.checks import Severity
from summary_tables.model.table import CheckStep
from summary_tables.model.table_history import LoggedCheck, Outcome, TableHistory

_STEPS: tuple[CheckStep, ...] = ("input_check", "output_check")
_WORST_FIRST: dict[Outcome | None, int] = {"failed": 0, "warned": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """`last` is the newest answer. Where it does not hold: `since` when (UTC), in so many `runs` in a row. Where it
    does: the `last_failure` that is known."""

    step: CheckStep
    name: str
    severity: Severity
    last: LoggedCheck | None = None
    outcome: Outcome | None = None
    since: datetime | None = None
    runs: int = 0
    last_failure: LoggedCheck | None = None
    strip: Strip | None = None


def check_rows(entry: Entry) -> list[CheckRow]:
    """The checks that the file has; without a file, those that the log knows."""
    rows = _declared(entry) if entry.declared else _logged(entry.zone, entry.history)
    return sorted(rows, key=lambda row: _WORST_FIRST.get(row.outcome, 2))


def _declared(entry: Entry) -> Iterator[CheckRow]:
    table = entry.declared
    if table is None:
        return
    logged = entry.history.checks if entry.history else ()
    for step in _STEPS:
        for check, name in zip(table.checks(step), table.check_names(step), strict=True):
            found = [each for each in logged if (each.step, each.key) == (step, name.key)]
            yield _row(step, name.label, check.severity, found, entry.history, entry.zone)


def _logged(zone: str, history: TableHistory | None) -> Iterator[CheckRow]:
    checks = history.checks if history else ()
    for step, key in dict.fromkeys((check.step, check.key) for check in checks):
        found = [check for check in checks if (check.step, check.key) == (step, key)]
        yield _row(step, found[0].name, found[0].severity, found, history, zone)


def _row(
    step: CheckStep,
    name: str,
    severity: Severity,
    found: Sequence[LoggedCheck],
    history: TableHistory | None,
    zone: str,
) -> CheckRow:
    last = _newest(found)
    failing = next((each for each in history.failing if _is(each.check, last)), None) if history else None
    return CheckRow(
        step=step,
        name=name,
        severity=severity,
        last=last,
        outcome=outcome(last) if last else None,
        since=failing.since if failing else None,
        runs=failing.runs if failing else 0,
        last_failure=_newest(check for check in found if not check.passed) if last and last.passed else None,
        strip=strip(outcomes_of_check(zone, found), of="Answers"),
    )


def _newest(checks: Iterable[LoggedCheck]) -> LoggedCheck | None:
    return max(checks, key=lambda check: (check.run_at, check.checked_at), default=None)


def _is(check: LoggedCheck, other: LoggedCheck | None) -> bool:
    return other is not None and (check.step, check.key) == (other.step, other.key)
