"""Tables that wait for each other, and what is known of them, made without files, a warehouse or Airflow."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from summary_tables.alerts.lateness.facts import Outage, Rhythm, TableFacts, World
from summary_tables.alerts.lateness.lateness import Latecomers, Lateness
from summary_tables.alerts.lateness.words import due_words
from summary_tables.model.build import Build
from summary_tables.model.dag_facts import DagFacts, DagRunFacts
from summary_tables.model.table import Schedule

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
"""A Friday."""

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
THREE = NOW.replace(hour=3)
SIX = time(6)


def built(at: datetime, **more: Any) -> Build:
    """Published ten minutes after it was due."""
    values: dict[str, Any] = {
        "version": f"v{at:%Y%m%dT%H%M}",
        "run_id": f"scheduled__{at:%Y-%m-%dT%H:%M}",
        "run_at": at,
        "started_at": at + timedelta(minutes=5),
        "published_at": at + timedelta(minutes=10),
        "rows": 92,
    }
    return Build(**{**values, **more})


def daily(
    at: datetime | None = None, *, hour: int = 3, by: time | None = None, within: timedelta | None = None, **facts: Any
) -> TableFacts:
    """Of a table with a cron schedule that was built last at `at`."""
    zone = facts.pop("timezone", "UTC")
    cron = facts.pop("cron", f"0 {hour} * * *")
    rhythm = Rhythm(schedule=Schedule(cron=cron), timezone=zone, fresh_by=by, fresh_within=within)
    return TableFacts(rhythm=rhythm, newest=built(at) if at else None, **facts)


def after(
    *parents: Any,
    at: datetime | None = None,
    any_of: bool = False,
    by: time | None = None,
    within: timedelta | None = None,
    **facts: Any,
) -> TableFacts:
    """Of a table that waits for others."""
    rhythm = Rhythm(schedule=Schedule(after=parents, any_of=any_of), fresh_by=by, fresh_within=within)
    return TableFacts(rhythm=rhythm, newest=built(at) if at else None, **facts)


def run(at: datetime, state: str = "success") -> DagRunFacts:
    """One that began when it was due."""
    return DagRunFacts(
        run_id=f"scheduled__{at}", state=state, run_after=at, started_at=None if state == "queued" else at
    )


def dag(*runs: DagRunFacts, **facts: Any) -> DagFacts:
    """What Airflow says; the next run is due tomorrow."""
    return DagFacts(runs=runs, **{"next_run_at": THREE + DAY, **facts})


def lateness(
    tables: dict[str, TableFacts], name: str, now: datetime = NOW, outage: Outage | None = None
) -> Lateness | None:
    world = World(tables=tables, now=now, outage=outage, projects={"shop.orders": "shop"})
    return Latecomers(world).of(name)


def said(tables: dict[str, TableFacts], name: str, now: datetime = NOW, outage: Outage | None = None) -> str:
    """What is said of one of them; empty: it is not late."""
    late = lateness(tables, name, now, outage)
    rhythm = tables[name].rhythm
    return f"{due_words(late, rhythm.timezone, now)}, and {late.reason}" if late and rhythm else ""
