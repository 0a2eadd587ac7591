"""What people are told of what the watch sees."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from summary_tables.alerts.lateness.facts import Outage
from summary_tables.alerts.lateness.lateness import Lateness
from summary_tables.alerts.lateness.reasons import CauseKind
from summary_tables.alerts.lateness.words import due_words
from summary_tables.alerts.watch.seen import file_url
from summary_tables.configs.config import Config
from summary_tables.model.build import Build
from summary_tables.model.incident import Incident
from summary_tables.model.notice import Bullets, Fact, Link, Notice, Piece
from summary_tables.runs.report import OPEN_FILE
from summary_tables.text.durations import written_span
from summary_tables.text.english import counted
from summary_tables.text.moments import day_and_time

_MOST_NAMES: Final = 10
_LATE_SIGN: Final = "⏰"
_WRONG_SIGN: Final = "❌"
_WELL_SIGN: Final = "✅"
_THEY: Final[Mapping[CauseKind, str]] = {
    "failed": "Their runs failed.",
    "broken_file": "Their files cannot be read.",
    "paused": "They are paused in Airflow.",
    "stale": "Airflow does not find their files any more.",
    "running": "Their runs are not done yet.",
    "queued": "Their runs wait in Airflow's queue.",
    "not_started": "Airflow has not started their runs.",
    "others": "They wait for what others publish.",
    "unknown": "No builds for them were published.",
}


def late(
    config: Config, lateness: Lateness, newest: Build | None, waiting: Sequence[str], page: str, now: datetime
) -> Notice:
    """One table is not there when it has to be. `waiting`: those that wait for it, and are late, too."""
    table = config.table
    zone = table.timezone
    headline = f"Late: {table.full_name}"
    explanation = f"It was {due_words(lateness, zone, now)}, and {lateness.reason}."
    live = f"Readers have the build of {day_and_time(zone, newest.run_at, now)}." if newest else "It was never built."
    others = f" {_wait(len(waiting))} for it." if waiting else ""
    return Notice(
        sign=_LATE_SIGN,
        headline=headline,
        words=f"{headline}. {explanation} {live}{others}",
        explanation=explanation,
        live=live,
        lists=_lists(f"{_wait(len(waiting))} for it", waiting),
        facts=tuple(_facts(config)),
        links=(Link(url=page, label="Open the DAG"), Link(url=file_url(config), label=OPEN_FILE)),
        context=(f"DAG {table.table}",),
        is_urgent=True,
    )


def waiting(root: str, why: str, names: Sequence[str], page: str) -> Notice:
    """Several tables are late because of one."""
    headline = f"{_wait(len(names))} for {root}"
    explanation = f"{root}: {why}."
    return _of_many(headline, explanation, names, (Link(url=page, label=f"Open the DAG of {root}"),))


def all_late(kind: CauseKind, names: Sequence[str]) -> Notice:
    """Several tables are late for the same reason, each by itself."""
    return _of_many(f"{counted(len(names), 'table')} are late", _THEY.get(kind, ""), names)


def after_outage(outage: Outage, names: Sequence[str], zone: str, now: datetime) -> Notice:
    """Several tables are late because Airflow did nothing."""
    start, end = (day_and_time(zone, moment, now) for moment in (outage.start, outage.end))
    explanation = f"Airflow started nothing from {start} to {end}: its scheduler did not run."
    return _of_many(f"{counted(len(names), 'table')} are late", explanation, names)


def _of_many(headline: str, explanation: str, names: Sequence[str], links: tuple[Link, ...] = ()) -> Notice:
    shown = ", ".join((*names[:_MOST_NAMES], *_more(names)))
    return Notice(
        sign=_LATE_SIGN,
        headline=headline,
        words=f"{headline}. {explanation} Late: {shown}.",
        explanation=explanation,
        lists=_lists("Late", names),
        links=links,
        is_urgent=True,
    )


def arrived(incident: Incident, root: str, zone: str, now: datetime) -> Notice:
    """The tables of such a message are there."""
    whose = f"that waited for {root}" if root else "that were late"
    headline = f"Here again: the tables {whose}"
    since = f"{incident.reason} since {day_and_time(zone, incident.opened_at, now)}."
    return Notice(sign=_WELL_SIGN, headline=headline, words=f"{headline}. {since}", since=since)


def broken(file: str, problems: Sequence[str], config: Config | None) -> Notice:
    """A file cannot be used, in lint's words."""
    headline = f"Broken file: {file}"
    stands = f"Airflow does not run {config.table.full_name} until it is mended." if config else ""
    first, *others = problems
    return Notice(
        sign=_WRONG_SIGN,
        headline=headline,
        words=" ".join(filter(None, (f"{headline}.", f"{first}.", stands))),
        explanation=first,
        live=stands,
        lists=(Bullets(title="Also wrong", lines=tuple(others)),) if others else (),
        facts=tuple(_owner(config)) if config else (),
        links=(Link(url=file_url(config), label=OPEN_FILE),) if config else (),
        is_urgent=True,
    )


def many_broken(problems: Mapping[str, Sequence[str]]) -> Notice:
    """Several files broke at once. `problems` are by what people call the file."""
    headline = f"{counted(len(problems), 'file')} cannot be used"
    first = next(iter(problems.values()))[0]
    explanation = f"They broke at once, as they do when defaults.yaml changes. The first: {first}"
    return Notice(
        sign=_WRONG_SIGN,
        headline=headline,
        words=f"{headline}. {explanation}.",
        explanation=explanation,
        lists=_lists("Broken", list(problems)),
        is_urgent=True,
    )


def mended(file: str, name: str, *, is_gone: bool) -> Notice:
    """It can be used again, or was deleted."""
    headline = f"{'File deleted' if is_gone else 'File mended'}: {file}"
    builds = f"Nothing builds {name} now." if is_gone else f"Airflow runs {name} again."
    explanation = builds if name else ""
    return Notice(
        sign=_WELL_SIGN,
        headline=headline,
        words=" ".join(filter(None, (f"{headline}.", explanation))),
        explanation=explanation,
    )


def _wait(number: int) -> str:
    return "1 table waits" if number == 1 else f"{number:,} tables wait"


def _lists(title: str, names: Sequence[str]) -> tuple[Bullets, ...]:
    return (Bullets(title=title, lines=(*names[:_MOST_NAMES], *_more(names))),) if names else ()


def _more(names: Sequence[str]) -> tuple[str, ...]:
    more = len(names) - _MOST_NAMES
    return (f"and {more:,} more",) if more > 0 else ()


def _facts(config: Config) -> Iterator[Fact]:
    yield from _owner(config)
    table = config.table
    if table.fresh_by:
        yield Fact(name="Promised", pieces=(Piece(text=f'fresh_by: "{table.fresh_by:%H:%M}"', is_code=True),))
    if table.fresh_within:
        told = f"fresh_within: {written_span(table.fresh_within)}"
        yield Fact(name="Promised", pieces=(Piece(text=told, is_code=True),))


def _owner(config: Config) -> Iterator[Fact]:
    if config.table.owner.strip():
        yield Fact(name="Owner", pieces=(Piece(text=config.table.owner),))
