"""What happens to a table becomes one conversation, also where the warehouse is away in between."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from airflow.sdk import Variable

from summary_tables.airflow import incidents
from summary_tables.airflow.incidents import KEPT_PREFIX, happened
from summary_tables.alerts.events import failed, published
from summary_tables.configs.config import Config
from summary_tables.model.alerts import AlertSettings
from summary_tables.model.build import Build
from summary_tables.model.failure import Failure
from summary_tables.model.incident import Answer, Event, Message, NotTold, Place, Told
from summary_tables.model.settings import Settings
from summary_tables.model.table import SummaryTable
from summary_tables.runs.run_failure import RunFailure
from tests.airflow.forgotten import forget_builds, forget_incidents
from tests.airflow.published import log_published
from tests.conftest import REPOSITORY

TABLE = SummaryTable(table="요약", schema="analytics", owner="growth")
SETTINGS = Settings(alerts=AlertSettings(remind_after=timedelta()))
CONFIG = Config(table=TABLE, settings=SETTINGS, path=REPOSITORY / "dag_configs" / "요약.yaml")
AWAY = json.dumps({"conn_type": "postgres", "host": "127.0.0.1", "port": 1, "login": "a", "password": "b"})
AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
WORDS = "Building analytics.요약 failed: {}. The live table was not changed."


@pytest.fixture
def told(admin: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    """What a place was told that takes everything."""
    found: list[Message] = []

    def tell(message: Message, settings: Settings) -> Answer:
        assert settings == SETTINGS
        found.append(message)
        return Told(thread=f"C1:{len(found)}")

    forget_incidents(admin)
    forget_builds(admin, TABLE.table)
    monkeypatch.setattr(incidents, "tell", tell)
    return found


@pytest.fixture
def variables(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Airflow's, of which the real ones need a supervisor."""
    found: dict[str, str] = {}

    def set_variable(key: str, value: str, description: str) -> None:
        assert description.startswith("Failures that Summary Tables could not write")
        found[key] = value

    monkeypatch.setattr(Variable, "get", lambda key, default: found.get(key, default))
    monkeypatch.setattr(Variable, "set", set_variable)
    monkeypatch.setattr(Variable, "delete", found.pop)
    yield found
    assert all(key.startswith(KEPT_PREFIX) for key in found)


def failure(number: int, why: str = "it broke") -> Event:
    failures = (Failure(step="create", table=TABLE.full_name, error=f"{why}.", live="The live table was not changed."),)
    report = RunFailure(table=TABLE.full_name, dag_id="요약", run_id=f"run {number}", failures=failures)
    return failed(TABLE, report, AT.replace(hour=number))


def success(number: int) -> Event:
    at = AT.replace(hour=number)
    build = Build(version="v", run_id=f"run {number}", run_at=at, started_at=at, rows=92, built_at=at)
    return published(TABLE, build, f"run {number}", at)


def words(told: list[Message]) -> list[tuple[str, str]]:
    return [(message.kind, message.notice.words) for message in told]


@pytest.mark.usefixtures("variables")
def test_a_table_fails_goes_on_failing_and_works_again(told: list[Message]) -> None:
    for event in (failure(3), failure(4), failure(5, "it broke otherwise"), failure(6), success(9)):
        happened(CONFIG, event)
    first, change, recovery = words(told)
    assert first == ("first", WORDS.format("it broke"))
    assert change[0] == "change"
    assert change[1].startswith(f"{WORDS.format('it broke otherwise')} It has been failing since ")
    assert change[1].endswith(" at 03:00 UTC; this cause is new.")
    assert recovery[0] == "recovery"
    assert recovery[1].startswith("Works again: analytics.요약. Built at 09:00 UTC, 92 rows. It had failed since ")
    assert recovery[1].endswith(" at 03:00 UTC (4 runs).")
    assert [message.thread for message in told] == ["", "C1:1", "C1:1"]
    assert [message.notice.is_urgent for message in told] == [True, False, False]


