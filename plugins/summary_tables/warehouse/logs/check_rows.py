"""Rows of the check log as records, and what those of one run come to."""

from collections.abc import Iterable, Sequence

from summary_tables.model.table_history import FailingCheck, LoggedCheck, RunChecks
from summary_tables.warehouse.logs.build_log import utc
from summary_tables.warehouse.session.session import Row


def check_from_row(row: Row) -> LoggedCheck:
    """The record of the columns `CHECK_COLUMNS`; what an old row lacks is empty."""
    step, position, name, key, severity, passed, expected, actual, error, run_id, *moments, version, seconds = row
    run_at, checked_at = map(utc, moments)
    return LoggedCheck(
        step=step,
        position=position,
        name=name,
        key=key or name,
        severity=severity,
        passed=passed,
        expected=expected or "",
        actual=actual or "",
        error=error or "",
        run_id=run_id,
        run_at=run_at,
        checked_at=checked_at,
        version=version or "",
        seconds=seconds or 0.0,
    )


def last_answers(checks: Iterable[LoggedCheck]) -> tuple[LoggedCheck, ...]:
    """Of the `checks` of one run, newest first, those that were not asked again."""
    found: dict[tuple[str, int], LoggedCheck] = {}
    for check in checks:
        found.setdefault((check.step, check.position), check)
    return tuple(found.values())


def run_checks(answers: Sequence[LoggedCheck]) -> RunChecks:
    """What the last answers in one run come to; there is one at least."""
    newest = max(answers, key=lambda check: check.checked_at)
    failed = sum(not check.passed and check.severity == "error" for check in answers)
    passed = sum(check.passed for check in answers)
    return RunChecks(
        run_id=newest.run_id,
        run_at=newest.run_at,
        checked_at=newest.checked_at,
        passed=passed,
        failed=failed,
        warned=len(answers) - passed - failed,
    )


def errors_first(failing: Iterable[FailingCheck]) -> tuple[FailingCheck, ...]:
    """In the order in which people want to hear of them."""
    return tuple(
        sorted(failing, key=lambda found: (found.check.severity != "error", found.check.step, found.check.position))
    )
