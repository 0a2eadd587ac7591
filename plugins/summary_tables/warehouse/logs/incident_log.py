"""The incident log: what is wrong with which table, and what was."""

import json
from dataclasses import replace

from summary_tables.model.incident import Event, Incident, Place
from summary_tables.model.logs import INCIDENT_LOG
from summary_tables.warehouse.logs import tables
from summary_tables.warehouse.logs.build_log import last_published, utc
from summary_tables.warehouse.session.session import Row, Session


def open_incidents(session: Session) -> tuple[Incident, ...]:
    """All that is wrong with any table, the oldest first."""
    if not tables.exists(session, INCIDENT_LOG):
        return ()
    return tuple(map(incident_from_row, session.rows(session.sql.incidents.open_incidents())))


def open_incidents_of(session: Session, schema: str, table: str) -> tuple[Incident, ...]:
    """What is wrong with one table. The log has to be there."""
    return tuple(map(incident_from_row, session.rows(session.sql.incidents.open_incidents_of(schema, table))))


def recent_incidents(session: Session, schema: str, table: str, most: int = 20) -> tuple[Incident, ...]:
    """The last that happened to a table, the newest first."""
    if not tables.exists(session, INCIDENT_LOG):
        return ()
    return tuple(map(incident_from_row, session.rows(session.sql.incidents.recent_incidents(schema, table, most))))


def with_live_build(session: Session, event: Event) -> Event:
    """`event` with what readers saw then, as far as the build log knows it: of what was published since, nothing."""
    build = last_published(session, event.schema, event.table) if event.live_at is None else None
    if build is None or build.published_at is None or build.published_at > event.at:
        return event
    return replace(event, live_at=build.run_at)


def incident_from_row(row: Row) -> Incident:
    """The record of the columns `INCIDENT_COLUMNS`."""
    incident_id, schema, table, kind, about, opened_at, opened_by, causes, reason, *rest = row
    failed_runs, last_run_id, seen_at, reminded_at, live_at, places, is_silent, closed_at, closed_by = rest
    return Incident(
        incident_id=incident_id,
        schema=schema,
        table=table,
        kind=kind,
        about=about,
        opened_at=utc(opened_at),
        opened_by=opened_by or "",
        causes=tuple(json.loads(causes)),
        reason=reason or "",
        failed_runs=failed_runs or 0,
        last_run_id=last_run_id or "",
        seen_at=utc(seen_at),
        reminded_at=reminded_at and utc(reminded_at),
        live_at=live_at and utc(live_at),
        places=tuple(Place(**place) for place in json.loads(places)),
        is_silent=bool(is_silent),
        closed_at=closed_at and utc(closed_at),
        closed_by=closed_by or "",
    )
