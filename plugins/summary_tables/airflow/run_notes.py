"""Airflow shows a note beside each run: what was published, or why it failed.

A task can give a note only to a run that it starts, so this is a listener: Airflow calls it where a run ends, which is
the scheduler, with the run still in its hands. Here alone what a run recorded is read from Airflow's database. A note
that somebody wrote stays.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from airflow.listeners import hookimpl

if TYPE_CHECKING:
    from airflow.models.dagrun import DagRun
    from sqlalchemy.orm import Session

    from summary_tables.runs.run_note import CheckCount

_OPERATORS = "summary_tables.airflow.operators."
_DBT_OPERATORS = "summary_tables.airflow.dbt_runs.operators"


@hookimpl
def on_dag_run_success(dag_run: "DagRun") -> None:
    """Airflow calls this for each run of each DAG."""
    if _is_ours(dag_run):
        _note(dag_run, _success)
    elif _is_dbts(dag_run):
        _note(dag_run, _dbt_success)


@hookimpl
def on_dag_run_failed(dag_run: "DagRun") -> None:
    """The same."""
    if _is_ours(dag_run):
        _note(dag_run, _failure)
    elif _is_dbts(dag_run):
        _note(dag_run, _dbt_failure)


def _is_ours(dag_run: "DagRun") -> bool:
    """Asks no database: most runs of a deployment may be other people's."""
    return _module_of(dag_run, "publish").startswith(_OPERATORS)


def _is_dbts(dag_run: "DagRun") -> bool:
    """The run is one of a dbt project."""
    return _module_of(dag_run, "build") == _DBT_OPERATORS


def _module_of(dag_run: "DagRun", task_id: str) -> str:
    task = dag_run.dag.task_dict.get(task_id) if dag_run.dag else None
    return str(getattr(task, "_task_module", "") or type(task).__module__)


def _note(dag_run: "DagRun", words: "Callable[[DagRun, Session], str]") -> None:
    with _in_session(dag_run) as (run, session):
        note = _Note(run.id, session)
        if note.is_free and (text := words(run, session)):
            note.write(text)


@contextmanager
def _in_session(dag_run: "DagRun") -> "Iterator[tuple[DagRun, Session]]":
    """The run with the session that it is in; `airflow dags test` takes it out of its own."""
    from airflow.models.dagrun import DagRun
    from airflow.utils.session import create_session
    from sqlalchemy.orm import object_session

    if session := object_session(dag_run):
        yield dag_run, session
        return
    with create_session(scoped=False) as session:
        run = session.get_one(DagRun, dag_run.id)
        run.dag = dag_run.dag
        yield run, session


class _Note:
    """The note of a run, in the database."""

    def __init__(self, run: int, session: "Session") -> None:
        from airflow.models.dagrun import DagRunNote
        from sqlalchemy import select

        self._run, self._session = run, session
        found = session.execute(select(DagRunNote.user_id).where(DagRunNote.dag_run_id == run)).first()
        self._is_there = found is not None
        self.is_free = found is None or found[0] is None
        """There is none, or one of ours: of an earlier try."""

    def write(self, text: str) -> None:
        """In a part of the transaction of its own: Airflow's, which ends the run, must go on whatever becomes of it.

        Such a part of the session, and not of its connection, would be a commit, which the scheduler forbids.
        """
        from airflow.models.dagrun import DagRunNote
        from sqlalchemy import insert, update

        change = update(DagRunNote).where(DagRunNote.dag_run_id == self._run).values(content=text)
        new = insert(DagRunNote).values(dag_run_id=self._run, content=text)
        connection = self._session.connection()
        with connection.begin_nested():
            connection.execute(change if self._is_there else new)


def _success(dag_run: "DagRun", session: "Session") -> str:
    from summary_tables.runs.run_note import NOTE_KEY, success_note

    recorded = _recorded(dag_run, session)
    done = recorded.get(("publish", NOTE_KEY))
    return success_note(done, _checks(dag_run, recorded, session)) if isinstance(done, str) else ""


def _checks(dag_run: "DagRun", recorded: Mapping[tuple[str, str], Any], session: "Session") -> "CheckCount":
    """A run that rolls back asks none of them, though all of them succeed."""
    from summary_tables.model.failure import WARNING_KEY
    from summary_tables.runs.roll_back import wanted_roll_back
    from summary_tables.runs.run_failure import step_of
    from summary_tables.runs.run_note import CheckCount

    if wanted_roll_back(dag_run.conf):
        return CheckCount()
    done = [ti.task_id for ti in dag_run.get_task_instances(session=session) if ti.state == "success"]
    checks = [task_id for task_id in done if step_of(task_id) in ("input_check", "output_check")]
    warned = sum((task_id, WARNING_KEY) in recorded for task_id in checks)
    return CheckCount(passed=len(checks) - warned, warned=warned)


def _failure(dag_run: "DagRun", session: "Session") -> str:
    from summary_tables.airflow.run_records import from_record
    from summary_tables.model.failure import XCOM_KEY
    from summary_tables.runs.run_failure import RunFailure, without_record
    from summary_tables.runs.run_note import failure_note

    recorded, table = _recorded(dag_run, session), dag_run.dag.dag_display_name if dag_run.dag else dag_run.dag_id
    tis = dag_run.get_task_instances(session=session)
    failed = sorted((ti.task_id for ti in tis if ti.state == "failed"), key=_by_step)
    found = (from_record(recorded.get((task_id, XCOM_KEY))) or without_record(table, task_id) for task_id in failed)
    failures = tuple(filter(None, found))
    return failure_note(RunFailure(table=table, dag_id=dag_run.dag_id, run_id=dag_run.run_id, failures=failures))


def _dbt_success(dag_run: "DagRun", session: "Session") -> str:
    from summary_tables.airflow.dbt_runs.notes import success_words

    return success_words(_recorded(dag_run, session))


def _dbt_failure(dag_run: "DagRun", session: "Session") -> str:
    from summary_tables.airflow.dbt_runs.notes import failure_words

    tis = dag_run.get_task_instances(session=session)
    failed = [(ti.task_id, ti.map_index) for ti in tis if ti.state == "failed"]
    return failure_words(dag_run.dag_id, dag_run.run_id, _recorded(dag_run, session), failed)


def _by_step(task_id: str) -> tuple[int, str]:
    """In the order of a run: Airflow's server knows tasks by name alone, and which of two failed first is chance."""
    from summary_tables.model.failure import STEP_WORDS

    step = task_id.partition(".")[0]
    return list(STEP_WORDS).index(step) if step in STEP_WORDS else len(STEP_WORDS), task_id


def _recorded(dag_run: "DagRun", session: "Session") -> dict[tuple[str, str], Any]:
    """What the tasks of the run recorded for people, by task and key."""
    from airflow.models.xcom import XComModel
    from sqlalchemy import select

    from summary_tables.model.failure import WARNING_KEY, XCOM_KEY
    from summary_tables.runs.run_note import NOTE_KEY

    query = select(XComModel).where(
        XComModel.dag_id == dag_run.dag_id,
        XComModel.run_id == dag_run.run_id,
        XComModel.key.in_((NOTE_KEY, WARNING_KEY, XCOM_KEY, "failures")),
    )
    return {(row.task_id, row.key): XComModel.deserialize_value(row) for row in session.scalars(query)}
