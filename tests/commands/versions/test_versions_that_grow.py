"""`summary-tables versions` and `rollback` for a table to which runs add their rows: every line."""

from dataclasses import replace
from datetime import datetime

import pytest

from summary_tables.model.build import MissingRuns
from summary_tables.model.table import Refresh
from tests.commands.warehouse_commands import Program, terminal
from tests.golden_files import assert_golden
from tests.warehouse.postgres.database import Database
from tests.warehouse.postgres.increments import (
    A_DAY,
    FIRST_DAY,
    build_day,
    day_run,
    growing,
    run_day,
    seen,
    with_visits,
)


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


def test_what_is_missing_is_told_until_it_is_there_again(program: Program) -> None:
    database, table = program.database, growing("append")
    run_day(database, table, day_run(4, "whole", full_refresh=True))
    for day in (5, 6):
        run_day(database, table, day_run(day))
    said = program("rollback", "daily", "--yes")
    said += program("rollback", "daily", "--yes")
    seventh = run_day(database, table, day_run(7))
    days = [(moment(4), moment(7))]
    assert seventh.missing == MissingRuns(spans=tuple(days))
    said += program("versions", "daily")
    assert run_day(database, table, day_run(5, "backfill")).missing == MissingRuns(
        spans=((moment(4), moment(5)), (moment(6), moment(7)))
    )
    assert '"missing": {\n        "spans": [\n          {\n            "from": "2026-11-04T00:00:00+00:00",' in program(
        "versions", "daily", "--format", "json"
    )
    for day in (4, 6):
        last = run_day(database, table, day_run(day, "backfill"))
    assert last.missing is None
    assert len(seen(database)) == 7 * 4
    assert "Missing" not in program("versions", "daily")
    assert_golden("commands/versions_that_lack_rows.txt", said)


def test_nothing_is_missing_in_a_table_that_is_built_anew(program: Program) -> None:
    whole = growing("append", "whole")
    for day in (2, 3):
        run_day(program.database, replace(whole, refresh=Refresh()), day_run(day))
    assert "Missing" not in program("rollback", "whole", "--yes") + program("versions", "whole")


def moment(day: int) -> datetime:
    return FIRST_DAY + (day - 1) * A_DAY
