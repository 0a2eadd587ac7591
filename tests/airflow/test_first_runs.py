"""Which tables that wait for others start at once: asked of Airflow's own metadata, after real runs of the others."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from airflow import settings
from airflow.api.common.delete_dag import delete_dag
from airflow.jobs.job import Job
from airflow.models.asset import AssetDagRunQueue, AssetEvent, AssetModel
from airflow.models.dag import DagModel
from airflow.utils.session import create_session
from sqlalchemy import event, orm, select, update

from summary_tables.airflow import first_runs
from summary_tables.airflow.first_runs import queue_first_runs
from tests.airflow.conftest import Project
from tests.airflow.dbt_runs.made_dbt import MadeDbt
from tests.airflow.metadata import read_by_airflow, set_paused
from tests.conftest import AIRFLOW_HOME

OTHERS = """
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Asset
with DAG("not_ours", schedule=[Asset("analytics.{parent}")], is_paused_upon_creation=False):
    EmptyOperator(task_id="publish", outlets=[Asset("somewhere.else")])
"""


@pytest.fixture
def names(request: pytest.FixtureRequest) -> SimpleNamespace:
    """Tables of this test's own, since Airflow forgets none: two that others wait for, and one that waits."""
    word = request.node.name.removeprefix("test_").replace("[", "_").rstrip("]")[:30]
    return SimpleNamespace(parent=f"{word}_parent", other=f"{word}_other", child=f"{word}_child")


@pytest.fixture(autouse=True)
def no_other_dag_starts(project: Project) -> None:  # noqa: ARG001 - its database is asked
    """What earlier tests left is no table of this one."""
    with create_session() as session:
        session.execute(update(DagModel).values(is_stale=True))


def started() -> list[str]:
    with create_session(scoped=False) as session:
        return queue_first_runs(session)


def counted(dag_id: str) -> list[str]:
    """The tables of which a publication is counted for the DAG; Airflow starts it when it has all that it waits for."""
    query = (
        select(AssetModel.name)
        .join(AssetDagRunQueue, AssetDagRunQueue.asset_id == AssetModel.id)
        .where(AssetDagRunQueue.target_dag_id == dag_id)
        .order_by(AssetModel.name)
    )
    with create_session(scoped=False) as session:
        return list(session.scalars(query))


@pytest.fixture
def add(project: Project) -> Callable[..., Path]:
    def write(name: str, *after: str | dict[str, str], any_of: bool = False) -> Path:
        parents = [other if isinstance(other, dict) else f"analytics.{other}" for other in after]
        schedule = {"schedule": {"after": {"any": parents} if any_of else parents}} if after else {}
        data = {"table": name, "schema": "analytics", "main_sql": "SELECT 1 AS one", **schedule}
        return project.write(name, data)

    return write


def test_all_published(project: Project, add: Callable[..., Path], names: SimpleNamespace) -> None:
    add(names.parent)
    add(names.other)
    for name in (names.parent, names.other):
        project.run(name)
    add(names.child, names.parent, names.other)
    read_by_airflow()
    assert counted(names.child) == []
    assert started() == [names.child]
    assert counted(names.child) == sorted([f"analytics.{names.parent}", f"analytics.{names.other}"])
    # The scheduler has not come by yet.
    assert started() == []
    with create_session() as session:
        dags, due = DagModel.dags_needing_dagruns(session)
        assert ([dag.dag_id for dag in dags], list(due)) == ([names.child], [names.child])


def test_dbt_project_of_which_the_models_are_known(
    project: Project, add: Callable[..., Path], names: SimpleNamespace, tmp_path: Path
) -> None:
    add(names.parent)
    project.run(names.parent)
    MadeDbt(tmp_path, project.configs.parent / "dbt" / "shop").writes_manifest()
    after = {"after": [f"analytics.{names.parent}"]}
    project.write(names.child, {"dbt": {"project": "dbt/shop"}, "schedule": after})
    read_by_airflow()
    assert started() == [names.child]
    assert counted(names.child) == [f"analytics.{names.parent}"]


def test_one_never_published(project: Project, add: Callable[..., Path], names: SimpleNamespace) -> None:
    add(names.parent)
    add(names.other)
    project.run(names.parent)
    add(names.child, names.parent, names.other)
    read_by_airflow()
    assert (started(), counted(names.child)) == ([], [])
    # Airflow counts this one itself; the other's comes beside it.
    project.run(names.other)
    assert counted(names.child) == [f"analytics.{names.other}"]
    assert started() == [names.child]
    assert counted(names.child) == sorted([f"analytics.{names.parent}", f"analytics.{names.other}"])


def test_published_at_the_same_moment(project: Project, add: Callable[..., Path], names: SimpleNamespace) -> None:
    add(names.parent)
    project.run(names.parent)
    add(names.child, names.parent)
    read_by_airflow()
    project.run(names.parent)
    assert counted(names.child) == [f"analytics.{names.parent}"]
    assert started() == []
    assert counted(names.child) == [f"analytics.{names.parent}"]


