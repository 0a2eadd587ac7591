"""`kill -9` of a task, whatever its session is doing: the warehouse stops soon, and a retry meets nothing of it."""

import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY
from tests.warehouse.postgres.database import BUILDER, PASSWORD, ROWS, Database, build_and_show
from tests.warehouse.postgres.sessions import sessions, wait_until

_BUILD = """
import sys
import psycopg
from summary_tables.model.table import Index
from tests.warehouse.postgres.in_session import create_version
from tests.warehouse.postgres.database import WAREHOUSE, run, table_with
table = table_with(indexes=(Index(columns=("a", "b")),))
create_version(psycopg.connect(sys.argv[1]), table, WAREHOUSE, run(), sys.argv[2])
"""
_CHECK = """
import sys
import psycopg
from tests.warehouse.postgres.in_session import read_value
read_value(psycopg.connect(sys.argv[1]), sys.argv[2])
"""
_FUNCTIONS = """
CREATE FUNCTION raw_data.sleeps() RETURNS int LANGUAGE plpgsql IMMUTABLE AS
    'BEGIN PERFORM pg_sleep(600); RETURN 1; END';
CREATE FUNCTION raw_data.own() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
"""
_ENDLESS = "FROM generate_series(1, 1000000) AS x, generate_series(1, 1000000) AS y"
_WIDE = "SELECT md5(i::text) AS a, repeat(md5((i * 7)::text), 3) AS b FROM generate_series(1, 1000000) AS i"

PHASES = {
    "guard": (_BUILD, "SELECT raw_data.sleeps() AS a, 1 AS b", "DECLARE guard"),
    "query": (_BUILD, f"SELECT count(*) AS a, 1 AS b {_ENDLESS}", "CREATE TABLE"),
    "watched query": (_BUILD, f"SELECT raw_data.own() AS a, 1 AS b {_ENDLESS}", "INSERT INTO pg_temp"),
    "index": (_BUILD, _WIDE, "CREATE INDEX"),
    "check": (_CHECK, f"SELECT count(*) {_ENDLESS}", "SELECT count"),
}


@pytest.mark.parametrize("phase", PHASES)
def test_nothing_runs_on_and_a_retry_gets_through(database: Database, phase: str) -> None:
    script, query, statement = PHASES[phase]
    database.admin(_FUNCTIONS)
    address = database.server.uri(database.name, BUILDER, PASSWORD)
    task = subprocess.Popen([sys.executable, "-c", script, address, query], cwd=REPOSITORY)
    try:
        wait_until(lambda: sessions(database, statement) == 1, f"{statement} never ran")
    finally:
        task.kill()
        task.wait()
    wait_until(lambda: sessions(database) == 0, "the warehouse goes on")
    assert database.versions() == set()
    assert build_and_show(database).rows == ROWS
    assert len(database.versions()) == 1
