"""What Airflow says of a DAG, as its supervisor answers a task."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.sdk.execution_time import comms, task_runner

from summary_tables.airflow.watch import ask_airflow
from summary_tables.airflow.watch.ask_airflow import dag_facts, last_round
from summary_tables.model.dag_facts import DagFacts, DagRunFacts
from summary_tables.model.table import Schedule, SummaryTable

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
DUE = NOW.replace(hour=3)
DAY = timedelta(days=1)
DAILY = SummaryTable(table="nps", schema="analytics", schedule=Schedule(cron="0 3 * * *"))
SEOUL = SummaryTable(table="nps", schema="analytics", schedule=Schedule(cron="0 3 * * *"), timezone="Asia/Seoul")
AFTER = SummaryTable(table="nps", schema="analytics", schedule=Schedule(after=("analytics.mau",)))


class Supervisor:
    """Answers as it is told to, and notes what it was asked."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.asked: list[Any] = []

    def send(self, question: Any) -> Any:
        self.asked.append(question)
        key = f"{question.type}_{question.states[0]}" if question.type == "GetDRCount" else question.type
        return self.answers.get(key)


def dag(**more: Any) -> SimpleNamespace:
    return SimpleNamespace(**{"is_paused": False, "next_dagrun": DUE, **more})


def previous(state: str, started_at: datetime | None = DUE) -> SimpleNamespace:
    run = SimpleNamespace(
        run_id="r", state=SimpleNamespace(value=state), run_after=DUE, start_date=started_at, end_date=None
    )
    return SimpleNamespace(dag_run=run)


def test_a_table_with_times_of_its_own() -> None:
    supervisor = Supervisor(GetDag=dag(), GetPreviousDagRun=previous("running"))
    assert dag_facts(DAILY, DUE, NOW, supervisor.send) == DagFacts(
        next_run_at=DUE + DAY, runs=(DagRunFacts(run_id="r", state="running", run_after=DUE, started_at=DUE),)
    )
    assert supervisor.asked == [
        comms.GetDag(dag_id="nps"),
        comms.GetPreviousDagRun(dag_id="nps", logical_date=NOW),
    ]


def test_a_table_in_another_zone() -> None:
    start = datetime(2026, 11, 26, 18, tzinfo=UTC)
    found = dag_facts(SEOUL, DUE, NOW, Supervisor(GetDag=dag(next_dagrun=start)).send)
    assert found == DagFacts(next_run_at=start + DAY)


def test_a_table_that_others_start() -> None:
    supervisor = Supervisor(GetDag=dag(is_paused=True, next_dagrun=None), GetDRCount_queued=SimpleNamespace(count=1))
    assert dag_facts(AFTER, DUE, NOW, supervisor.send) == DagFacts(
        is_paused=True, runs=(DagRunFacts(run_id="of nps", state="queued", run_after=DUE),)
    )


def test_a_table_that_airflow_does_not_know() -> None:
    assert dag_facts(DAILY, DUE, NOW, Supervisor().send) is None
    error = comms.ErrorResponse()
    assert dag_facts(DAILY, DUE, NOW, Supervisor(GetDag=error).send) is None


def test_the_round_before() -> None:
    assert last_round("watch", NOW, Supervisor(GetPreviousDagRun=previous("success")).send) == DUE
    assert last_round("watch", NOW, Supervisor(GetPreviousDagRun=previous("queued", None)).send) == DUE
    assert last_round("watch", NOW, Supervisor(GetPreviousDagRun=SimpleNamespace(dag_run=None)).send) is None


def test_nobody_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """`airflow dags test` starts tasks without a supervisor; one that is there may not answer."""
    monkeypatch.delattr(task_runner, "SUPERVISOR_COMMS", raising=False)
    assert ask_airflow.ask(comms.GetDag(dag_id="nps")) is None

    class Away:
        def send(self, _: object) -> None:
            raise RuntimeError

    monkeypatch.setattr(task_runner, "SUPERVISOR_COMMS", Away(), raising=False)
    assert ask_airflow.ask(comms.GetDag(dag_id="nps")) is None