def test_had_a_run(project: Project, add: Callable[..., Path], names: SimpleNamespace) -> None:
    add(names.parent)
    project.run(names.parent)
    add(names.child, names.parent)
    project.write(names.child, {"table": names.child, "schema": "analytics", "main_sql": "SELECT 1 / 0 AS one"})
    assert str(project.run(names.child).state) == "failed"
    add(names.child, names.parent)
    read_by_airflow()
    assert (started(), counted(names.child)) == ([], [])


def test_dag_deleted(project: Project, add: Callable[..., Path], names: SimpleNamespace) -> None:
    """Its file is still there, and so it comes back, without a history."""
    add(names.parent)
    add(names.child, names.parent)
    for name in (names.parent, names.child):
        project.run(name)
    delete_dag(names.child)
    read_by_airflow()
    assert (started(), counted(names.child)) == ([], [])


def test_paused(project: Project, add: Callable[..., Path], names: SimpleNamespace) -> None:
    add(names.parent)
    project.run(names.parent)
    add(names.child, names.parent)
    read_by_airflow()
    set_paused(names.child, is_paused=True)
    assert (started(), counted(names.child)) == ([], [])
    set_paused(names.child, is_paused=False)
    assert started() == [names.child]


def test_dag_of_others(project: Project, add: Callable[..., Path], names: SimpleNamespace) -> None:
    add(names.parent)
    project.run(names.parent)
    path = AIRFLOW_HOME / "dags" / "not_ours.py"
    path.write_text(OTHERS.format(parent=names.parent))
    try:
        read_by_airflow()
        with create_session() as session:
            assert session.get(DagModel, "not_ours")
    finally:
        path.unlink()
    assert (started(), counted("not_ours")) == ([], [])


@pytest.fixture
def start_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Begins one of Airflow's services, as far as plugins can tell; it asks nothing any more at the end."""
    found: list[tuple[Any, ...]] = []

    def listen(*arguments: Any) -> None:
        if arguments[:2] == (orm.Session, "after_commit"):
            found.append(arguments)
        really_listen(*arguments)

    def start(job_type: str) -> None:
        job = Job()  # type: ignore[no-untyped-call]  # Airflow has not typed it
        job.job_type = job_type
        assert len(found) == 1

    really_listen = event.listen
    monkeypatch.setattr(event, "listen", listen)
    yield start
    for arguments in found:
        event.remove(*arguments)


@pytest.mark.parametrize(("job_type", "starts"), [("DagProcessorJob", True), ("SchedulerJob", False)])
def test_asked(
    job_type: str,
    starts: bool,
    project: Project,
    add: Callable[..., Path],
    start_service: Callable[[str], None],
) -> None:
    parent, child = f"{job_type.lower()}_parent", f"{job_type.lower()}_child"
    add(parent)
    project.run(parent)
    add(child, parent)
    start_service(job_type)
    read_by_airflow()
    assert counted(child) == ([f"analytics.{parent}"] if starts else [])


def test_cannot_be_asked(
    start_service: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise orm.exc.UnmappedError("the metadata database has another form")

    start_service("DagProcessorJob")
    monkeypatch.setattr(first_runs, "_SECONDS", 0)
    monkeypatch.setattr(settings, "NonScopedSession", broken)
    with caplog.at_level(logging.WARNING, first_runs.__name__):
        read_by_airflow()
        read_by_airflow()
    assert caplog.messages == ["Whether new tables can start at once could not be asked."]


THEIRS = """
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Asset
with DAG("{name}_dag", schedule=None, is_paused_upon_creation=False):
    EmptyOperator(task_id="load", outlets=[Asset(name="{name}", uri="s3://landing/{name}")])
"""


@pytest.mark.parametrize("form", ["{0}", "s3://landing/{0}"], ids=["by_name", "by_uri"])
def test_asset_of_others(project: Project, add: Callable[..., Path], names: SimpleNamespace, form: str) -> None:
    add(names.parent)
    project.run(names.parent)
    name = names.other
    add(names.child, names.parent, {"asset": form.format(name)})
    read_by_airflow()
    assert (started(), counted(names.child)) == ([], [])
    theirs = AIRFLOW_HOME / "dags" / "theirs.py"
    theirs.write_text(THEIRS.format(name=name))
    try:
        read_by_airflow()
        assert started() == []
        publish(name)
        assert started() == [names.child]
    finally:
        theirs.unlink()
    assert counted(names.child) == sorted([f"analytics.{names.parent}", name])


def publish(name: str) -> None:
    with create_session() as session:
        asset = session.scalars(select(AssetModel).where(AssetModel.name == name)).one()
        session.add(AssetEvent(asset_id=asset.id))


def test_any_of_several(project: Project, add: Callable[..., Path], names: SimpleNamespace) -> None:
    add(names.parent)
    add(names.other)
    project.run(names.parent)
    add(names.child, names.parent, names.other, any_of=True)
    read_by_airflow()
    assert started() == [names.child]
    assert counted(names.child) == [f"analytics.{names.parent}"]
