"""`summary-tables status` asks Airflow's API and the logs."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from summary_tables import cli
from summary_tables.commands.exit_code import OK, PROBLEMS, USAGE
from summary_tables.model.watcher import WATCHER
from tests.commands.status.fake_airflow import PASSWORD, TOKEN, USER, FakeAirflow, fake_airflow
from tests.warehouse.postgres.database import BUILDER, Database, build_and_show
from tests.warehouse.postgres.database import PASSWORD as ROLE_PASSWORD

FILE = "table: daily\nschema: analytics\nowner: growth\nschedule: none\nmain_sql: SELECT 1 AS day\n"
DAG = {"is_paused": False, "is_stale": False, "next_dagrun_run_after": None}


@pytest.fixture
def airflow() -> Iterator[FakeAirflow]:
    with fake_airflow() as found:
        found.dags = {"daily": DAG, WATCHER: DAG, **{f"other_{number}": DAG for number in range(150)}}
        found.states = {"daily": {"running": 1, "success": 30}, "other_1": {"running": 4}}
        yield found


class Status:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._capsys = capsys
        monkeypatch.setenv("THE_TOKEN", TOKEN)
        monkeypatch.setenv("THE_USER", f"{USER}:{PASSWORD}")
        monkeypatch.setenv("NOBODY", f"{USER}:wrong")
        (folder / "daily.yaml").write_text(FILE)

    def __call__(self, *arguments: str) -> tuple[int, str]:
        code = cli.main(["status", "--folder", str(self._folder), *arguments])
        printed = self._capsys.readouterr()
        return code, re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", "(now)", printed.out + printed.err)


@pytest.fixture
def status(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Status:
    return Status(tmp_path, capsys, monkeypatch)


def failed_run() -> dict[str, Any]:
    at = datetime.now(UTC) - timedelta(hours=2)
    times = {name: at.isoformat() for name in ("run_after", "start_date", "end_date")}
    return {"dag_run_id": "scheduled__1", "state": "failed", **times}


def test_airflow_and_the_logs(
    status: Status, airflow: FakeAirflow, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAREHOUSE", database.server.uri(database.name, BUILDER, ROLE_PASSWORD))
    build_and_show(database)
    call = ("--airflow", airflow.address, "--login", "env:THE_USER", "--warehouse", "env:WAREHOUSE")
    well = (
        "Airflow    runs; without the triggerer\n"
        "Files      all are read\n"
        "Watch      runs\n"
        "Runs       1 running, 0 queued\n"
        "Tables     1: 1 fresh\n"
        "Incidents  none open\n\n"
        "All is well. (now)\n"
    )
    assert status(*call) == (OK, well)
    assert sum(path.startswith("/api/v2/dags?limit") for path in airflow.asked) == 2, "both pages are read"
    airflow.dags[WATCHER] = {**DAG, "is_paused": True}
    code, said = status(*call)
    assert (code, said.splitlines()[2]) == (
        PROBLEMS,
        "Watch      summary_tables_watch is paused: nobody hears of tables that are late",
    )
    airflow.dags[WATCHER] = DAG
    airflow.runs = {WATCHER: [failed_run()]}
    code, said = status(*call)
    assert "Watch      the last run of summary_tables_watch failed; its log says why\n" in said
    airflow.runs = {"daily": [failed_run()]}
    code, said = status(*call)
    assert code == PROBLEMS
    assert "Tables     1: 1 failing\n" in said
    assert "analytics.daily: Failing since" in said
    airflow.runs = {}
    del airflow.dags[WATCHER]
    assert "Watch      there is no DAG summary_tables_watch: nobody hears of" in status(*call)[1]
    airflow.import_errors = [{"filename": "config_problems.py", "stack_trace": "dag_configs/x.yaml:2: no `table`\n"}]
    code, said = status(*call)
    assert code == PROBLEMS
    assert "Import errors\n  config_problems.py: dag_configs/x.yaml:2: no `table`\n" in said


def test_a_dbt_project_is_shown_as_airflow_knows_it(status: Status, airflow: FakeAirflow, tmp_path: Path) -> None:
    (tmp_path / "daily.yaml").unlink()
    (tmp_path / "shop.yaml").write_text("dbt: {project: dbt/shop}\nowner: growth\nschedule: none\n")
    airflow.dags["shop"] = DAG
    call = ("--airflow", airflow.address, "--login", "env:THE_TOKEN")
    assert "Tables     1: 1 unknown\n" in status(*call)[1]
    airflow.states["shop"] = {"success": 1, "running": 0}
    assert "Tables     1: 1 fresh\n" in status(*call)[1]
    airflow.runs = {"shop": [failed_run()]}
    code, said = status(*call)
    assert code == PROBLEMS
    assert "  dbt project shop: Failing: the last run of the project failed, and its log says why\n" in said
    airflow.runs, airflow.dags["shop"] = {}, {**DAG, "is_paused": True}
    assert "Tables     1: 1 paused\n" in status(*call)[1]
    del airflow.dags["shop"]
    assert "Tables     1: 1 unknown\n" in status(*call)[1]


def test_a_triggerer_is_missed_where_tables_wait(status: Status, airflow: FakeAirflow, tmp_path: Path) -> None:
    waits = FILE.replace("schedule: none", 'schedule: {at: "0 6 * * *", after: [{asset: orders_loaded}]}')
    (tmp_path / "daily.yaml").write_text(waits)
    for login in ((), ("--login", "env:THE_USER")):
        code, said = status("--airflow", airflow.address, *login)
        assert (code, said.splitlines()[0]) == (PROBLEMS, "Airflow    the triggerer is down")


def test_health_needs_no_login(status: Status, airflow: FakeAirflow) -> None:
    assert status("--airflow", airflow.address) == (
        OK,
        "Airflow    runs; without the triggerer\n"
        "           not asked about files and runs: --login env:NAME\n"
        "Tables     1: 1 unknown\n"
        "Incidents  not asked: --warehouse ADDRESS\n\n"
        "All is well. (now)\n",
    )
    airflow.health["scheduler"] = {"status": "unhealthy"}
    code, said = status("--airflow", airflow.address, "--login", "env:THE_TOKEN", "--json")
    assert (code, json.loads(said)["is_well"]) == (PROBLEMS, False)


def test_a_login_that_airflow_refuses(status: Status, airflow: FakeAirflow) -> None:
    code, said = status("--airflow", airflow.address, "--login", "env:NOBODY")
    assert code == PROBLEMS
    assert "Airflow refuses the login (HTTP 401): it needs to read DAGs, their runs and import errors." in said
    assert PASSWORD not in said


def test_what_does_not_answer(status: Status, airflow: FakeAirflow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAREHOUSE", "postgresql://builder:secret@/warehouse?host=/nowhere")
    airflow.code = 503
    assert status("--airflow", airflow.address, "--warehouse", "env:WAREHOUSE") == (
        PROBLEMS,
        "Airflow    Airflow answers HTTP 503.\n"
        "Tables     1: 1 unknown\n"
        "Incidents  not known\n"
        "Warehouse  No connection to the warehouse: nothing listens there.\n\n"
        "Somebody has to look. (now)\n",
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name what is to be asked: --airflow ADDRESS, --warehouse ADDRESS, or both"),
        (
            ("--login", "me:secret"),
            "--login: name an environment variable, env:NAME, that holds a token or user:password",
        ),
        (("--login", "env:NOT_SET"), "--login: the environment variable NOT_SET is not set"),
    ],
)
def test_a_wrong_call(arguments: tuple[str, ...], words: str, status: Status) -> None:
    given = ("--airflow", "http://127.0.0.1:1", *arguments) if arguments else ()
    assert status(*given) == (USAGE, f"summary-tables: {words}\n")
