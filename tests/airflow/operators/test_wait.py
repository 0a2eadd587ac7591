"""A run that waits: for tables of others, for what is published, and until its time is over."""

import asyncio
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from airflow.models.asset import AssetActive, AssetEvent, AssetModel
from airflow.triggers.base import TriggerEvent
from airflow.utils.session import create_session
from sqlalchemy import select

from summary_tables.airflow.operators import wait
from summary_tables.airflow.operators.wait_trigger import WaitTrigger
from summary_tables.warehouse.session.errors import WarehouseError
from tests.airflow.conftest import Project, states
from tests.airflow.operators.recorded import failure, logged

DAY = datetime(2026, 11, 21, 6, tzinfo=UTC)
LOADED = {"table": "raw_data.Loaded rows", "column": "loaded at", "within_hours": 6}
WAITS = {"wait": "success", "create": "success", "publish": "success"}


@pytest.fixture
def source(admin: psycopg.Connection[Any]) -> Callable[[str], None]:
    """Writes the newest row of a table that others fill."""
    admin.execute('DROP TABLE IF EXISTS raw_data."Loaded rows"')
    admin.execute('CREATE TABLE raw_data."Loaded rows" ("loaded at" timestamptz)')
    admin.execute('GRANT SELECT ON raw_data."Loaded rows" TO PUBLIC')

    def load(moment: str) -> None:
        admin.execute('INSERT INTO raw_data."Loaded rows" VALUES (%s)', (moment,))

    return load


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """What happens when the task has looked once and is about to sleep."""
    happens: list[Callable[[], None]] = []
    sleep = wait.WaitOperator._sleep

    def first_happens(self: wait.WaitOperator, *arguments: Any) -> None:
        while happens:
            happens.pop()()
        sleep(self, *arguments)

    monkeypatch.setattr(wait.WaitOperator, "_sleep", first_happens)
    return happens


