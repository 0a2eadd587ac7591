"""The last runs of a table, from what Airflow and the logs know of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from summary_tables.catalog.entry import Entry
from summary_tables.catalog.pages.charts.strip import RunOutcome, outcomes_of_runs
from summary_tables.catalog.pages.links import Links
from summary_tables.model.dag_facts import DagRunFacts
from summary_tables.model.table_history import BuildPoint, LoggedCheck

MOST_RUNS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """`state` is a plain word, empty where nobody knows; `seconds` those of the build alone; `why`: each check that did
    not hold, with what it found."""

    run_id: str
    address: str
    run_at: datetime
    state: str
    tone: str
    rows: int | None = None
    seconds: float | None = None
    checks: RunOutcome | None = None
    why: tuple[str, ...] = ()


_STATES = {
    "success": ("succeeded", "good"),
    "failed": ("failed", "bad"),
    "running": ("running", "busy"),
    "queued": ("queued", "quiet"),
}


def run_rows(entry: Entry, links: Links) -> tuple[RunRow, ...]:
    """The newest first, `MOST_RUNS` at most."""
    return tuple(_rows(entry, links))[:MOST_RUNS]


def _rows(entry: Entry, links: Links) -> Iterator[RunRow]:
    known = {run.run_id: run for run in entry.dag.runs} if entry.dag else {}
    points = {point.run_id: point for point in entry.history.points} if entry.history else {}
    checks = {run.run_id: run for run in outcomes_of_runs(entry.zone, entry.history.runs)} if entry.history else {}
    why = _why(entry.history.checks) if entry.history else {}
    due = {run_id: run.run_after for run_id, run in known.items()}
    due.update({run_id: point.run_at for run_id, point in points.items()})
    due.update({run_id: found.run_at for run_id, found in checks.items()})
    for run_id in sorted(due, key=lambda each: due[each], reverse=True):
        run = _Run(run_id=run_id, run_at=due[run_id], dag=known.get(run_id), point=points.get(run_id))
        yield _row(run, links.run(entry, run_id), checks.get(run_id), why.get(run_id, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    run_id: str
    run_at: datetime
    dag: DagRunFacts | None
    point: BuildPoint | None


def _why(checks: Iterable[LoggedCheck]) -> Mapping[str, tuple[str, ...]]:
    """By run; of a check that was asked again its last answer counts."""
    last: dict[tuple[str, str, str], LoggedCheck] = {}
    for check in sorted(checks, key=lambda check: check.checked_at):
        last[check.run_id, check.step, check.key] = check
    found: dict[str, tuple[str, ...]] = {}
    for check in last.values():
        if not check.passed:
            words = f"{check.name}: {check.error or f'got {check.actual}'}"
            found[check.run_id] = (*found.get(check.run_id, ()), words)
    return found


def _row(run: _Run, address: str, checks: RunOutcome | None, why: tuple[str, ...]) -> RunRow:
    state, tone = _state(run, checks)
    return RunRow(
        run_id=run.run_id,
        address=address,
        run_at=run.run_at,
        state=state,
        tone=tone,
        rows=run.point.rows if run.point else None,
        seconds=run.point.seconds if run.point else None,
        checks=checks,
        why=why,
    )


def _state(run: _Run, checks: RunOutcome | None) -> tuple[str, str]:
    if run.dag:
        return _STATES.get(run.dag.state, (run.dag.state, "quiet"))
    if run.point and run.point.is_published:
        return "published", "good"
    return ("failed", "bad") if checks and checks.outcome == "failed" else ("", "quiet")
