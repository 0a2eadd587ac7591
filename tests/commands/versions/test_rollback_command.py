"""`summary-tables rollback`: what it asks, does and says."""

import pytest

from tests.commands.warehouse_commands import Program, terminal
from tests.golden_files import assert_golden
from tests.warehouse.postgres.database import READER, Database, build_and_show, create, table_with
from tests.warehouse.postgres.first_days import first_days, rows_seen


@pytest.fixture
def program(database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    """A table with builds of 1, 2 and 3 rows."""
    for number in (1, 2, 3):
        build_and_show(database, first_days(number), number=number)
    return Program(database, capsys, monkeypatch)


def test_back_and_forth(program: Program) -> None:
    said = program("rollback", "daily", "--yes")
    assert rows_seen(program.database) == 2
    said += program("rollback", "daily", "--yes")
    assert rows_seen(program.database) == 2
    said += program("rollback", "analytics.daily", "--to", "2026-11-01 03:00 UTC", "--yes")
    assert rows_seen(program.database) == 1
    said += program("rollback", "daily", "--to", "run 1", "--yes")
    said += program("rollback", "daily", "--to", "run 3", "--yes")
    assert rows_seen(program.database) == 3
    assert_golden("commands/rollback.txt", said)


def test_nothing_is_done_without_a_yes(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    said = ""
    for answer in ("", "n", "what?"):
        with terminal(answer, monkeypatch):
            said += program("rollback", "daily")
    assert rows_seen(program.database) == 3
    for answer in ("y", "YES"):
        with terminal(answer, monkeypatch):
            said += program("rollback", "daily", "--to", "run 1" if answer == "YES" else "run 2")
    assert rows_seen(program.database) == 1
    assert_golden("commands/rollback_asked.txt", said)


def test_nobody_can_be_asked(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/null") as nothing:  # noqa: PTH123 - a stream is what is needed
        monkeypatch.setattr("sys.stdin", nothing)
        said = program("rollback", "daily")
    assert said.endswith(
        "! summary-tables: there is no terminal on which to ask, and nothing was changed; add --yes to do it\nexit 2\n"
    )
    assert rows_seen(program.database) == 3


def test_what_cannot_be_done(program: Program) -> None:
    create(program.database, number=4)
    said = program("rollback", "daily", "--to", "run 4", "--yes")
    said += program("rollback", "daily", "--to", "run 9", "--yes")
    build_and_show(program.database, first_days(3), number=3)
    said += program("rollback", "daily", "--to", "run 3", "--yes")
    build_and_show(program.database, "SELECT day, count(*) AS n, 1 AS extra FROM raw_data.events GROUP BY 1", number=5)
    said += program("rollback", "daily", "--yes")
    build_and_show(program.database, table=table_with(table="single"))
    said += program("rollback", "single", "--yes")
    program.database.admin("DROP VIEW analytics.daily")
    said += program("rollback", "daily", "--yes")
    said += program("rollback", "daily", "--to", "run 2", "--yes")
    program.database.admin(
        "GRANT USAGE ON SCHEMA summary_tables TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA summary_tables TO reader"
    )
    build_and_show(program.database, number=6)
    program.log_in(READER)
    said += program("rollback", "daily", "--to", "run 5", "--yes")
    assert_golden("commands/rollback_refused.txt", said)
