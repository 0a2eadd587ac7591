"""`summary-tables versions` and `rollback` for a table to which runs add their rows: every line."""

import pytest

from tests.commands.warehouse_commands import Program, terminal
from tests.golden_files import assert_golden
from tests.postgres.database import Database
from tests.postgres.increments import build_day, day_run, growing, run_day, seen, with_visits


@pytest.fixture
def program(database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    """A table to which two runs have added their rows, one of them twice."""
    with_visits(database)
    for run in (day_run(1), day_run(2), day_run(3), day_run(3, "day 3 again")):
        run_day(database, growing("append"), run)
    return Program(database, capsys, monkeypatch)


def test_listed_and_rolled_back(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    database, table = program.database, growing("append")
    said = program("versions", "daily")
    said += program("rollback", "daily", "--yes")
    run_day(database, table, day_run(3, "whole", full_refresh=True))
    run_day(database, table, day_run(4))
    build_day(database, table, day_run(5))
    said += program("versions", "daily")
    with terminal("no", monkeypatch):
        said += program("rollback", "daily")
    assert len(seen(database)) == 8
    said += program("rollback", "daily", "--yes")
    assert len(seen(database)) == 12
    said += program("versions", "daily")
    assert_golden("commands/versions_that_grow.txt", said)


def test_for_programs(program: Program) -> None:
    assert '"added": {\n        "runs": 2,\n        "last_due": "2026-11-04T00:00:00+00:00"' in program(
        "versions", "daily", "--format", "json"
    )
