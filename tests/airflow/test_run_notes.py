"""What stands beside a run in Airflow once it has ended: on a real warehouse."""

import re
from collections.abc import Callable
from typing import Any, cast

import psycopg
import pytest
from airflow.models.dagrun import DagRun, DagRunNote
from airflow.utils.session import create_session
from airflow.utils.sqlalchemy import prohibit_commit
from sqlalchemy import delete, select, update
from sqlalchemy.exc import SQLAlchemyError

from summary_tables.airflow import run_notes
from summary_tables.airflow.dag import build_dag
from summary_tables.configs.config import read
from tests.airflow.conftest import Project, states

FEW = {"row_count": {"min": 12}}


@pytest.fixture
def run(project: Project, admin: psycopg.Connection[Any]) -> Callable[..., Any]:
    admin.execute("DROP VIEW IF EXISTS analytics.t")

    def run_once(configuration: dict[str, Any] | None = None, table: str = "t", **keys: Any) -> Any:
        project.write(table, {"table": table, "schema": "analytics", "main_sql": "SELECT 1 AS one", **keys})
        return build_dag(read(table, project.configs)).test(run_conf=configuration)

    return run_once


def note(run: Any) -> str:
    """With seconds as `0.0 s`."""
    with create_session() as session:
        text = session.scalar(select(DagRunNote.content).join(DagRun).where(DagRun.run_id == run.run_id))
    return re.sub(r"\d+\.\d s\b", "0.0 s", text or "")


def test_what_was_published_and_what_the_checks_found(run: Callable[..., Any]) -> None:
    checks = [{"not_null": "one"}, {**FEW, "severity": "warn"}]
    done = run(input_check=[{"sql": "SELECT 1", "count": 1}], output_check=checks)
    assert note(done) == "Published 1 row in 0.0 s; 2 checks passed, 1 warned."


def test_why_it_failed_in_one_line(run: Callable[..., Any]) -> None:
    done = run(output_check=[FEW, {"no_rows": "SELECT '<b>값</b>' AS a"}])
    assert note(done) == (
        'Output check "no rows" of analytics.t failed: expected no rows, got 1 row: ("<b>값</b>"). '
        "1 other step failed, too."
    )


def test_a_table_that_grows_says_what_came_and_went(run: Callable[..., Any]) -> None:
    query = "SELECT '{{ data_interval_start | ds }}'::date AS day"
    keys = {"main_sql": query, "refresh": {"delete_insert": {"time_column": "day"}}, "schedule": "@daily"}
    assert re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "then", note(run(table="noted", **keys))) == (
        "Published analytics.noted, which begins with 1 row of the run of then to then UTC."
    )


def test_a_roll_back_says_what_readers_see_and_counts_no_checks(run: Callable[..., Any]) -> None:
    first = run(output_check=[{"not_null": "one"}])
    run(output_check=[{"not_null": "one"}])
    done = run({"roll_back_to": first.run_id}, output_check=[{"not_null": "one"}])
    assert set(states(done).values()) == {"success"}
    assert re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?", "then", note(done)) == (
        "Readers saw the build of then UTC and now see that of then UTC."
    )


def again(session: Any, done: Any) -> DagRun:
    """The run as the scheduler has it in its hands."""
    found = session.scalars(select(DagRun).where(DagRun.run_id == done.run_id)).one()
    found.dag = done.dag
    return cast("DagRun", found)


def set_note(session: Any, run: DagRun, text: str, user: str | None = None) -> None:
    session.execute(update(DagRunNote).where(DagRunNote.dag_run_id == run.id).values(content=text, user_id=user))


def test_another_end_of_the_run_has_another_note_but_what_a_person_wrote_stays(run: Callable[..., Any]) -> None:
    done = run()
    with create_session() as session:
        found = again(session, done)
        # Whatever commits here would end the locks of the scheduler.
        with prohibit_commit(session) as guard:  # type: ignore[no-untyped-call]  # Airflow has not typed it
            set_note(session, found, "of an earlier try")
            run_notes.on_dag_run_success(found)
            guard.commit()
    assert note(done).startswith("Published 1 row in ")
    with create_session() as session:
        found = again(session, done)
        set_note(session, found, "seen by 지민", "7")
        run_notes.on_dag_run_success(found)
        run_notes.on_dag_run_failed(found)
    assert note(done) == "seen by 지민"


def test_a_note_that_cannot_be_written_leaves_the_run_as_it_is(
    run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = run()
    with create_session() as session:
        found = again(session, done)
        found.conf = {"kept": True}
        session.execute(delete(DagRunNote).where(DagRunNote.dag_run_id == found.id))
        monkeypatch.setattr(run_notes, "_success", lambda *_: None)
        monkeypatch.setattr(run_notes, "_failure", lambda *_: ["no text"])
        run_notes.on_dag_run_success(found)
        with pytest.raises(SQLAlchemyError):
            run_notes.on_dag_run_failed(found)
    with create_session() as session:
        assert again(session, done).conf == {"kept": True}
    assert note(done) == ""


def test_dags_of_others_are_left_alone(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    done = run()
    monkeypatch.setattr(run_notes, "_OPERATORS", "of.others.")
    with create_session() as session:
        found = again(session, done)
        set_note(session, found, "theirs")
        run_notes.on_dag_run_success(found)
    assert note(done) == "theirs"
