"""Rounds over two warehouses, of which one may be away: of the other people hear as ever."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from summary_tables.airflow import incidents
from summary_tables.airflow.watch import round as watch_round
from summary_tables.airflow.watch.round import watch
from summary_tables.alerts.watch.see import Answer as WarehouseAnswer
from summary_tables.alerts.watch.see import answer
from summary_tables.model.incident import Answer, Message, Told
from summary_tables.model.settings import Settings
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Session
from tests.airflow.forgotten import builds_forgotten, forget_incidents
from tests.airflow.published import log_published

MORNING = datetime(2026, 11, 24, 5, 55, tzinfo=UTC)
AWAY = json.dumps({"conn_type": "postgres", "host": "127.0.0.1", "port": 1, "login": "a", "password": "b"})
TABLE = {"table": "nps_summary", "schema": "analytics", "conn_id": "warehouse", "main_sql": "SELECT 1 AS one"}
FIRST = (
    "first: Late: analytics.nps_summary. It was to be there by today at 06:00 UTC, and no build for it was published. "
    "It was never built."
)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What people hear."""
    found: list[str] = []

    def tell(message: Message, settings: Settings) -> Answer:  # noqa: ARG001 - the shape of tell
        found.append(f"{message.kind}: {message.notice.words}")
        return Told()

    monkeypatch.setattr(incidents, "tell", tell)
    return found


@pytest.fixture
def configs(admin: psycopg.Connection[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """All that tables share is in the warehouse `shared`, and the one table in another, which has built none yet."""
    admin.execute("CREATE DATABASE shared OWNER builder")
    there = {**json.loads(os.environ["AIRFLOW_CONN_WAREHOUSE"]), "schema": "shared"}
    monkeypatch.setenv("AIRFLOW_CONN_SHARED", json.dumps(there))
    forget_incidents(admin)
    folder = tmp_path / "dag_configs"
    folder.mkdir()
    (folder / "defaults.yaml").write_text("conn_id: shared\nowner: growth\n", "utf-8")
    add(folder)
    with builds_forgotten(admin):
        yield folder
    forget_incidents(admin)
    admin.execute("DROP DATABASE shared WITH (FORCE)")


def add(folder: Path) -> None:
    times = {"schedule": "0 3 * * *", "fresh_by": "06:00"}
    (folder / "nps_summary.yaml").write_text(yaml.safe_dump({**TABLE, **times}), "utf-8")


def rounds(configs: Path, *minutes: int) -> None:
    for minute in minutes:
        watch(configs, MORNING + timedelta(minutes=minute), MORNING + timedelta(minutes=minute - 5))


def test_the_shared_warehouse_is_away(configs: Path, told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    rounds(configs, -24 * 60, 5)
    assert told == [FIRST]
    with monkeypatch.context() as away:
        away.setenv("AIRFLOW_CONN_SHARED", AWAY)
        rounds(configs, 10, 15)
    rounds(configs, 20)
    assert told == [FIRST]


def test_the_shared_warehouse_is_away_when_it_gets_late(
    configs: Path, told: list[str], admin: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was built before is late all the same; whether a file is broken anew, or mended, nobody knows."""
    (configs / "other.yaml").write_text(yaml.safe_dump({**TABLE, "table": "other"}), "utf-8")
    rounds(configs, -24 * 60)
    log_published(admin, MORNING - timedelta(days=1), "nps_summary")
    (configs / "nps_summary.yaml").write_text("- nothing\n", "utf-8")
    rounds(configs, -5)
    (broken,) = told
    assert broken.startswith("first: Broken file: dag_configs/nps_summary.yaml.")
    with monkeypatch.context() as away:
        away.setenv("AIRFLOW_CONN_SHARED", AWAY)
        rounds(configs, 0)
        add(configs)
        rounds(configs, 5)
    assert told[1:] == [FIRST.replace("It was never built.", "Readers have the build of yesterday at 05:55 UTC.")]
    rounds(configs, 10)
    assert told[2:] == [
        "recovery: File mended: dag_configs/nps_summary.yaml. Airflow runs analytics.nps_summary again."
    ]


def test_a_warehouse_that_goes_while_it_is_asked(
    configs: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds(configs, -24 * 60)

    def ask(session: Session) -> WarehouseAnswer:
        if session.rows("SELECT current_database()") == [("shared",)]:
            raise WarehouseError("gone")
        return answer(session)

    monkeypatch.setattr(watch_round, "answer", ask)
    rounds(configs, 5)
    assert told == [FIRST]


def test_a_broken_file_whose_warehouse_has_no_other_table(configs: Path, told: list[str]) -> None:
    rounds(configs, -24 * 60)
    (configs / "nps_summary.yaml").write_text("- nothing\n", "utf-8")
    rounds(configs, -5, 0, 5)
    assert [words.partition(".")[0] for words in told] == ["first: Broken file: dag_configs/nps_summary"]


def test_what_is_known_of_the_files_cannot_be_kept(
    configs: Path, told: list[str], admin: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds(configs, -24 * 60)
    log_published(admin, MORNING - timedelta(days=1), "nps_summary")

    def keep(*_: object) -> None:
        raise WarehouseError("permission denied for schema summary_tables")

    monkeypatch.setattr(watch_round, "keep_files", keep)
    (configs / "defaults.yaml").write_text("conn_id: shared\nowner: marketing\n", "utf-8")
    rounds(configs, 5, 10)
    assert told == [FIRST.replace("It was never built.", "Readers have the build of yesterday at 05:55 UTC.")]


def test_what_waits_in_a_warehouse_that_is_away_still_waits(
    configs: Path, told: list[str], admin: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    (configs / "nps_summary.yaml").write_text(yaml.safe_dump({**TABLE, "schedule": "0 3 * * *"}), "utf-8")
    waits = {"schedule": {"after": ["analytics.nps_summary"]}, "fresh_by": "06:00"}
    for name, conn_id in (("a", "warehouse"), ("b", "shared")):
        table = {**TABLE, **waits, "table": name, "conn_id": conn_id}
        (configs / f"{name}.yaml").write_text(yaml.safe_dump(table), "utf-8")
    rounds(configs, -24 * 60, 5)
    assert [words.partition(".")[0] for words in told] == ["first: 2 tables wait for analytics"]
    log_published(admin, MORNING + timedelta(minutes=6), "nps_summary")
    log_published(admin, MORNING + timedelta(minutes=7), "a")
    rounds(configs, 10)
    with monkeypatch.context() as away:
        away.setenv("AIRFLOW_CONN_SHARED", AWAY)
        rounds(configs, 15, 20)
    assert len(told) == 1
