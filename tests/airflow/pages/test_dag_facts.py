"""What Airflow's database knows of DAGs, compared with what all of their runs say."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from airflow.models.dag import DagModel
from airflow.models.dagbundle import DagBundleModel
from airflow.models.dagrun import DagRun
from airflow.utils.session import create_session
from airflow.utils.types import DagRunType
from sqlalchemy import delete, event

from summary_tables.airflow.pages.dag_facts import facts_of_all, facts_of_one
from summary_tables.model.dag_facts import DagFacts

START = datetime(2026, 11, 1, 3, tzinfo=UTC)


@pytest.fixture
def session(metadata_database: None) -> Iterator[Any]:  # noqa: ARG001 - it has to be there
    with create_session(scoped=False) as session:
        session.merge(DagBundleModel(name="dags-folder"))
        session.flush()
        yield session
        session.rollback()
        session.execute(delete(DagRun).where(DagRun.dag_id.like("facts_%")))
        session.execute(delete(DagModel).where(DagModel.dag_id.like("facts_%")))


def add_dag(session: Any, dag_id: str, **columns: Any) -> None:
    values = {"bundle_name": "dags-folder", "is_paused": False, "is_stale": False, "max_active_tasks": 1, **columns}
    model: Any = DagModel
    session.add(model(dag_id=dag_id, max_consecutive_failed_dag_runs=0, has_task_concurrency_limits=False, **values))
    session.flush()


def add_runs(session: Any, dag_id: str, states: str, kind: DagRunType = DagRunType.SCHEDULED) -> None:
    """A run a day; a letter each: `s`uccess, `f`ailed, `r`unning, `q`ueued."""
    words = {"s": "success", "f": "failed", "r": "running", "q": "queued"}
    for day, letter in enumerate(states):
        at = START + timedelta(days=day)
        run = DagRun(dag_id=dag_id, run_id=f"{kind.value}__{at.isoformat()}", run_type=kind, run_after=at)
        run.logical_date = at if kind == DagRunType.SCHEDULED else None
        run.state = words[letter]
        session.add(run)
    session.flush()


def told(facts: DagFacts) -> tuple[str, str, int]:
    """The states of its runs, since when it fails, and in how many runs."""
    since = facts.failing_since
    return "".join(run.state[0] for run in facts.runs), f"{since.run_after:%d}" if since else "", facts.failed_runs


@pytest.mark.parametrize("kind", [DagRunType.SCHEDULED, DagRunType.ASSET_TRIGGERED, DagRunType.MANUAL])
@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ("", ("", "", 0)),
        ("s", ("s", "", 0)),
        ("fs", ("s", "", 0)),
        ("sf", ("f", "02", 1)),
        ("sfff", ("f", "02", 3)),
        ("fff", ("f", "01", 3)),
        ("sfsff", ("f", "04", 2)),
        ("sffr", ("rf", "02", 2)),
        ("fsr", ("rs", "", 0)),
        ("rq", ("qr", "", 0)),
    ],
)
def test_what_is_told(states: str, expected: tuple[str, str, int], kind: DagRunType, session: Any) -> None:
    add_dag(session, "facts_one")
    add_runs(session, "facts_one", states, kind)
    assert told(facts_of_all(session, {"facts_one", "facts_none"})["facts_one"]) == expected
    whole = facts_of_one(session, "facts_one")
    assert whole is not None
    assert told(whole) == (states[::-1], *expected[1:])


def test_dag(session: Any) -> None:
    add_dag(session, "facts_one", is_paused=True, is_stale=True, next_dagrun_create_after=START)
    found = facts_of_all(session, {"facts_one"})["facts_one"]
    assert (found.is_paused, found.is_stale, found.next_run_at) == (True, True, START)
    assert facts_of_one(session, "facts_none") is None


def test_many_at_once_as_each_alone(session: Any) -> None:
    chance = random.Random(7)
    kinds = (DagRunType.SCHEDULED, DagRunType.ASSET_TRIGGERED)
    names = [f"facts_{number:03}" for number in range(60)]
    for name in names:
        add_dag(session, name)
        add_runs(session, name, "".join(chance.choices("sf", k=chance.randrange(9))), chance.choice(kinds))
    statements: list[str] = []
    event.listen(
        session.get_bind(), "before_cursor_execute", lambda _c, _u, statement, *_: statements.append(statement)
    )
    found = facts_of_all(session, set(names))
    assert len(statements) <= 7
    for name in names:
        alone = facts_of_one(session, name)
        assert alone is not None
        assert told(found[name])[1:] == told(alone)[1:]
