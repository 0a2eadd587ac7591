"""What a dry run does and does not do in the warehouse."""

import threading
from pathlib import Path

import pytest
from psycopg.pq import TransactionStatus

from summary_tables import cli
from summary_tables.commands.exit_code import OK, PROBLEMS, USAGE
from summary_tables.configs.folder import read_folder
from summary_tables.lint.dry_run import address
from summary_tables.lint.dry_run.refusal import FRESH_TABLE, Refusal
from summary_tables.lint.dry_run.server import Server
from summary_tables.lint.dry_run.unavailable import WarehouseTrouble
from summary_tables.model.column import Column
from summary_tables.model.table_columns import PSEUDO_TYPES, SYSTEM_COLUMNS
from summary_tables.warehouse.session.session import open_session
from tests.golden_files import assert_golden
from tests.warehouse.postgres.database import BUILDER, PASSWORD, READER, WAREHOUSE, Database
from tests.warehouse.postgres.dry_runs import checks, dry_run, said, with_tables, write

_TRAPS = f"""
CREATE SEQUENCE raw_data.numbers;
GRANT USAGE ON SEQUENCE raw_data.numbers TO {BUILDER};
CREATE TABLE raw_data.mine AS SELECT 1 AS a;
ALTER TABLE raw_data.mine OWNER TO {BUILDER};
CREATE FUNCTION raw_data.boom() RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RAISE EXCEPTION 'ran'; END $$;
CREATE FUNCTION raw_data.writes() RETURNS int LANGUAGE plpgsql IMMUTABLE SECURITY DEFINER AS
    $$ BEGIN INSERT INTO raw_data.mine VALUES (2); RETURN 1; END $$;
CREATE DOMAIN raw_data.checked AS int CHECK (raw_data.boom() = VALUE);
CREATE VIEW raw_data.calls AS SELECT raw_data.boom() AS a;
GRANT SELECT ON raw_data.calls TO {BUILDER};
"""
_NOTING = """
CREATE FUNCTION raw_data.notes(int) RETURNS bool LANGUAGE plpgsql STABLE AS $$ BEGIN
    RAISE LOG 'noting ran, read only: %', current_setting('transaction_read_only');
    BEGIN PERFORM nextval('raw_data.numbers'); EXCEPTION WHEN OTHERS THEN NULL; END;
    BEGIN PERFORM raw_data.writes(); EXCEPTION WHEN OTHERS THEN NULL; END;
    RETURN true; END $$;
CREATE DOMAIN raw_data.noting AS int CHECK (raw_data.notes(VALUE));
CREATE TYPE raw_data.noted AS (n raw_data.noting);
"""
_CATALOG = """
SELECT (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_type), (SELECT count(*) FROM pg_namespace),
    (SELECT count(*) FROM pg_attribute), (SELECT count(*) FROM pg_depend), (SELECT count(*) FROM pg_rewrite)
"""

_COLUMNS = (Column(name="Größe", type="numeric(5,2)"),)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT raw_data.boom() AS a",
        "SELECT raw_data.writes() + 1 AS a",
        "SELECT 5::raw_data.checked AS a, '5'::raw_data.checked AS b",
        "SELECT a FROM raw_data.calls WHERE a > raw_data.boom()",
        "SELECT pg_sleep(3600)::text AS a",
        "SELECT 1 / 0 AS a",
    ],
)
def test_nothing_in_a_query_is_run(query: str, database: Database, tmp_path: Path) -> None:
    database.admin(_TRAPS)
    folder = tmp_path / "dag_configs"
    write(folder, query, rest=checks(f"SELECT COUNT(1) FROM ({query}) q", "SELECT COUNT(a) FROM {schema}.temp_{table}"))
    assert said(database, folder) == []
    assert database.value("SELECT count(*) FROM raw_data.mine") == 1
    assert database.value("SELECT is_called FROM raw_data.numbers") is False


@pytest.mark.parametrize(
    "of", ["{text}::raw_data.noting[]", "{text}::raw_data.noted", "{text}::raw_data.noting[] = {text}"]
)
def test_what_reading_a_constant_runs_cannot_write(of: str, database: Database, tmp_path: Path) -> None:
    """The server makes a value of it while it describes the query, and asks the check of the domain."""
    database.admin(_TRAPS + _NOTING)
    folder = tmp_path / "dag_configs"
    text = "'(5)'" if "noted" in of else "'{5}'"
    write(
        folder,
        f"SELECT ({of.format(text=text)})::text AS a",
        rest=checks("SELECT 1", "SELECT COUNT(a) FROM {schema}.temp_{table}"),
    )
    assert said(database, folder) == []
    assert database.value("SELECT count(*) FROM raw_data.mine") == 1
    assert database.value("SELECT is_called FROM raw_data.numbers") is False
    assert any("noting ran, read only: on" in line for line in database.server.log.read_text().splitlines())