def test_without_the_warehouse_people_are_told_and_it_goes_on_when_that_is_back(
    told: list[Message], variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as away:
        away.setenv("AIRFLOW_CONN_WAREHOUSE", AWAY)
        happened(CONFIG, failure(3))
        happened(CONFIG, failure(4))
        assert words(told) == [("first", WORDS.format("it broke"))]
        assert list(variables) == [f"{KEPT_PREFIX}analytics.요약"]
        happened(CONFIG, failure(5, "it broke otherwise"))
        assert len(told) == 2
    happened(CONFIG, failure(6))
    assert len(told) == 2
    assert variables == {}
    happened(CONFIG, success(9))
    assert [message.kind for message in told] == ["first", "first", "recovery"]
    assert told[-1].notice.words.endswith(" at 03:00 UTC (4 runs).")
    assert told[-1].thread == "C1:1"


def test_neither_the_warehouse_nor_slack_is_there(
    told: list[Message], variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as away:
        away.setenv("AIRFLOW_CONN_WAREHOUSE", AWAY)
        with monkeypatch.context() as slack:
            slack.setattr(incidents, "tell", lambda *_: NotTold(problem="HTTP 500"))
            happened(CONFIG, failure(3))
            happened(CONFIG, failure(4))
        happened(CONFIG, failure(5))
    assert words(told) == [("first", WORDS.format("it broke"))]
    assert len(variables) == 1
    happened(CONFIG, failure(6))
    assert words(told) == [("first", WORDS.format("it broke"))]


def test_a_warehouse_that_never_takes_it_does_not_make_it_silent(
    told: list[Message], variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_WAREHOUSE", AWAY)
    for days in range(60):
        happened(CONFIG, replace(failure(3), run_id=f"run {days}", at=AT + timedelta(days=days)))
    assert len(told) == 60
    assert len(json.loads(variables[f"{KEPT_PREFIX}analytics.요약"])) == 50


def test_a_table_that_was_published_meanwhile_works_again(
    told: list[Message], variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as away:
        away.setenv("AIRFLOW_CONN_WAREHOUSE", AWAY)
        happened(CONFIG, failure(3))
    happened(CONFIG, success(9))
    assert [message.kind for message in told] == ["first", "recovery"]
    assert variables == {}


@pytest.mark.usefixtures("variables")
def test_a_failure_that_is_heard_of_when_the_table_was_published_since_is_over(
    told: list[Message], admin: psycopg.Connection[Any]
) -> None:
    """Airflow calls the callbacks of a run when it has time to."""
    log_published(admin, AT.replace(hour=4), TABLE.table)
    happened(CONFIG, failure(3))
    ((kind, said),) = words(told)
    assert kind == "recovery"
    assert said.startswith("Works again: analytics.요약. Built at 04:00 UTC, 1 row. It had failed since ")
    assert said.endswith(" at 03:00 UTC (1 run).")
    happened(CONFIG, failure(5))
    assert words(told)[1:] == [("first", WORDS.format("it broke"))]


@pytest.mark.usefixtures("variables")
def test_a_failure_of_a_time_that_was_told_to_be_over_is_no_news(
    told: list[Message], admin: psycopg.Connection[Any]
) -> None:
    for event in (failure(3), success(6)):
        happened(CONFIG, event)
    log_published(admin, AT.replace(hour=6), TABLE.table)
    happened(CONFIG, failure(5))
    assert [message.kind for message in told] == ["first", "recovery"]


@pytest.mark.usefixtures("variables")
def test_a_failure_while_the_file_was_broken_is_news(told: list[Message]) -> None:
    broken = Event(kind="broken_file", schema=TABLE.schema, table=TABLE.table, at=AT, is_silent=True)
    mended = replace(broken, kind="mended", at=AT.replace(hour=6))
    for event in (broken, mended, failure(5)):
        happened(CONFIG, event)
    assert words(told) == [("first", WORDS.format("it broke"))]


def test_what_stands_in_a_variable_of_that_name_may_be_anything(told: list[Message], variables: dict[str, str]) -> None:
    for text in ("", "{", "[1]", '[{"kind": "failed"}]', "null"):
        variables[f"{KEPT_PREFIX}analytics.요약"] = text
        happened(CONFIG, replace(failure(3), at=AT))
    assert len(told) == 1


def test_a_bug_is_no_reason_to_stay_silent(told: list[Message], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(incidents, "recorded", broken)
    happened(CONFIG, failure(3))
    assert words(told) == [("first", WORDS.format("it broke"))]
    assert told[0].place == Place(conn_id="slack_default", notifier="slack")
