"""The pieces of the sentence that says what state a table is in."""

from collections.abc import Sequence
from datetime import datetime

from summary_tables.model.build import Build
from summary_tables.model.problem import Problem
from summary_tables.model.table_history import FailingCheck, LoggedCheck, RunChecks, TableHistory
from summary_tables.text.english import counted
from summary_tables.text.moments import day_and_time, day_text


def since_words(zone: str, moment: datetime, now: datetime) -> str:
    """`since Friday`, `since 03:00 UTC today`."""
    day = day_text(zone, moment, now)
    return f"since {day_and_time(zone, moment, now)}" if day == "today" else f"since {day}"


def readers_words(zone: str, history: TableHistory | None, now: datetime) -> str:
    """What people see meanwhile, as a part of a sentence; empty: nobody knows."""
    if history is None:
        return ""
    if history.live is None:
        return "people see no table yet" if history.newest is None else "people see no table"
    run_at = shown(history, history.live).run_at
    day = day_text(zone, run_at, now)
    return f"people read the build of {day_and_time(zone, run_at, now) if day == 'today' else day}"


def shown(history: TableHistory, live: Build) -> Build:
    """The newest build that readers have the rows of."""
    newest = history.newest
    return newest if newest and newest.applied_to == live.version else live


def built_words(zone: str, build: Build, now: datetime) -> str:
    """`built today at 03:00 UTC, 92 rows`."""
    rows = counted(build.rows, "row")
    moment = build.published_at or build.built_at or build.started_at
    return f"built {day_and_time(zone, moment, now)}, {rows if build.is_whole else f'{rows} added'}"


def passed_words(checks: RunChecks | None) -> str:
    """`all 3 checks passed`; empty where none was asked."""
    if checks is None or not checks.passed:
        return ""
    if checks.failed or checks.warned:
        return f"{counted(checks.passed, 'check')} passed"
    return {1: "its check passed", 2: "both checks passed"}.get(checks.passed, f"all {checks.passed:,} checks passed")


def failing_words(failing: Sequence[FailingCheck]) -> str:
    """`expected at least 12 rows, got 7`; of several the first, and how many more there are."""
    first, *others = failing
    more = f", and {counted(len(others), 'more check')} failed" if others else ""
    return f"{check_words(first.check)}{more}"


def check_words(check: LoggedCheck) -> str:
    """What a check that failed found, on one line."""
    name, expected, actual, error = (" ".join(text.split()) for text in _texts(check))
    if not expected:
        return f'the check "{name}" could not be asked{f": {error}" if error else ""}'.rstrip(".")
    if name.startswith(expected):
        return f"expected {name}, got {actual}"
    return f'"{name}": expected {expected}, got {actual}'


def file_words(problems: Sequence[Problem]) -> str:
    """What keeps a file from being used: the first mistake, with its line."""
    first = next((problem for problem in problems if problem.level == "error"), None)
    if first is None:
        return "the file cannot be read"
    return f"line {first.line}: {first.message}" if first.line else first.message


def _texts(check: LoggedCheck) -> tuple[str, str, str, str]:
    return check.name, check.expected, check.actual or "something else", check.error
