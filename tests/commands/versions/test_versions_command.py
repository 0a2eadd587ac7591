"""`summary-tables versions`: every line that it prints."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from summary_tables import cli
from summary_tables.commands.exit_code import USAGE
from summary_tables.model.build import BuildRun
from tests.commands.warehouse_commands import Program
from tests.golden_files import assert_golden
from tests.warehouse.postgres.database import (
    READER,
    TABLE,
    WAREHOUSE,
    Database,
    build_and_show,
    create,
    run,
    table_with,
)
from tests.warehouse.postgres.in_session import create_version, publish
from tests.warehouse.postgres.increments import A_DAY, FIRST_DAY, day_run, growing, run_day, with_visits


@pytest.fixture
def program(database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    return Program(database, capsys, monkeypatch)


def build_run(database: Database, due: BuildRun) -> None:
    with database.connect() as connection:
        build = create_version(connection, TABLE, WAREHOUSE, due, "SELECT day, 1::bigint AS n FROM raw_data.events")
        publish(connection, TABLE, WAREHOUSE, build.version)


def test_versions_of_every_state(program: Program) -> None:
    program.database.admin(
        "CREATE TABLE analytics.daily AS SELECT 1 AS day, 1::bigint AS n; ALTER TABLE analytics.daily OWNER TO builder"
    )
    for number in (1, 2):
        build_and_show(program.database, number=number)
    build_run(program.database, replace(run(3), run_id="손으로 시작 🚀"))
    said = program("versions", "daily")
    said += program("rollback", "daily", "--yes")
    create(program.database, number=4)
    said += program("versions", "analytics.daily")
    assert_golden("commands/versions.txt", said)


HOURS = "SELECT id FROM raw_data.a WHERE at >= '{{ data_interval_start }}' AND at < '{{ data_interval_end }}'"
DAYS = "SELECT id FROM raw_data.a WHERE at >= '{{ data_interval_start | ds }}' AND at < '{{ data_interval_end | ds }}'"


@pytest.mark.parametrize(
    ("main_sql", "words"),
    [
        ("", "No run of analytics.daily covered 2026-11-02 00:00 to 2026-11-02 03:00 UTC."),
        (
            HOURS,
            "No run has added the rows of 2026-11-02 00:00 to 2026-11-02 03:00 UTC to analytics.daily. To add them, "
            'start a run with the configuration {"data_interval_start": "2026-11-02 00:00 UTC", "data_interval_end": '
            '"2026-11-02 03:00 UTC"}.',
        ),
        (DAYS, ""),
    ],
)
def test_a_time_that_no_run_covered(
    program: Program, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, main_sql: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with_visits(program.database)
    run_day(program.database, growing("append"), day_run(1))
    start = FIRST_DAY + timedelta(days=1, hours=3)
    later = replace(day_run(2), interval_start=start, interval_end=start + A_DAY)
    run_day(program.database, growing("append"), later)
    if main_sql:
        (tmp_path / "dag_configs").mkdir()
        keys = {"table": "daily", "schema": "analytics", "schedule": "0 3 * * *", "refresh": "append"}
        (tmp_path / "dag_configs" / "daily.yaml").write_text(json.dumps({**keys, "main_sql": main_sql}))
    said = program("versions", "daily")
    assert ("No run" in said) == bool(words)
    assert words in said


def test_json(program: Program) -> None:
    for number in (1, 2):
        build_and_show(program.database, number=number)
    program("rollback", "daily", "--yes")
    said = program("versions", "daily", "--format", "json")
    assert_golden("commands/versions.json.txt", said)
    json.loads("".join(said.splitlines(keepends=True)[1:-1]))


def test_looking_changes_nothing(program: Program) -> None:
    build_and_show(program.database)
    before = program.database.admin("SELECT xmin, * FROM pg_class ORDER BY oid")
    program("versions", "daily")
    assert program.database.admin("SELECT xmin, * FROM pg_class ORDER BY oid") == before


def test_a_table_that_is_not_known(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    said = program("versions", "daily")
    program.database.admin("CREATE SCHEMA marts AUTHORIZATION builder")
    build_and_show(program.database)
    build_and_show(program.database, table=table_with(table="nps_summary", schema="marts"))
    said += program("versions", "dayly")
    said += program("versions", "analytics.dailly")
    said += program("versions", "analytics.nps_sumary")
    said += program("versions", "something")
    build_and_show(program.database, table=table_with(schema="marts"))
    said += program("versions", "daily")
    program.log_in(READER)
    said += program("versions", "daily")
    monkeypatch.setenv("WAREHOUSE_OF_THE_TEST", "")
    said += program("versions", "daily")
    assert_golden("commands/versions_refused.txt", said)


def test_folder_whose_defaults_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "defaults.yaml").write_text("warehouse: [")
    arguments = ["versions", "daily", "--warehouse", "env:NOTHING", "--folder", str(tmp_path)]
    assert cli.main(arguments) == USAGE
    assert capsys.readouterr().err == (
        f"summary-tables: {tmp_path}/defaults.yaml, which describes the warehouse, cannot be read: "
        f"run `summary-tables lint {tmp_path}`\n"
    )


def test_folder_that_does_not_exist(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["versions", "daily", "--warehouse", "env:NOTHING", "--folder", "nowhere"]) == USAGE
    assert capsys.readouterr().err == "summary-tables: nowhere is not a folder\n"


@pytest.mark.parametrize("command", [["versions", "daily"], ["rollback", "daily"], ["orphans"]])
def test_without_the_driver(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "psycopg.py").write_text("raise ImportError('not installed')")
    path = os.pathsep.join([str(tmp_path), *sys.path])
    done = subprocess.run(
        [sys.executable, "-m", "summary_tables", *command, "--warehouse", "postgresql://x"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (
        USAGE,
        "",
        "summary-tables: the PostgreSQL driver is missing, which --warehouse needs: "
        'pip install "summary-tables[warehouse]"\n',
    )
