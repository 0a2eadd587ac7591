"""What is wrong with tables already, and is over, or has gone on for so long that people are reminded."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from summary_tables.alerts.policy import Policy
from summary_tables.alerts.watch.seen import Recorded, Seen
from summary_tables.model.incident import Event, EventKind, Incident

_EXPORT_TAKES: Final = timedelta(hours=3)
"""A table that failed and is exported works again when the sheet has it: the run says so, unless it was killed."""


def upkeep_events(seen: Seen) -> Iterator[Recorded]:
    """Of tables that fail or are late. Mostly the run that publishes a table says so itself."""
    for conn_id, found in seen.open.items():
        for incident in found:
            if incident.about == "build" and (kind := _what_became(incident, seen)):
                yield Recorded(event=_event(incident, kind, seen), policy=_policy(incident, seen), conn_id=conn_id)


def _policy(incident: Incident, seen: Seen) -> Policy:
    return seen.policy(incident.full_name) if incident.full_name in seen.look.configs else Policy()


def _what_became(incident: Incident, seen: Seen) -> EventKind | None:
    name = incident.full_name
    if _is_there(incident, seen):
        return "published"
    if seen.look.is_news and _is_expected_no_more(incident, seen):
        return "over"
    if name not in seen.look.configs:
        return None
    return "unchanged" if seen.policy(name).reminds(incident, seen.now) else None


def _is_expected_no_more(incident: Incident, seen: Seen) -> bool:
    name = incident.full_name
    if name in seen.look.configs:
        return incident.kind == "late" and not incident.failed_runs and name not in seen.late
    # While its file is broken it may come back.
    return name not in _names_of_broken(seen)


def _is_there(incident: Incident, seen: Seen) -> bool:
    newest = seen.newest.get(incident.full_name)
    at = newest.published_at if newest else None
    if at is None or at <= max(incident.opened_at, incident.seen_at):
        return False
    config = seen.look.configs.get(incident.full_name)
    may_be_exported = incident.failed_runs and config and config.table.export
    return not may_be_exported or seen.now - at >= _EXPORT_TAKES


def _names_of_broken(seen: Seen) -> frozenset[str]:
    return frozenset(file.config.table.full_name for file in seen.look.broken.values() if file.config)


def _event(incident: Incident, kind: EventKind, seen: Seen) -> Event:
    newest = seen.newest.get(incident.full_name) if kind == "published" else None
    return Event(
        kind=kind,
        schema=incident.schema,
        table=incident.table,
        at=(newest.published_at if newest else None) or seen.now,
        run_id=newest.run_id if newest else "",
        about=incident.about,
        built_at=newest.published_at if newest else None,
        rows=newest.rows if newest else None,
    )
