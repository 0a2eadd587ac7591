"""A table that is made of a CSV file runs when the file has changed: asked of Airflow's own metadata."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from airflow.models.asset import AssetDagRunQueue, AssetEvent, AssetModel
from airflow.models.dag import DagModel
from airflow.models.dagbundle import DagBundleModel
from airflow.utils.session import create_session
from sqlalchemy import delete, func, select, update

from summary_tables.airflow.dag import build_dag
from summary_tables.airflow.file_runs import GROUP, queue_changed_files
from summary_tables.configs.config import read
from tests.airflow.conftest import Project
from tests.airflow.forgotten import forget_incidents
from tests.airflow.metadata import read_by_airflow, set_paused
from tests.golden_files import assert_golden

KOREA = "code,people\nKR,51000000\n"
GERMANY = "code,people\nDE,83000000\n"


@pytest.fixture(autouse=True)
def no_other_dag_starts(project: Project) -> Iterator[None]:  # noqa: ARG001 - its database is asked
    """What other tests leave is no table of this one, and the other way round."""
    with create_session() as session:
        session.execute(update(DagModel).values(is_stale=True))
        session.merge(DagBundleModel(name="dags-folder"))
    yield
    forget_queue()


@pytest.fixture
def table(request: pytest.FixtureRequest, project: Project) -> SimpleNamespace:
    """A table of this test's own, and its file."""
    name = request.node.name.removeprefix("test_")[:40]
    seeds = project.configs / "seeds"
    seeds.mkdir(exist_ok=True)

    def write(text: str, **more: Any) -> Path:
        (seeds / f"{name}.csv").write_text(text)
        columns = [{"name": "code", "type": "text"}, {"name": "people", "type": "bigint"}]
        data = {"table": name, "schema": "analytics", "csv": {"file": f"seeds/{name}.csv"}, "columns": columns}
        return project.write(name, {**data, **more})

    return SimpleNamespace(name=name, write=write, file=seeds / f"{name}.csv")


def started() -> list[str]:
    read_by_airflow()
    with create_session(scoped=False) as session:
        return queue_changed_files(session)


def events(name: str) -> int:
    counted = select(func.count()).select_from(AssetEvent).join(AssetModel, AssetModel.id == AssetEvent.asset_id)
    with create_session() as session:
        return session.scalar(counted.where(AssetModel.name == f"analytics.{name}.csv")) or 0


def due() -> list[str]:
    with create_session() as session:
        return list(session.scalars(select(AssetDagRunQueue.target_dag_id)))


def forget_queue() -> None:
    """As the scheduler does when it makes the run."""
    with create_session() as session:
        session.execute(delete(AssetDagRunQueue))


def test_file_changes(table: SimpleNamespace) -> None:
    table.write(KOREA)
    assert started() == [table.name]
    assert table.name in due()
    forget_queue()
    assert started() == []
    table.write(GERMANY)
    assert started() == [table.name]
    forget_queue()
    # It is put back.
    table.write(KOREA)
    assert started() == [table.name]
    assert started() == []
    assert events(table.name) == 3


def test_what_columns_say_changes(table: SimpleNamespace) -> None:
    table.write(KOREA)
    assert started() == [table.name]
    table.write(KOREA, description="Countries.")
    assert started() == []
    table.write(KOREA, columns=[{"name": "code", "type": "text"}, {"name": "people", "type": "numeric"}])
    assert started() == [table.name]


def test_file_is_gone(table: SimpleNamespace) -> None:
    table.write(KOREA)
    assert started() == [table.name]
    table.file.unlink()
    assert started() == []
    table.write(KOREA)
    assert started() == []


def test_file_that_cannot_be_read_any_more(table: SimpleNamespace) -> None:
    """Its run says why; without one, nobody would hear that the table stays as it is."""
    table.write(KOREA)
    assert started() == [table.name]
    table.file.write_text(KOREA + "DE,1\n" * 200_000)
    assert started() == [table.name]
    assert started() == []
    table.file.unlink()
    table.file.mkdir()
    assert started() == [table.name]
    table.file.rmdir()
    table.write(KOREA)
    assert started() == [table.name]


def test_paused_table(table: SimpleNamespace) -> None:
    table.write(KOREA)
    read_by_airflow()
    set_paused(table.name, is_paused=True)
    assert started() == []
    set_paused(table.name, is_paused=False)
    assert started() == [table.name]


def test_table_with_a_schedule(table: SimpleNamespace) -> None:
    table.write(KOREA, schedule="0 3 * * *")
    assert started() == []
    with create_session() as session:
        named = select(AssetModel).where(AssetModel.group == GROUP, AssetModel.name.contains(table.name))
        assert session.scalars(named).all() == []


def test_build_and_mistakes(table: SimpleNamespace, project: Project, admin: Any) -> None:
    table.write(KOREA + "DE,\n\n")
    assert project.run(table.name).state == "success"
    rows = f"SELECT code, people FROM analytics.{table.name} ORDER BY code"
    assert admin.execute(rows).fetchall() == [("DE", None), ("KR", 51_000_000)]
    table.file.write_text(KOREA + "FR,6x\nIT,7y\n" + "ES,z\n" * 10)
    assert project.run(table.name).state == "failed"
    assert len(admin.execute(rows).fetchall()) == 2
    table.file.unlink()
    assert project.run(table.name).state == "failed"
    table.file.write_text(GERMANY)
    assert project.run(table.name).state == "success"
    assert admin.execute(rows).fetchall() == [("DE", 83_000_000)]


def test_words_of_a_run_that_fails(
    table: SimpleNamespace, project: Project, sent: list[str], admin: psycopg.Connection[Any]
) -> None:
    """One mistake is the sentence; several stand below it, ten of them, and the others are counted."""
    for rows in ("FR,6x\n", "FR,6x\nIT,1.5\n" + "ES,z\n" * 10, "FR\n"):
        table.write(KOREA + rows)
        assert project.run(table.name).state == "failed"
        forget_incidents(admin)
    table.file.unlink()
    assert project.run(table.name).state == "failed"
    assert_golden("slack/csv_mistakes.txt", "\n\n".join(sent).replace(table.name, "countries") + "\n")


def test_airflow_shows_no_query_that_is_not_there(table: SimpleNamespace, project: Project) -> None:
    table.write(KOREA)
    dag = build_dag(read(table.name, project.configs))
    assert list(dag.task_dict["create"].template_fields) == []
    assert "```sql" not in str(dag.doc_md)
    assert f"- rows: those of `seeds/{table.name}.csv`\n- built: when `seeds/{table.name}.csv` has changed" in str(
        dag.doc_md
    )
