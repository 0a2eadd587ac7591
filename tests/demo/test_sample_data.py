import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from demo import warehouse
from demo.sample_data import load
from demo.sample_rows import Answer, answers, sessions
from tests import expected_summaries
from tests.demo.conftest import SampleWarehouse

REPOSITORY = Path(__file__).parents[2]
COUNTS = """
SELECT (SELECT count(*) FROM raw_data.user_session_channel),
       (SELECT count(*) FROM raw_data.session_timestamp),
       (SELECT count(*) FROM raw_data.nps)"""

EXPECTED: dict[str, Callable[[], list[Any]]] = {
    "mau_summary": lambda: expected_summaries.mau_summary(sessions()),
    "channel_summary": lambda: expected_summaries.channel_summary(sessions()),
    "nps_summary": lambda: expected_summaries.nps_summary(answers()),
}


@pytest.mark.parametrize("table", EXPECTED)
def test_the_queries_give_what_was_computed_without_sql(sample_warehouse: SampleWarehouse, table: str) -> None:
    query = yaml.safe_load((REPOSITORY / "dag_configs" / f"{table}.yaml").read_text())["main_sql"]
    with sample_warehouse.session("builder") as session:
        assert sorted(session.execute(query).fetchall()) == EXPECTED[table]()


@pytest.mark.parametrize(
    ("promoters", "detractors", "passives", "score"),
    [(1, 0, 799, "0.13"), (0, 1, 799, "-0.13"), (3, 0, 797, "0.38"), (1, 0, 2, "33.33"), (1, 1, 0, "0.00")],
)
def test_half_a_hundredth_is_rounded_as_postgresql_does(
    sample_warehouse: SampleWarehouse, promoters: int, detractors: int, passives: int, score: str
) -> None:
    scores = [9] * promoters + [6] * detractors + [7] * passives
    given = [Answer(number, "2019-05-01 08:31:00", value) for number, value in enumerate(scores)]
    assert [found for _, found in expected_summaries.nps_summary(given)] == [Decimal(score)]
    with sample_warehouse.server.connect() as session:
        query = "SELECT round(100.0 * %s / %s, 2)"
        assert session.execute(query, [promoters - detractors, len(scores)]).fetchone() == (Decimal(score),)


def test_loading_replaces_what_was_there(sample_warehouse: SampleWarehouse) -> None:
    with sample_warehouse.server.connect(warehouse.DATABASE) as session:
        loaded = load(session, nps_rows=1_000)
        assert session.execute(COUNTS).fetchone() == tuple(loaded.values()) == (101_520, 101_520, 1_000)
        load(session)
        assert session.execute(COUNTS).fetchone() == (101_520, 101_520, 160_000)
        first = session.execute("SELECT * FROM raw_data.nps ORDER BY id LIMIT 1").fetchone()
    assert first == answers(1)[0]


def test_a_load_that_fails_leaves_the_tables_alone(sample_warehouse: SampleWarehouse) -> None:
    with sample_warehouse.session("builder") as session, pytest.raises(Exception, match="permission denied"):
        load(session, nps_rows=1)
    with sample_warehouse.server.connect(warehouse.DATABASE) as session:
        assert session.execute(COUNTS).fetchone() == (101_520, 101_520, 160_000)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line, in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if name != "WAREHOUSE_URI"}
    command = [sys.executable, "-m", "demo.sample_data", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, env=kept | environment, capture_output=True, text=True, check=False)


def test_the_command_line_loads_any_postgresql(sample_warehouse: SampleWarehouse) -> None:
    with sample_warehouse.server.connect() as session:
        session.execute("CREATE DATABASE empty")
    done = run("--nps-rows", "1000", WAREHOUSE_URI=sample_warehouse.server.uri("empty"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "raw_data.user_session_channel: 101,520 rows\n"
        "raw_data.session_timestamp: 101,520 rows\n"
        "raw_data.nps: 1,000 rows\n"
    )


def test_a_password_may_come_from_pgpassword(sample_warehouse: SampleWarehouse) -> None:
    server = sample_warehouse.server
    uri = f"postgresql://postgres@/nowhere?host={server.host}&port={server.port}"
    done = run("--uri", uri, PGPASSWORD=server.password)
    assert done.returncode == 1
    assert 'database "nowhere" does not exist' in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Say where to load: set WAREHOUSE_URI, e.g. postgresql://user:password@host:5432/warehouse"),
        (
            ["--uri", "postgresql://a:secret@host/db"],
            "Do not give the password in --uri, everyone on this machine can see it: put it in PGPASSWORD",
        ),
        (
            ["--uri", "mysql://a:secret@host/db"],
            "The address is not one of PostgreSQL; expected e.g. postgresql://user@host:5432/warehouse",
        ),
    ],
)
def test_mistakes_on_the_command_line_are_explained(arguments: list[str], words: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", words + "\n")
