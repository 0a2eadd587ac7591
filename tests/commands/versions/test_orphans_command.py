"""`summary-tables orphans`: nothing is dropped that somebody did not see and agree to."""

from pathlib import Path

import pytest

from tests.commands.warehouse_commands import Program, terminal
from tests.golden_files import assert_golden
from tests.warehouse.postgres.database import Database, build_and_show, create, table_with


@pytest.fixture
def program(database: Database, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    return Program(database, capsys, monkeypatch)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Below the folder where the person stands; `analytics.daily` has a config."""
    found = tmp_path / "dag_configs"
    found.mkdir()
    (found / "daily.yaml").write_text("table: daily\nschema: analytics\nmain_sql: SELECT 1 AS one\n")
    monkeypatch.chdir(tmp_path)
    return found


@pytest.fixture
def full(program: Program, folder: Path) -> Database:  # noqa: ARG001 - it has to be there
    """A table that can go, one that another view reads, one of which only the log is left, and one that was before."""
    database = program.database
    build_and_show(database)
    for number in (1, 2):
        build_and_show(database, table=table_with(table="gone"), number=number)
    create(database, table=table_with(table="gone"), number=3)
    build_and_show(database, table=table_with(table="read"))
    database.admin("CREATE VIEW analytics.board AS SELECT day FROM analytics.read")
    logged = create(database, table=table_with(table="logged"))
    database.admin(f'DROP TABLE summary_tables."{logged.version}"')
    database.admin(
        "CREATE TABLE analytics.moved AS SELECT 1 AS day, 1::bigint AS n; ALTER TABLE analytics.moved OWNER TO builder;"
        "CREATE TABLE summary_tables.other__20261122T030405_f97565be1312 (a int);"
        'ALTER TABLE summary_tables.other__20261122t030405_f97565be1312 RENAME TO "other__20261122T030405_f97565be1312"'
    )
    build_and_show(database, table=table_with(table="moved"))
    build_and_show(database, table=table_with(table="taken"))
    database.admin(
        "DROP VIEW analytics.taken; CREATE TABLE analytics.taken (a int);"
        "UPDATE summary_tables.build_log SET published_at = '2026-01-02 03:04:05+00' WHERE table_name = 'taken'"
    )
    return database


def views(database: Database) -> list[str]:
    rows = database.admin("SELECT viewname FROM pg_views WHERE schemaname = 'analytics' ORDER BY 1")
    return [name for (name,) in rows]


def test_nothing_is_dropped_unless_asked_for(full: Database, program: Program) -> None:
    before = full.versions(), views(full)
    assert_golden("commands/orphans.txt", program("orphans"))
    assert (full.versions(), views(full)) == before


def test_json(full: Database, program: Program) -> None:
    before = full.versions()
    said = program("orphans", "--format", "json")
    assert full.versions() == before
    assert_golden("commands/orphans.json.txt", said + program("orphans", "--format", "json", "--drop", "--yes"))


def test_drop(full: Database, program: Program) -> None:
    said = program("orphans", "--drop", "--yes")
    assert views(full) == ["board", "daily", "read"]
    said += program("orphans", "--drop", "--yes")
    assert_golden("commands/orphans_dropped.txt", said)


def test_a_question_comes_first(full: Database, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    before = full.versions(), views(full)
    with terminal("n", monkeypatch):
        said = program("orphans", "--drop")
    assert (full.versions(), views(full)) == before
    assert said.endswith(
        "Nothing was dropped.\n! Drop what is left of analytics.gone, analytics.logged, analytics.moved, "
        "analytics.read, analytics.taken? It cannot be undone. [y/N] \nexit 1\n"
    )


def test_nothing_is_left_over(program: Program, folder: Path) -> None:
    build_and_show(program.database)
    assert program("orphans", "--drop") == (
        f"$ summary-tables orphans --drop\nEverything that was built has a config in {folder.name}.\nexit 0\n"
    )


def test_a_file_that_cannot_be_read_is_no_config_that_is_gone(program: Program, folder: Path) -> None:
    build_and_show(program.database)
    (folder / "daily.yaml").write_text("table: [")
    assert program("orphans", "--drop", "--yes") == (
        "$ summary-tables orphans --drop --yes\nEverything that was built has a config in dag_configs.\n\n"
        "Their files cannot be read, so these are not looked at: daily\nexit 0\n"
    )
    assert views(program.database) == ["daily"]


def test_an_empty_folder_is_taken_for_the_wrong_one(program: Program, folder: Path) -> None:
    build_and_show(program.database)
    (folder / "daily.yaml").unlink()
    assert program("orphans", "--drop", "--yes").splitlines()[1:] == [
        "! summary-tables: there is no config in dag_configs, so everything would be dropped; "
        "name the folder: --folder DIR",
        "exit 2",
    ]
    assert program("orphans").splitlines()[1].startswith("analytics.daily: no config, last published ")
    assert views(program.database) == ["daily"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--folder", "nowhere"], "nowhere is not a folder; name the one with the configs: --folder DIR"),
        (
            ["--drop", "--format", "json"],
            "--drop --format json shows nothing before it drops; add --yes to do it",
        ),
    ],
)
def test_call_that_makes_no_sense(program: Program, folder: Path, arguments: list[str], words: str) -> None:
    assert folder.is_dir()
    assert program("orphans", *arguments).splitlines()[1:] == [f"! summary-tables: {words}", "exit 2"]


def test_one_that_cannot_be_dropped_does_not_stop_the_others(full: Database, program: Program) -> None:
    full.admin("ALTER VIEW analytics.gone OWNER TO other")
    said = program("orphans", "--drop", "--yes")
    assert said.splitlines()[-2:] == [
        "! summary-tables: analytics.gone was left alone: The role builder does not own the view gone, and only its "
        "owner may do this.",
        "exit 1",
    ]
    assert views(full) == ["board", "daily", "gone", "read"]
