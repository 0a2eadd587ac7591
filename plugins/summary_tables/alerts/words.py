"""What is said of an incident after its first message. Pure; `zone` is that of the table."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from summary_tables.model.incident import Event, Incident, IncidentKind
from summary_tables.model.notice import Fact, Link, Notice, Piece
from summary_tables.text.english import counted
from summary_tables.text.moments import clock_text, day_and_time, day_text, local

_ORDINALS: Final = ("", "", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """`still`: it goes on. `over`: it does not. `since` and `had_since`: what has been or was wrong for how long."""

    still: str
    over: str
    since: str
    had_since: str


_KINDS: Final[dict[IncidentKind, _Words]] = {
    "failed": _Words(
        still="Still failing", over="Works again", since="It has been failing since", had_since="It had failed since"
    ),
    "late": _Words(
        still="Still late", over="Here again", since="It has been late since", had_since="It had been late since"
    ),
    "waiting": _Words(
        still="Tables still wait for",
        over="Others no longer wait for",
        since="They have been late since",
        had_since="They had waited since",
    ),
    "broken_file": _Words(
        still="File still broken",
        over="File mended",
        since="The file has been broken since",
        had_since="It had been broken since",
    ),
}


def other_cause(notice: Notice, incident: Incident, zone: str, now: datetime) -> Notice:
    """The message about another cause than before. It calls nobody: who had to be called was."""
    since = f"{_since(incident)} {day_and_time(zone, incident.opened_at, now)}; this cause is new."
    live = " ".join(filter(None, (notice.live, since)))
    return replace(notice, live=live, words=f"{notice.words} {since}", is_urgent=False)


def reminder(incident: Incident, event: Event, zone: str, now: datetime) -> Notice:
    """`Still failing: analytics.nps_summary`: third day, 5 runs."""
    runs = _runs(incident)
    how_long = ", ".join(filter(None, (_day(incident, zone, now), runs)))
    return _notice(
        sign="❌",
        headline=_still(incident),
        explanation=f"{how_long[:1].upper()}{how_long[1:]}." if how_long else "",
        since=f"{_since(incident)} {day_and_time(zone, incident.opened_at, now)}.",
        live=_readers(incident, "have", zone, now),
        facts=_facts(incident, event),
        links=event.notice.links if event.notice else (),
        is_urgent=True,
    )


def _since(incident: Incident) -> str:
    return "Files have been broken since" if incident.is_of_files else _KINDS[incident.kind].since


def _still(incident: Incident) -> str:
    words = _KINDS[incident.kind].still
    if incident.is_of_files:
        return "Files are still broken"
    if incident.kind == "waiting":
        # One reason may hold for many, each by itself.
        return f"{words} {incident.full_name}" if incident.schema else "Tables are still late"
    # A file of which nobody knows the table.
    return f"{words}: {incident.full_name if incident.schema else incident.table}"


def recovery(incident: Incident, event: Event, zone: str, now: datetime) -> Notice:
    """`Works again: analytics.nps_summary`: built at 09:12 UTC, 92 rows, and what it was like before."""
    runs = f" ({found})" if (found := _runs(incident)) else ""
    return _notice(
        sign="✅",
        headline=f"{_KINDS[incident.kind].over}: {incident.full_name}",
        explanation=_built(event, zone),
        since=f"{_KINDS[incident.kind].had_since} {day_and_time(zone, incident.opened_at, now)}{runs}.",
        live=_readers(incident, "had", zone, now),
        facts=_facts(incident, event),
    )


def _notice(
    *,
    sign: str,
    headline: str,
    explanation: str,
    since: str,
    live: str,
    facts: tuple[Fact, ...],
    links: tuple[Link, ...] = (),
    is_urgent: bool = False,
) -> Notice:
    return Notice(
        sign=sign,
        headline=headline,
        words=" ".join(filter(None, (f"{headline}.", explanation, since, live))),
        explanation=explanation,
        since=since,
        live=live,
        facts=facts,
        links=links,
        is_urgent=is_urgent,
    )


def _facts(incident: Incident, event: Event) -> tuple[Fact, ...]:
    why = "" if incident.kind == "waiting" else incident.reason
    said = (("Why", why), ("Owner", event.owner))
    return tuple(Fact(name=name, pieces=(Piece(text=text),)) for name, text in said if text.strip())


def _runs(incident: Incident) -> str:
    """`5 runs`; where the words around it do not say what became of them, `5 failed runs`."""
    one = "run" if incident.kind == "failed" else "failed run"
    return counted(incident.failed_runs, one) if incident.failed_runs else ""


def _built(event: Event, zone: str) -> str:
    if event.built_at is None:
        return ""
    rows = "" if event.rows is None else f", {counted(event.rows, 'row')}"
    return f"Built at {clock_text(zone, event.built_at)}{rows}."


def _readers(incident: Incident, verb: str, zone: str, now: datetime) -> str:
    """`Readers had Thursday's table.` Where the build is of the day of the incident, with its time."""
    if incident.live_at is None or incident.about != "build":
        return ""
    if local(zone, incident.live_at).date() == local(zone, incident.opened_at).date():
        return f"Readers {verb} the table of {day_and_time(zone, incident.live_at, now)}."
    day = day_text(zone, incident.live_at, now)
    return f"Readers {verb} the table of {day}." if day[0].isdigit() else f"Readers {verb} {day}'s table."


def _day(incident: Incident, zone: str, now: datetime) -> str:
    """`third day`; nothing on the first."""
    days = (local(zone, now).date() - local(zone, incident.opened_at).date()).days + 1
    if days <= 1:
        return ""
    return f"{_ORDINALS[days]} day" if days < len(_ORDINALS) else f"day {days}"
