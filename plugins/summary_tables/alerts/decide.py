"""What becomes of an incident when something happens, and what is said of it. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from summary_tables.alerts import words
from summary_tables.alerts.policy import Policy
from summary_tables.model.incident import FAILED_CAUSE, Event, Incident, IncidentKind, MessageKind
from summary_tables.model.notice import Notice

MOST_CAUSES: Final = 20

_OPENERS: Final[dict[str, IncidentKind]] = {
    "failed": "failed",
    "late": "late",
    "broken_file": "broken_file",
    "waiting": "waiting",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`incident` is what it is now; None: there is none and nothing is written.

    `kind` and `notice` are the message, if there is one. What was to be told of an incident that is over is not told.
    """

    incident: Incident | None = None
    is_new: bool = False
    kind: MessageKind | None = None
    notice: Notice | None = None


def decide(found: Incident | None, event: Event, policy: Policy, now: datetime, new_id: Callable[[], str]) -> Decision:
    """What `event` does to the open incident that it is about."""
    if event.kind == "warned":
        return Decision(kind="warning", notice=event.notice)
    if opener := _OPENERS.get(event.kind):
        return _gone_on(found, event, policy, now) if found else _opened(event, opener, policy, new_id)
    if found is None:
        return Decision()
    if event.kind == "unchanged":
        return _reminded(found, event, policy, now)
    return _closed(found, event, policy, now)


def _opened(event: Event, kind: IncidentKind, policy: Policy, new_id: Callable[[], str]) -> Decision:
    incident = Incident(
        incident_id=new_id(),
        schema=event.schema,
        table=event.table,
        kind=kind,
        about=event.concerns,
        opened_at=event.at,
        opened_by=event.run_id,
        causes=_causes((), event),
        reason=event.reason,
        failed_runs=int(event.kind == "failed"),
        last_run_id=event.run_id,
        seen_at=event.at,
        live_at=event.live_at,
        places=policy.places,
        is_silent=event.is_silent,
    )
    if event.is_silent:
        return Decision(incident=incident, is_new=True)
    return Decision(incident=incident, is_new=True, kind="first", notice=event.notice)


def _gone_on(found: Incident, event: Event, policy: Policy, now: datetime) -> Decision:
    """A run that is told twice is one run. A cause that nobody has heard of is news; one that they know is none."""
    is_new_run = event.kind == "failed" and event.run_id != found.last_run_id
    is_known = len(found.causes) >= MOST_CAUSES or set(event.causes) <= set(found.causes)
    incident = replace(
        found,
        causes=_causes(found.causes, event),
        failed_runs=found.failed_runs + is_new_run,
        last_run_id=event.run_id if is_new_run else found.last_run_id,
        seen_at=max(found.seen_at, event.at),
    )
    if is_known or event.is_silent:
        return _reminded(incident, event, policy, now)
    if found.is_silent:
        # Nobody has heard of it: the cause that it has now is its own.
        told = replace(incident, is_silent=False, reason=event.reason, places=policy.places)
        return Decision(incident=told, kind="first", notice=event.notice)
    notice = event.notice and words.other_cause(event.notice, incident, policy.timezone, now)
    return Decision(incident=replace(incident, reason=event.reason), kind="change", notice=notice)


def _reminded(incident: Incident, event: Event, policy: Policy, now: datetime) -> Decision:
    if not policy.reminds(incident, now):
        return Decision(incident=incident)
    return Decision(
        incident=replace(incident, reminded_at=now),
        kind="reminder",
        notice=words.reminder(incident, event, policy.timezone, now),
    )


def _closed(found: Incident, event: Event, policy: Policy, now: datetime) -> Decision:
    closed = replace(found, closed_at=max(event.at, found.opened_at), closed_by=event.run_id)
    if event.kind == "over" or found.is_silent:
        return Decision(incident=closed)
    notice = event.notice or words.recovery(closed, event, policy.timezone, now)
    return Decision(incident=closed, kind="recovery", notice=notice)


def _causes(known: tuple[str, ...], event: Event) -> tuple[str, ...]:
    """Those of `event` behind those that are known. That runs fail is one of its own: see `FAILED_CAUSE`."""
    also = (*event.causes, FAILED_CAUSE) if event.kind == "failed" else event.causes
    return (*known, *(cause for cause in dict.fromkeys(also) if cause not in known))[:MOST_CAUSES]
