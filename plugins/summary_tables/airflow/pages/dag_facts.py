"""What Airflow's database knows of the DAGs of all tables, in a few questions that its indexes answer.

No index has the runs of a DAG by when they were due, and a DAG may have thousands. So the last one is looked up in the
ways in which there is an index: by its date, or where it has none by its id, which says how it was started and when.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from airflow.models.dag import DagModel
from airflow.models.dagrun import DagRun
from sqlalchemy import ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from summary_tables.model.dag_facts import DagFacts, DagRunFacts

_FINISHED: Final = ("success", "failed")
_GOING_ON: Final = ("queued", "running")
_SHOWN_RUNS: Final = 30
_MOST_NAMES: Final = 1000
_MOST_FAILING: Final = 100
_EVER: Final = datetime(1970, 1, 1, tzinfo=UTC)
_RUN: Final = (DagRun.dag_id, DagRun.run_id, DagRun.state, DagRun.run_after, DagRun.start_date, DagRun.end_date)

Runs = Mapping[str, list[DagRunFacts]]


def facts_of_all(session: Session, dag_ids: Collection[str]) -> Mapping[str, DagFacts]:
    """Of each of the DAGs that Airflow knows; of its runs those that go on, and the last one that ended."""
    found: dict[str, DagFacts] = {}
    for some in _parts(sorted(dag_ids)):
        found |= _facts(session, some, _last_runs(session, some))
    return found


def facts_of_one(session: Session, dag_id: str) -> DagFacts | None:
    """With its last runs; None where Airflow does not know the DAG."""
    query = select(*_RUN).where(DagRun.dag_id == dag_id).order_by(DagRun.run_after.desc()).limit(_SHOWN_RUNS)
    return _facts(session, [dag_id], _by_dag(session.execute(query))).get(dag_id)


def _parts(names: list[Any], most: int = _MOST_NAMES) -> Iterator[list[Any]]:
    """One statement takes only so many."""
    return (names[start : start + most] for start in range(0, len(names), most))


def _facts(session: Session, dag_ids: Collection[str], runs: Runs) -> dict[str, DagFacts]:
    model = DagModel
    columns = (model.dag_id, model.is_paused, model.is_stale, model.next_dagrun_create_after)
    failures = _failures(session, runs)
    return {
        dag_id: DagFacts(
            is_paused=is_paused,
            is_stale=is_stale,
            next_run_at=next_run_at,
            runs=tuple(runs.get(dag_id, ())),
            failing_since=failures[dag_id][0] if dag_id in failures else None,
            failed_runs=failures[dag_id][1] if dag_id in failures else 0,
        )
        for dag_id, is_paused, is_stale, next_run_at in session.execute(
            select(*columns).where(model.dag_id.in_(dag_ids))
        )
    }


def _last_runs(session: Session, dag_ids: Collection[str]) -> Runs:
    going_on = select(*_RUN).where(DagRun.dag_id.in_(dag_ids), DagRun.state.in_(_GOING_ON))
    rows = [*session.execute(going_on), *_last_rows(session, dag_ids, _FINISHED)]
    return {dag_id: _as_far_as_the_last_that_ended(found) for dag_id, found in _by_dag(rows).items()}


def _last_rows(session: Session, dag_ids: Collection[str], states: Collection[str]) -> Iterator[Any]:
    """Of each DAG the last run that ended in one of these states, and some of its others."""
    last = select(
        _last(states, lambda run: run.logical_date, lambda run: run.logical_date.is_not(None)),
        *(_last(states, lambda run: run.run_id, begins) for begins in map(_id_begins, ("asset_triggered", "manual"))),
    )
    ids = [row_id for row in session.execute(last.where(DagModel.dag_id.in_(dag_ids))) for row_id in row if row_id]
    for some in _parts(ids):
        yield from session.execute(select(*_RUN).where(DagRun.id.in_(some)))


def _last(states: Collection[str], order: Callable[[Any], Any], condition: Callable[[Any], Any]) -> ScalarSelect[Any]:
    """Of the DAG of the outer query, and of those of its runs that meet the condition."""
    run = aliased(DagRun)
    found = select(run.id).where(run.dag_id == DagModel.dag_id, run.state.in_(states), condition(run))
    return found.order_by(order(run).desc()).limit(1).scalar_subquery()


def _id_begins(kind: str) -> Callable[[Any], Any]:
    """As an interval, which the index can answer in any collation."""
    return lambda run: and_(run.logical_date.is_(None), run.run_id.between(f"{kind}__1", f"{kind}__9"))


def _by_dag(rows: Iterable[Any]) -> dict[str, list[DagRunFacts]]:
    """Newest first."""
    found: dict[str, list[DagRunFacts]] = {}
    for dag_id, run_id, state, run_after, started_at, ended_at in rows:
        run = DagRunFacts(
            run_id=run_id, state=str(state), run_after=run_after, started_at=started_at, ended_at=ended_at
        )
        found.setdefault(dag_id, []).append(run)
    return {dag_id: sorted(runs, key=lambda run: run.run_after, reverse=True) for dag_id, runs in found.items()}


def _as_far_as_the_last_that_ended(runs: list[DagRunFacts]) -> list[DagRunFacts]:
    """Further back there may be others between these."""
    ended = next((place for place, run in enumerate(runs) if run.state in _FINISHED), len(runs))
    return runs[: ended + 1]


def _failures(session: Session, runs: Runs) -> Mapping[str, tuple[DagRunFacts, int]]:
    """Of the DAGs whose last run failed: the first that failed since one went well, and how many did."""
    failing = [dag_id for dag_id, found in runs.items() if _last_failed(found)]
    found: dict[str, tuple[DagRunFacts, int]] = {}
    for some in _parts(failing, _MOST_FAILING):
        found |= _since_they_went_well(session, some)
    return found


def _last_failed(runs: Iterable[DagRunFacts]) -> bool:
    return next((run.state for run in runs if run.state in _FINISHED), "") == "failed"


def _since_they_went_well(session: Session, dag_ids: Collection[str]) -> Mapping[str, tuple[DagRunFacts, int]]:
    good = {dag_id: runs[0].run_after for dag_id, runs in _by_dag(_last_rows(session, dag_ids, ["success"])).items()}
    since = [and_(DagRun.dag_id == dag_id, DagRun.run_after > good.get(dag_id, _EVER)) for dag_id in dag_ids]
    failed = (
        select(DagRun.dag_id, func.count().label("runs"), func.min(DagRun.run_after).label("at"))
        .where(DagRun.state == "failed", or_(*since))
        .group_by(DagRun.dag_id)
        .subquery()
    )
    first = and_(failed.c.dag_id == DagRun.dag_id, failed.c.at == DagRun.run_after, DagRun.state == "failed")
    rows = session.execute(select(*_RUN, failed.c.runs).join(failed, first)).all()
    runs = _by_dag(row[:-1] for row in rows)
    return {row.dag_id: (runs[row.dag_id][0], row.runs) for row in rows}
