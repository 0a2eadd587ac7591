"""What is said of an incident after its first message. Pure."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from summary_tables.model.incident import Event, Incident, IncidentKind
from summary_tables.model.notice import Fact, Notice, Piece
from summary_tables.text.english import counted
from summary_tables.text.moments import UTC_NAME, day_and_time, day_text

_ORDINALS: Final = ("", "", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
_STILL: Final[dict[IncidentKind, str]] = {
    "failed": "Still failing",
    "late": "Still late",
    "broken_file": "Its file still cannot be read",
}
_OVER: Final[dict[IncidentKind, str]] = {
    "failed": "Works again",
    "late": "Here now",
    "broken_file": "Its file can be read again",
}
_HAD: Final[dict[IncidentKind, str]] = {
    "failed": "It had failed",
    "late": "It had been late",
    "broken_file": "It could not be read",
}


def other_cause(notice: Notice, incident: Incident, now: datetime) -> Notice:
    """The message about another cause than before. It calls nobody: who had to be called was."""
    since = f"The table has been failing since {day_and_time(UTC_NAME, incident.opened_at, now)}; this cause is new."
    whole = " ".join(filter(None, (notice.since, since)))
    return replace(notice, since=whole, words=f"{notice.words} {since}", is_urgent=False)


def reminder(incident: Incident, now: datetime) -> Notice:
    """`Still failing: analytics.nps_summary`. `Third day, 5 runs.`"""
    day = _day(incident, now)
    runs = counted(incident.failed_runs, "run") if incident.failed_runs else ""
    how_long = ", ".join(filter(None, (day, runs)))
    since = f"Since {day_and_time(UTC_NAME, incident.opened_at, now)}."
    return _notice(
        sign="❌",
        headline=f"{_STILL[incident.kind]}: {incident.full_name}",
        explanation=f"{how_long}." if how_long else "",
        since=since,
        live=_readers(incident, now, "have"),
        reason=incident.reason,
        is_urgent=True,
    )


def recovery(incident: Incident, event: Event, now: datetime) -> Notice:
    """`Works again: analytics.nps_summary`. `Built at 09:12 UTC, 92 rows.` and what it was like before."""
    had = f"{_HAD[incident.kind]} since {day_and_time(UTC_NAME, incident.opened_at, now)}"
    runs = f" ({counted(incident.failed_runs, 'run')})" if incident.failed_runs else ""
    return _notice(
        sign="✅",
        headline=f"{_OVER[incident.kind]}: {incident.full_name}",
        explanation=_built(event),
        since=f"{had}{runs}.",
        live=_readers(incident, now, "had"),
        reason=incident.reason,
        is_urgent=False,
    )


def _notice(
    *, sign: str, headline: str, explanation: str, since: str, live: str, reason: str, is_urgent: bool
) -> Notice:
    said = " ".join(filter(None, (f"{headline}.", explanation, since, live)))
    why = (Fact(name="Why", pieces=(Piece(text=reason),)),) if reason else ()
    return Notice(
        sign=sign,
        headline=headline,
        words=said,
        explanation=explanation,
        since=since,
        live=live,
        facts=why,
        is_urgent=is_urgent,
    )


def _built(event: Event) -> str:
    if event.built_at is None:
        return ""
    rows = "" if event.rows is None else f", {counted(event.rows, 'row')}"
    return f"Built at {event.built_at.astimezone(UTC):%H:%M} UTC{rows}."


def _readers(incident: Incident, now: datetime, verb: str) -> str:
    """`Readers had Thursday's table.`"""
    if incident.live_at is None or incident.about == "file":
        return ""
    if incident.live_at.astimezone(UTC).date() == incident.opened_at.astimezone(UTC).date():
        return f"Readers {verb} the table of {day_and_time(UTC_NAME, incident.live_at, now)}."
    day = day_text(UTC_NAME, incident.live_at, now)
    return f"Readers {verb} the table of {day}." if day[0].isdigit() else f"Readers {verb} {day}'s table."


def _day(incident: Incident, now: datetime) -> str:
    days = (now.astimezone(UTC).date() - incident.opened_at.astimezone(UTC).date()).days + 1
    if days <= 1:
        return ""
    return f"{_ORDINALS[days]} day" if days < len(_ORDINALS) else f"Day {days}"
