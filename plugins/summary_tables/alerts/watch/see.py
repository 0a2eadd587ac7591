"""What the warehouses and the files say, put together: one round of the watch, but for what Airflow knows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from summary_tables.alerts.lateness.facts import Outage, Rhythm, TableFacts, World
from summary_tables.alerts.lateness.lateness import Latecomers, Lateness
from summary_tables.alerts.watch.broken_files import file_events
from summary_tables.alerts.watch.folder import FolderLook
from summary_tables.alerts.watch.late_tables import late_events, waiting_events
from summary_tables.alerts.watch.news import news
from summary_tables.alerts.watch.seen import Recorded, Seen, no_page
from summary_tables.alerts.watch.upkeep import upkeep_events
from summary_tables.configs.config import Config
from summary_tables.model.build import Build
from summary_tables.model.dag_facts import DagFacts
from summary_tables.model.incident import Incident
from summary_tables.warehouse.logs.incident_log import open_incidents, recent_incidents
from summary_tables.warehouse.logs.watched_files import last_publications
from summary_tables.warehouse.session.session import Session

MOST_ASKED: Final = 50
"""So many tables a round Airflow is asked about."""

SILENCE: Final = timedelta(minutes=20)
"""Where the watch itself was not started for so long, nothing may have been."""

_MARGIN: Final = timedelta(minutes=2)

AskDag = Callable[[Config, datetime], DagFacts | None]
"""What Airflow knows of a table's DAG; the moment is when its missing build was due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one warehouse says."""

    newest: Mapping[str, Build]
    open: tuple[Incident, ...]


def answer(session: Session) -> Answer:
    """Two statements, however many tables there are. Raises `WarehouseError`."""
    return Answer(newest=last_publications(session), open=open_incidents(session))


def see(
    look: FolderLook,
    answers: Mapping[str, Answer],
    now: datetime,
    *,
    last_round: datetime | None = None,
    ask: AskDag | None = None,
    page: Callable[[str], str] = no_page,
) -> Seen:
    """`answers` are by connection, of those that did. `last_round`: when the watch was started before this time."""
    newest = {name: build for found in answers.values() for name, build in found.newest.items()}
    tables = {name: _facts(name, look, answers, newest) for name in look.configs}
    tables |= _broken(look, newest, tables)
    outage = _outage(last_round, newest.values(), now)
    seen = Seen(
        look=look,
        late=_promised(World(tables=tables, now=now, outage=outage, projects=look.projects)),
        newest=newest,
        answered=frozenset(answers),
        open={conn_id: found.open for conn_id, found in answers.items()},
        now=now,
        outage=outage,
        page=page,
    )
    return seen if ask is None else _with_reasons(seen, tables, ask)


def events(seen: Seen, told_there: Mapping[str, frozenset[tuple[str, str, str]]]) -> tuple[Recorded, ...]:
    """All that is to be recorded, in the order in which people should hear it."""
    return (
        *(file_events(seen) if seen.look.is_news else ()),
        *upkeep_events(seen),
        *waiting_events(seen, told_there),
        *late_events(seen),
    )


def told_there(sessions: Mapping[str, Session], seen: Seen) -> Mapping[str, frozenset[tuple[str, str, str]]]:
    """Of the tables for which others have waited, the places that heard that they are well. Raises `WarehouseError`."""
    found: dict[str, frozenset[tuple[str, str, str]]] = {}
    for incidents in seen.open.values():
        for waited in incidents:
            root = waited.causes[0] if waited.kind == "waiting" and waited.causes else ""
            config = seen.look.configs.get(root)
            if config and (session := sessions.get(config.table.conn_id)):
                found[root] = _heard(session, config, waited.opened_at)
    return found


def _heard(session: Session, config: Config, since: datetime) -> frozenset[tuple[str, str, str]]:
    recent = recent_incidents(session, config.table.schema, config.table.table, 5)
    over = (each for each in recent if each.about == "build" and each.closed_at and each.closed_at >= since)
    return frozenset(place.key for each in over if not each.is_silent for place in each.places)


def _facts(name: str, look: FolderLook, answers: Mapping[str, Answer], newest: Mapping[str, Build]) -> TableFacts:
    table = look.configs[name].table
    own = answers.get(table.conn_id)
    return TableFacts(
        rhythm=Rhythm.of(table),
        newest=newest.get(name),
        failed_at=_failed_at(own.open, name) if own else None,
        # What was built before is nothing new.
        known_since=look.known_at.get(name) if look.is_news or name not in newest else None,
        is_asked=own is not None,
    )


def _failed_at(incidents: Iterable[Incident], name: str) -> datetime | None:
    failed = (each for each in incidents if each.full_name == name and each.about == "build")
    return next((each.seen_at for each in failed if each.failed_runs), None)


def _broken(look: FolderLook, newest: Mapping[str, Build], tables: Mapping[str, TableFacts]) -> dict[str, TableFacts]:
    """Others wait for them as they did before."""
    configs = {file.config.table.full_name: file.config for file in look.broken.values() if file.config}
    return {
        name: TableFacts(rhythm=Rhythm.of(config.table), newest=newest.get(name), is_broken=True)
        for name, config in configs.items()
        if name not in tables
    }


def _promised(world: World) -> Mapping[str, Lateness]:
    """Those that somebody wants to hear of."""
    return {name: late for name, late in Latecomers(world).all().items() if late.is_promised}


def _outage(last_round: datetime | None, builds: Iterable[Build], now: datetime) -> Outage | None:
    """That the watch was not started may be its own fault; that nothing was built meanwhile, either, is Airflow's."""
    if last_round is None or now - last_round < SILENCE:
        return None
    was_busy = any(last_round + _MARGIN < build.started_at < now - _MARGIN for build in builds)
    return None if was_busy else Outage(start=last_round, end=now)


def _with_reasons(seen: Seen, tables: Mapping[str, TableFacts], ask: AskDag) -> Seen:
    """The same with what Airflow knows of those tables to which the news is to blame."""
    asked = _to_ask(seen)
    if not asked:
        return seen
    known = {name: ask(seen.look.configs[name], due_at) for name, due_at in asked.items()}
    with_dags = {**tables, **{name: _with_dag(tables[name], dag) for name, dag in known.items()}}
    world = World(tables=with_dags, now=seen.now, outage=seen.outage, projects=seen.look.projects)
    late = dict(_promised(world))
    # What people have heard of stays what it was.
    told = seen.late.keys() - news(seen)
    kept = {name: found for name, found in seen.late.items() if name in told or name not in late}
    kept = {name: found for name, found in kept.items() if seen.incident(name, "build")}
    return replace(seen, late={**late, **kept})


def _with_dag(facts: TableFacts, dag: DagFacts | None) -> TableFacts:
    """A run may have failed of which nobody said so."""
    failed = next((run.run_after for run in dag.runs[:1] if run.state == "failed"), None) if dag else None
    return replace(facts, dag=dag, failed_at=facts.failed_at or failed)


def _to_ask(seen: Seen) -> Mapping[str, datetime]:
    found: dict[str, datetime] = {}
    for name in news(seen):
        late = seen.late[name]
        root = late.cause.table
        if root in seen.look.configs and late.cause.kind in {"unknown", "running", "queued", "not_started"}:
            found.setdefault(root, late.due_at)
    return dict(list(found.items())[:MOST_ASKED])