@pytest.mark.parametrize("stand_in", [(), _COLUMNS])
def test_everything_is_asked_in_a_short_read_only_transaction(stand_in: tuple[Column, ...], database: Database) -> None:
    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        server = Server(session)
        with server.asking(stand_in):
            for _ in range(2):
                assert session.value("SHOW transaction_read_only") == "on"
                assert session.value("SHOW statement_timeout") == "5s"
                assert session.value("SHOW lock_timeout") == "1s"
                assert isinstance(server.describe("SELECT nothing"), Refusal)
            with server.with_tables({"base": _COLUMNS}):
                for _ in range(2):
                    assert session.value("SHOW transaction_read_only") == "on"
                    assert session.value("SHOW statement_timeout") == "5s"
                    assert server.describe("SELECT * FROM pg_temp.base") == _COLUMNS
                    assert isinstance(server.describe("SELECT nothing"), Refusal)
            assert session.value("SHOW transaction_read_only") == "on"
            assert isinstance(server.describe("SELECT * FROM pg_temp.base"), Refusal)
            fresh = server.describe(f"SELECT * FROM {FRESH_TABLE}")
        assert fresh == stand_in or isinstance(fresh, Refusal)
        assert connection.info.transaction_status is TransactionStatus.IDLE


def test_query_that_lint_refuses_never_reaches_the_server(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "dag_configs"
    database.admin(f"ALTER ROLE {BUILDER} IN DATABASE {database.name} SET log_min_duration_statement = 0")
    hidden = ("DELETE FROM raw_data.hidden_1", "SELECT 1 AS a; DROP TABLE raw_data.hidden_2", "SELEC 1 AS hidden_3")
    for query in (
        *hidden,
        "{% set more = '1; DROP TABLE raw_data.hidden_4' %}SELECT {{ more }} AS a",
        "SELECT 1 AS seen_5",
    ):
        write(folder, query)
        found = read_folder(folder)
        with dry_run(database) as run:
            assert len(run(found.files[0], found)) == ("hidden_4" in query)
    log = database.server.log.read_text("utf-8")
    assert "parse <unnamed>: SELECT 1 AS seen_5" in log
    assert "hidden_" not in log


def test_nothing_is_left_behind(database: Database, tmp_path: Path) -> None:
    with_tables(database)
    folder = tmp_path / "dag_configs"
    write(folder, "SELECT id FROM raw_data.nps", rest=checks("SELECT MAX(x) FROM {schema}.temp_{table}", "SELECT 1, 2"))
    before = database.admin(_CATALOG)
    assert len(said(database, folder)) == 1
    assert database.admin(_CATALOG) == before


def test_nothing_is_left_behind_by_a_session_that_is_killed(database: Database, tmp_path: Path) -> None:
    """It dies while the stand-in for the new version stands."""
    with_tables(database)
    folder = tmp_path / "dag_configs"
    write(folder, "SELECT id FROM raw_data.nps", rest=checks("SELECT COUNT(1) FROM raw_data.session_timestamp"))
    before = database.admin(_CATALOG)
    found: list[str] = []
    with database.server.connect(database.name) as blocker:
        blocker.execute("BEGIN; LOCK TABLE raw_data.session_timestamp")
        asking = threading.Thread(target=lambda: found.append(_trouble(database, folder)))
        asking.start()
        _kill_who_waits(database)
        asking.join()
    assert found == ["The connection to the warehouse was lost."]
    assert database.admin(_CATALOG) == before


def test_columns_that_no_table_can_have_end_nothing(database: Database, tmp_path: Path) -> None:
    left, right = (", ".join(f"{number} AS {name}{number}" for number in range(800)) for name in "ab")
    database.admin(
        f"CREATE TABLE raw_data.wide AS SELECT {left}; GRANT SELECT ON raw_data.wide TO {BUILDER};"
        f"CREATE TABLE raw_data.other AS SELECT {right}; GRANT SELECT ON raw_data.other TO {BUILDER};"
        "CREATE SCHEMA closed; CREATE TYPE closed.amount AS ENUM ('a'); CREATE TABLE raw_data.typed (a closed.amount);"
        f"GRANT SELECT ON raw_data.typed TO {BUILDER}; GRANT TEMPORARY ON DATABASE {database.name} TO {BUILDER}"
    )
    folder = tmp_path / "dag_configs"
    rest = checks("SELECT COUNT(1) FROM {schema}.temp_{table}")
    write(
        folder, "SELECT * FROM raw_data.wide AS a, raw_data.other AS b, (SELECT 1 AS x) AS c", table="wide", rest=rest
    )
    write(folder, "SELECT a FROM raw_data.typed", table="typed", rest=rest)
    write(folder, "SELECT min(xmin::text) AS xmin FROM raw_data.wide", table="system_column", rest=rest)
    write(folder, "SELECT histogram_bounds AS a FROM pg_catalog.pg_stats", table="pseudo", rest=rest)
    write(folder, "SELECT nosuch FROM raw_data.typed", table="wrong", rest=rest)
    found = read_folder(folder)
    with dry_run(database) as run:
        said = [str(problem) for file in found.files for problem in run(file, found)]
    assert said == [
        "dag_configs/pseudo.yaml:4:10: error[warehouse-column] "
        "the column `a` is of type anyarray, which no table can hold; fix: select its parts, or leave it out",
        "dag_configs/typed.yaml:4:3: error[warehouse-query] the file was not checked to its end: "
        f"The role {BUILDER} may not use the schema closed. "
        f"An administrator can allow it: GRANT USAGE ON SCHEMA closed TO {BUILDER};",
        "dag_configs/wide.yaml:4:10: error[warehouse-column] "
        "the query gives 1,601 columns, and a table has 1,600 at most",
        "dag_configs/wrong.yaml:4:10: error[warehouse-column] `raw_data.typed` has no column `nosuch`; "
        "fix: the columns are `a`",
    ]


def test_types_that_no_table_can_hold_are_those_of_the_server(database: Database) -> None:
    types = database.admin("SELECT format_type(oid, NULL) FROM pg_type WHERE typtype = 'p'")
    assert {name.strip('"') for (name,) in types} <= set(PSEUDO_TYPES)


def test_system_columns_are_those_of_the_server(database: Database) -> None:
    columns = database.admin("SELECT attname FROM pg_attribute WHERE attrelid = 'pg_class'::regclass AND attnum < 0")
    assert {name for (name,) in columns} == SYSTEM_COLUMNS


def test_locked_table_is_not_waited_for(database: Database, tmp_path: Path) -> None:
    with_tables(database)
    folder = tmp_path / "dag_configs"
    write(folder, "SELECT id FROM raw_data.nps")
    with database.server.connect(database.name) as blocker:
        blocker.execute("BEGIN; LOCK TABLE raw_data.nps")
        assert said(database, folder) == [
            "4:3: info[warehouse-query] the warehouse did not answer in time, so this query was not tried; "
            "fix: try again when the warehouse is less busy"
        ]


def test_role_that_may_not_make_a_temporary_table_is_told_once(database: Database, tmp_path: Path) -> None:
    with_tables(database)
    database.admin(f"REVOKE TEMPORARY ON DATABASE {database.name} FROM PUBLIC, {BUILDER}")
    folder = tmp_path / "dag_configs"
    for table in ("one", "two"):
        write(
            folder, "SELECT id FROM raw_data.nps", table=table, rest=checks("SELECT MAX(x) FROM {schema}.temp_{table}")
        )
    found = read_folder(folder)
    with dry_run(database) as run:
        problems = [str(problem) for file in found.files for problem in run(file, found)]
    assert problems == [
        "dag_configs/one.yaml:7:7: info[warehouse-query] the output checks were not tried: they need a temporary table,"
        f' which cannot be made here; fix: an administrator runs: GRANT TEMPORARY ON DATABASE "{database.name}" '
        f'TO "{BUILDER}";'
    ]


def test_problem_on_a_line_that_is_known_to_be_wrong_is_not_told_again(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "dag_configs"
    write(folder, "SELECT scor\nFROM raw_data.events")
    found = read_folder(folder)
    with dry_run(with_tables(database)) as run:
        (problem,) = run(found.files[0], found)
        assert run(found.files[0], found, (problem,)) == ()


def test_schema_that_is_missing(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "dag_configs"
    path = write(folder, "SELECT 1 AS a")
    texts = [path.read_text().replace("schema: analytics", f"schema: {name}") for name in ("analytisc", "finance")]
    problems = []
    for text in texts:
        path.write_text(text)
        found = read_folder(folder)
        with dry_run(database) as run:
            problems += [str(problem) for problem in run(found.files[0], found)]
    assert problems == [
        "dag_configs/daily.yaml:2:9: error[warehouse-table] the warehouse has no schema `analytisc`; "
        "fix: write `analytics`",
        "dag_configs/daily.yaml:2:9: error[warehouse-table] the warehouse has no schema `finance`; "
        'fix: an administrator runs: CREATE SCHEMA "finance";',
    ]


def test_redshift_is_asked_in_words_that_it_knows(database: Database, tmp_path: Path) -> None:
    """Redshift itself has not been asked: this is PostgreSQL, given Redshift's statements."""
    folder = tmp_path / "dag_configs"
    rest = checks("SELECT COUNT(1) FROM {schema}.temp_{table}", "SELECT MAX(x) FROM {schema}.temp_{table}")
    write(folder, "SELECT id, NVL(id, 1) AS x FROM raw_data.nps", rest=rest)
    write(folder, "SELECT id FROM raw_data.nps", table="good", rest=rest)
    (folder / "defaults.yaml").write_text("warehouse: {dialect: redshift}\n")
    with_tables(database)
    assert said(database, folder) == ["4:14: error[warehouse-function] Redshift has no function `NVL`"]
    assert said(database, folder, "good") == [
        "10:18: error[warehouse-column] `main_sql` gives no column `x`; fix: the columns are `id`"
    ]


def test_columns_are_shown_with_their_types(database: Database, tmp_path: Path) -> None:
    with_tables(database)
    folder = tmp_path / "dag_configs"
    write(folder, 'SELECT "고객", SUM("금액")::numeric(14,2) AS 합계, now() AS at FROM raw_data."주문" GROUP BY 1')
    write(folder, "SELECT x FROM raw_data.nps", table="wrong")
    write(folder, "SELECT LEFT(created_at, 10) AS date, created_at FROM raw_data.nps", table="nps")
    found = read_folder(folder)
    with dry_run(database) as run:
        for file in found.files:
            run(file, found)
        assert_golden("dry_run/shown_columns.txt", run.columns_text())


def test_superuser_is_refused_unless_allowed(database: Database) -> None:
    uri = database.server.uri(database.name)
    with pytest.raises(WarehouseTrouble) as refused, address.dry_run(uri, allow_superuser=False):
        pass
    assert str(refused.value) == (
        "the role postgres is a superuser, and SQL of a pull request is not shown to one. Use a role that may read and "
        "nothing else: CREATE ROLE lint LOGIN PASSWORD '...'; GRANT USAGE ON SCHEMA raw_data TO lint; "
        "GRANT SELECT ON ALL TABLES IN SCHEMA raw_data TO lint; or add --allow-superuser"
    )
    with address.dry_run(uri, allow_superuser=True) as run:
        assert run.columns_text() == ""


def test_address_may_stand_in_the_environment(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_ADDRESS", database.server.uri(database.name, READER, PASSWORD))
    with address.dry_run("env:SECRET_ADDRESS", allow_superuser=False) as run:
        assert run.columns_text() == ""


def test_wrong_password_is_not_told(database: Database) -> None:
    uri = database.server.uri(database.name, READER, "hunter2")
    with pytest.raises(WarehouseTrouble) as refused, address.dry_run(uri, allow_superuser=False):
        pass
    assert str(refused.value) == "no connection to the warehouse: the warehouse refused the user or the password"


def test_lint_asks_the_warehouse(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with_tables(database)
    monkeypatch.setenv("ADDRESS", database.server.uri(database.name, BUILDER, PASSWORD))
    folder = tmp_path / "dag_configs"
    write(folder, "SELECT scor FROM raw_data.nps")
    options = ["--warehouse", "env:ADDRESS", "--format", "concise", "--select", "warehouse-column", "--show-columns"]
    assert cli.main(["lint", str(folder), *options]) == PROBLEMS
    assert capsys.readouterr().out == (
        "dag_configs/daily.yaml:4:10: error[warehouse-column] `raw_data.nps` has no column `scor`; fix: write `score`\n"
    )
    write(folder, "SELECT score FROM raw_data.nps")
    assert cli.main(["lint", str(folder), *options]) == OK
    said = capsys.readouterr()
    assert said.out == ""
    assert "dag_configs/daily.yaml\n  score  smallint\n" in said.err


def test_lint_without_its_warehouse_is_a_wrong_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "dag_configs", "SELECT 1 AS a")
    assert cli.main(["lint", str(tmp_path / "dag_configs"), "--warehouse", "hunter2"]) == USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "summary-tables: the address of the warehouse is not one of PostgreSQL; "
        "expected e.g. postgresql://reader@host:5432/warehouse\n"
    )


def _trouble(database: Database, folder: Path) -> str:
    """What ends the dry run; on a slow machine the wait for a lock may end it a few times before that."""
    try:
        for _ in range(100):
            said(database, folder)
    except WarehouseTrouble as trouble:
        return str(trouble)
    return "nothing"


def _kill_who_waits(database: Database) -> None:
    killed: list[tuple[bool]] = []
    while not killed:
        killed = database.admin(
            "SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid "
            f"WHERE NOT l.granted AND a.usename = '{BUILDER}' AND a.datname = current_database()"
        )