@pytest.fixture
def waits(project: Project, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Runs a table that waits for `after` as the scheduler would run it."""
    monkeypatch.setattr(wait, "poll_seconds", lambda: 0.2)
    monkeypatch.setattr(wait, "is_by_hand", lambda _: False)

    def run(name: str, after: Any, day: datetime = DAY, **keys: Any) -> Any:
        schedule = {"at": "0 6 * * *", "after": after, "wait_hours": 1, **keys}
        project.write(name, {"table": name, "schema": "analytics", "main_sql": "SELECT 1 AS one", "schedule": schedule})
        return project.run(name, day)

    return run


def publish(name: str, uri: str = "", **extra: str) -> None:
    """What Airflow writes when a DAG publishes an asset; `extra` is what the DAG says of it."""
    with create_session() as session:
        asset = session.scalar(select(AssetModel).where(AssetModel.name == name))
        if asset is None:
            asset = AssetModel(name=name, uri=uri or name)
            session.add_all([asset, AssetActive.for_asset(asset)])
            session.flush()
        session.add(AssetEvent(asset_id=asset.id, extra=extra))


def test_a_table_of_others_that_is_fresh_is_not_waited_for(
    waits: Callable[..., Any], source: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    source("2026-11-21 09:30+09")
    assert states(waits("fresh", [LOADED])) == WAITS
    said = logged(capsys)
    assert "raw_data.Loaded rows is there: its newest row came at 2026-11-21 00:30 UTC." in said
    assert "Pausing task" not in said


def test_a_table_of_others_is_waited_for_in_the_triggerer_until_it_is_fresh(
    waits: Callable[..., Any],
    source: Callable[[str], None],
    later: list[Callable[[], None]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    source("2026-11-20 21:10+00")
    later.append(lambda: source("2026-11-21 00:00+00"))
    assert states(waits("freshened", [LOADED])) == WAITS
    said = logged(capsys)
    assert said.count("Pausing task as DEFERRED") == 1
    assert (
        "Waiting. raw_data.Loaded rows: its newest `loaded at` is 2026-11-20 21:10 UTC, and one from "
        "2026-11-21 00:00 UTC on was expected." in said
    )


def test_a_limit_that_is_reached_says_what_was_found_and_what_was_expected(
    waits: Callable[..., Any], source: Callable[[str], None]
) -> None:
    source("2026-11-20 21:10+00")
    run = waits("in_vain", ["analytics.never_was", LOADED, {"asset": "in_vain_asset"}], wait_hours=0.0001)
    assert states(run)["wait"] == "failed"
    assert str(failure(run, "wait")) == (
        "Waiting to build analytics.in_vain failed: it waited 0.0001 hours (`wait_hours`) for what did not come. "
        "analytics.never_was: it has not been published since 2026-11-20 06:00 UTC. "
        "raw_data.Loaded rows: its newest `loaded at` is 2026-11-20 21:10 UTC, and one from 2026-11-21 00:00 UTC on "
        "was expected. The asset in_vain_asset: it has not been published since 2026-11-20 06:00 UTC. "
        "Clear `wait` of this run in Airflow to have it wait once more. "
        "There is no live table yet."
    )


def test_a_table_of_others_that_is_not_there_is_no_reason_to_wait(waits: Callable[..., Any]) -> None:
    run = waits("no_source", [{"table": "raw_data.no_such", "column": "loaded_at", "within_hours": 1}])
    assert str(failure(run, "wait")).startswith("Waiting to build analytics.no_source failed: ")
    assert "no_such" in str(failure(run, "wait"))


def test_an_asset_of_others_and_a_table_of_ours_release_a_run_that_waits(
    waits: Callable[..., Any], later: list[Callable[[], None]], capsys: pytest.CaptureFixture[str]
) -> None:
    now = datetime.now(UTC)
    later.append(lambda: publish("theirs", "s3://landing/theirs"))
    later.append(lambda: publish("analytics.ours", due=now.isoformat()))
    run = waits("released", ["analytics.ours", {"asset": "s3://landing/theirs/"}], now)
    assert states(run) == WAITS
    said = logged(capsys)
    assert "Waiting. analytics.ours: it has not been published since" in said
    assert "analytics.ours is there: it was published at" in said
    assert "The asset s3://landing/theirs/ is there: it was published at" in said


def test_what_an_earlier_run_publishes_late_does_not_count(waits: Callable[..., Any]) -> None:
    now = datetime.now(UTC)
    publish("analytics.late", due=(now - timedelta(days=3)).isoformat())
    run = waits("misses", ["analytics.late"], now, wait_hours=0.0001)
    words = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)? UTC", "TIME", failure(run, "wait").error)
    assert words == (
        "it waited 0.0001 hours (`wait_hours`) for what did not come. analytics.late: it was published last at TIME, "
        "by its run of TIME, and one due after TIME was expected. Clear `wait` of this run in Airflow to have it wait "
        "once more."
    )


def test_any_of_several_is_enough(
    waits: Callable[..., Any], source: Callable[[str], None], later: list[Callable[[], None]]
) -> None:
    source("2026-11-20 21:10+00")
    later.append(lambda: source("2026-11-21 00:00+00"))
    assert states(waits("has_one", {"any": ["analytics.never_was", LOADED]})) == WAITS


def test_a_table_tells_the_time_to_which_its_rows_belong(project: Project) -> None:
    project.write("tells", {"table": "tells", "schema": "analytics", "main_sql": "SELECT 1 AS one"})
    run = project.run("tells", DAY)
    with create_session() as session:
        extra = session.scalar(select(AssetEvent.extra).where(AssetEvent.source_run_id == run.run_id))
    assert extra is not None
    assert extra["due"] == run.run_after.isoformat()


SOURCE = {"table": "a.b", "column": "c", "since": "2026-11-21T00:00:00+00:00"}


def trigger(
    *,
    any_of: bool = False,
    until: str = "2100-01-01T00:00:00+00:00",
    poll_seconds: float = 0.01,
    task_seconds: float = 0,
) -> WaitTrigger:
    return WaitTrigger(
        conn_id="warehouse",
        dialect="postgres",
        sources=[SOURCE],
        any_of=any_of,
        until=until,
        poll_seconds=poll_seconds,
        task_seconds=task_seconds,
    )


def test_nothing_of_the_connection_stands_in_what_airflow_stores_of_a_waiting_task() -> None:
    path, stored = trigger().serialize()
    assert path == "summary_tables.airflow.operators.wait_trigger.WaitTrigger"
    assert stored == {
        "conn_id": "warehouse",
        "dialect": "postgres",
        "sources": [SOURCE],
        "any_of": False,
        "until": "2100-01-01T00:00:00+00:00",
        "poll_seconds": 0.01,
        "task_seconds": 0,
    }


def looks(waiting: WaitTrigger, answers: list[bool | None], monkeypatch: pytest.MonkeyPatch) -> int:
    """How often it looks until it wakes its task. `answers`: whether the table is there; None: nobody answers."""
    left = list(answers)

    def ask(_: WaitTrigger) -> list[bool]:
        if (answer := left.pop(0)) is None:
            raise WarehouseError("away")
        return [answer]

    monkeypatch.setattr(WaitTrigger, "_ask", ask)

    async def events() -> list[TriggerEvent]:
        return [event async for event in waiting.run()]

    assert len(asyncio.run(events())) == 1
    return len(answers) - len(left)


def test_when_the_task_is_woken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert looks(trigger(), [False, None, False, True], monkeypatch) == 4
    # There is something else that only the task can ask, and nothing to ask it for while the table is not there.
    assert looks(trigger(task_seconds=0.001), [False, False, True], monkeypatch) == 3
    assert looks(trigger(task_seconds=0.001, any_of=True), [False, True], monkeypatch) == 1
    assert looks(trigger(task_seconds=0.001, any_of=True), [None, True], monkeypatch) == 1
    assert looks(trigger(until="2026-11-21T00:00:00+00:00"), [True], monkeypatch) == 0


@pytest.mark.parametrize("task_seconds", [0, 60.0])
def test_task_is_never_woken_before_airflow_knows_that_its_process_ended(
    task_seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where its time is over at once."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    assert looks(trigger(until=DAY.isoformat(), poll_seconds=60.0, task_seconds=task_seconds), [], monkeypatch) == 0
    assert slept == [60.0]


def test_tables_are_not_looked_at_so_often_that_airflow_fails_the_task(monkeypatch: pytest.MonkeyPatch) -> None:
    assert wait.poll_seconds() == 60.0
    monkeypatch.setenv("AIRFLOW__SUMMARY_TABLES__POLL_SECONDS", "1")
    assert wait.poll_seconds() == 5.0


def test_a_run_that_somebody_starts_waits_for_nothing(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    schedule = {"at": "0 6 * * *", "after": ["analytics.never_was"]}
    project.write(
        "by_hand", {"table": "by_hand", "schema": "analytics", "main_sql": "SELECT 1 AS one", "schedule": schedule}
    )
    assert states(project.run("by_hand", DAY)) == WAITS
    assert "Nothing is waited for: somebody started this run by hand." in logged(capsys)
