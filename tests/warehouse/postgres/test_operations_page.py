"""`docs/operations.md`: a dump of the summary tables restores all that people and runs rely on."""

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from demo.embedded_postgres import EmbeddedPostgres
from demo.postgres_programs import SUPERUSER, environment, program
from summary_tables.model.table import DeclaredColumn, Grants
from tests.warehouse.postgres.database import PASSWORD, Database, build_and_show, table_with

PAGE = Path(__file__).parents[3] / "docs" / "operations.md"
ANALYST = "analyst_of_the_dump"
TABLE = table_with(
    description="Events a day.",
    columns=(
        DeclaredColumn(name="day"),
        DeclaredColumn(name="n", description="How many 🚀"),
    ),
    grants=Grants(select=("reader", ANALYST)),
)
QUESTIONS = {
    "what readers see": "SELECT * FROM analytics.daily ORDER BY 1",
    "versions": "SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'summary_tables' ORDER BY 1",
    "builds": "SELECT * FROM summary_tables.build_log ORDER BY started_at",
    "rights": "SELECT relname, relacl::text FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace "
    "WHERE nspname IN ('analytics', 'summary_tables') AND relkind IN ('r', 'v') ORDER BY 1",
    "rights on schemas": "SELECT nspname, nspacl::text FROM pg_namespace "
    "WHERE nspname IN ('analytics', 'summary_tables') ORDER BY 1",
    "comments": "SELECT objsubid, description FROM pg_description "
    "WHERE objoid = 'analytics.daily'::regclass ORDER BY 1",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'summary_tables' ORDER BY 1",
}


def said_commands() -> tuple[str, str]:
    dump, restore = re.findall(r"^    (pg_(?:dump|restore) .+)$", PAGE.read_text("utf-8"), re.MULTILINE)
    return dump, restore


@dataclass(frozen=True, slots=True)
class Dump:
    folder: Path
    before: dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def analyst(database: Database) -> Iterator[Database]:
    """A role that the test may make anew."""
    database.admin(f"CREATE ROLE {ANALYST} LOGIN PASSWORD '{PASSWORD}'; GRANT USAGE ON SCHEMA analytics TO {ANALYST}")
    yield database
    database.admin(f"DROP OWNED BY {ANALYST}; DROP ROLE {ANALYST}")


@pytest.fixture
def dump(analyst: Database, server: EmbeddedPostgres, tmp_path: Path) -> Dump:
    for number in (1, 2):
        build_and_show(analyst, table=TABLE, number=number)
    before = {question: analyst.admin(sql) for question, sql in QUESTIONS.items()}
    run(said_commands()[0], server, analyst, tmp_path)
    return Dump(tmp_path, before)


def run(command: str, server: EmbeddedPostgres, database: Database, folder: Path) -> None:
    """As the page says it, with this server's programs."""
    path = os.pathsep.join([str(program("pg_dump").parent), os.environ["PATH"]])
    variables = {**environment(), "PATH": path, "WAREHOUSE": server.uri(database.name, SUPERUSER)}
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=variables, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_all_of_it_comes_back_and_the_next_run_publishes(
    analyst: Database, server: EmbeddedPostgres, dump: Dump
) -> None:
    analyst.admin("DROP SCHEMA analytics, summary_tables CASCADE")
    run(said_commands()[1], server, analyst, dump.folder)
    assert {question: analyst.admin(sql) for question, sql in QUESTIONS.items()} == dump.before
    build_and_show(analyst, table=TABLE, number=3)
    assert [row[0] for row in analyst.admin("SELECT run_id FROM summary_tables.build_log ORDER BY started_at")] == [
        "run 1",
        "run 2",
        "run 3",
    ]
    with analyst.connect(ANALYST) as session:
        assert session.execute("SELECT COUNT(*) FROM analytics.daily").fetchone() == (50,)


def test_on_another_server_a_role_with_the_number_of_another_keeps_its_right(
    analyst: Database, server: EmbeddedPostgres, dump: Dump
) -> None:
    """Roles are told apart by their numbers, which are others there: here, two roles have changed theirs."""
    analyst.admin("DROP SCHEMA analytics, summary_tables CASCADE")
    run(said_commands()[1], server, analyst, dump.folder)
    old, other = (analyst.value(f"SELECT oid FROM pg_roles WHERE rolname = '{name}'") for name in (ANALYST, "other"))
    analyst.admin(
        "GRANT SELECT ON analytics.daily TO other;"
        f"UPDATE summary_tables.declared SET readers = replace(readers, '{old}', '{other}')"
    )
    remedy = re.search(r"^    (DELETE FROM .+;)$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert remedy
    analyst.admin(remedy[1])
    build_and_show(analyst, table=TABLE, number=3)
    assert {right.partition("=")[0] for right in analyst.grants_to_others("daily")} == {"reader", ANALYST, "other"}
