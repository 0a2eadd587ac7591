"""Real dbt on a real PostgreSQL: what a run builds, what it says of what failed, and where the next try goes on."""

import re
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from demo.embedded_postgres import EmbeddedPostgres
from summary_tables.configs.dbt_config import DbtConfig, from_data
from summary_tables.dbt.events import Event
from summary_tables.dbt.manifest import Manifest, read_manifest
from summary_tables.dbt.node_outcome import Outcome
from summary_tables.dbt.run_results import NodeResult
from summary_tables.dbt.written_project import is_read, written_project
from summary_tables.model.failure import Failure, Refusal
from summary_tables.runs.dbt_build.beside import end_earlier, failing_rows
from summary_tables.runs.dbt_build.build import DbtTry
from summary_tables.runs.dbt_build.dbt_profile import Login
from summary_tables.runs.dbt_build.failures import failure_of, failure_of_source
from summary_tables.runs.dbt_build.parse import Parsed, parse_project
from summary_tables.runs.dbt_build.program import VARIABLE
from summary_tables.runs.dbt_build.said import NOTHING_BUILT, DbtRefusal
from summary_tables.runs.messages import failure_text, warning_text
from summary_tables.warehouse.session.session import begin_session
from tests.conftest import REPOSITORY
from tests.golden_files import assert_golden
from tests.warehouse.postgres.database import BUILDER, PASSWORD, WAREHOUSE, Database

CASES = REPOSITORY / "tests" / "cases" / "dbt"

GRANTS = f"""
CREATE SCHEMA shop AUTHORIZATION {BUILDER};
CREATE SCHEMA growth AUTHORIZATION {BUILDER};
GRANT CREATE ON DATABASE {{database}} TO {BUILDER};
GRANT USAGE ON SCHEMA raw_shop TO {BUILDER};
GRANT SELECT ON ALL TABLES IN SCHEMA raw_shop TO {BUILDER};
"""
MISTAKES = """
INSERT INTO raw_shop.order_items VALUES (9001, 1, 1, 900, 10), (9002, 1, 2, 901, 10);
INSERT INTO raw_shop.payments VALUES (9001, 1, 'cash', 100, '2026-05-01');
UPDATE raw_shop.orders SET loaded_at = localtimestamp - interval '80 hours';
"""
GONE = """
sources:
  - name: raw_gone
    schema: raw_shop
    tables:
      - name: gone
        config: {loaded_at_field: loaded_at, freshness: {error_after: {count: 1, period: day}}}
"""
MENDED = """
DELETE FROM raw_shop.order_items WHERE id > 9000;
DELETE FROM raw_shop.payments WHERE id > 9000;
UPDATE raw_shop.orders SET loaded_at = localtimestamp - interval '20 hours';
"""


@pytest.fixture
def shop(server: EmbeddedPostgres, database: Database, tmp_path: Path) -> "Shop":
    return Shop(server, database, tmp_path)


class Shop:
    """The project in a repository of its own, and what it reads in a warehouse."""

    def __init__(self, server: EmbeddedPostgres, database: Database, root: Path) -> None:
        self.server, self.database = server, database
        self.project = root / "dbt" / "shop"
        shutil.copytree(CASES / "shop", self.project)
        self.execute((CASES / "raw_shop.sql").read_text("utf-8"))
        self.execute(GRANTS.format(database=database.name))
        (root / "dag_configs").mkdir()
        self.config: DbtConfig = from_data({"dbt": {"project": "dbt/shop"}}, {}, root / "dag_configs" / "shop.yaml")
        self.kept = root / "kept"
        self.events: list[Event] = []
        self.seen: list[str] = []
        """What anybody on the machine sees of dbt while it works, and what it has written by then."""
        self.sessions: set[str] = set()
        """What the warehouse calls the sessions of dbt."""

    @property
    def login(self) -> Login:
        return Login(
            host=self.server.host, port=self.server.port, user=BUILDER, password=PASSWORD, database=self.database.name
        )

    def attempt(self, name: str = "dbt shop first") -> DbtTry:
        return DbtTry(config=self.config, login=self.login, name=name, tell=self.hear, kept=self.kept)

    def hear(self, event: Event) -> None:
        self.events.append(event)
        if event.name in ("LogStartLine", "StatsLine"):
            with self.server.connect(self.database.name) as session:
                named = f"SELECT application_name FROM pg_stat_activity WHERE usename = '{BUILDER}'"
                self.sessions |= {name for (name,) in session.execute(named.encode()).fetchall()}
            for each in psutil.Process().children(recursive=True):
                with suppress(psutil.Error):
                    self.seen.append(" ".join(each.cmdline()))
        if event.name == "StatsLine":
            made = Path(tempfile.gettempdir()).glob("summary-tables-dbt-*")
            files = [path for folder in made for path in folder.rglob("*") if path.is_file()]
            self.seen += [path.read_bytes().decode(errors="replace") for path in files]

    def execute(self, sql: str) -> None:
        with self.server.connect(self.database.name) as session:
            session.execute(sql.encode())

    def failures(self, outcome: Outcome, results: tuple[NodeResult, ...]) -> list[Failure]:
        def rows(query: str) -> str:
            with self.database.connect() as connection:
                return failing_rows(begin_session(connection, WAREHOUSE), query)

        return [failure_of(result, outcome, self.project, rows) for result in results]


def done(found: Outcome | Refusal) -> Outcome:
    assert isinstance(found, Outcome), found
    return found


def test_failures_are_told_whole_and_the_next_try_does_what_is_left(shop: Shop) -> None:
    shop.execute(MISTAKES)
    path = shop.project / "models" / "marts" / "refund_rates.sql"
    sound = path.read_text("utf-8")
    path.write_text(sound.replace("select orders.day,", "select orders.dai,"), "utf-8")

    first = done(shop.attempt().build())
    told = [failure_text(failure) for failure in shop.failures(first, first.failed)]
    told += [warning_text(warning) for warning in shop.failures(first, first.warned)]
    assert_golden("dbt/failures.txt", "\n\n----\n\n".join(sorted(told)) + "\n")
    assert "shop.customer_segments" in first.published
    assert not {"shop.orders", "shop.stg_order_items", "shop.refund_rates"} & set(first.published)
    assert "shop.stg_order_items" in first.built
    assert any("dbt" in words and "build" in words for words in shop.seen)
    assert any('"dbt_schema_version"' in words for words in shop.seen)
    assert not any(PASSWORD in words for words in (*shop.seen, *(event.message for event in shop.events)))
    assert not any(PASSWORD.encode() in path.read_bytes() for path in shop.kept.rglob("*") if path.is_file())

    shop.execute(MENDED)
    path.write_text(sound, "utf-8")
    assert "dbt shop first" in shop.sessions
    shop.events.clear()
    second = done(shop.attempt("dbt shop second").build(first.again, first.results))
    assert "dbt shop second" in shop.sessions
    assert [event.message for event in shop.events if event.name == "UnableToPartialParse"] == []
    assert second.failed == ()
    assert second.again == ()
    assert {"shop.orders", "shop.monthly_revenue", "shop.refund_rates", "growth.sign_ups"} <= set(second.published)
    assert len(second.results) == len(first.results)
    assert "model.shop.customer_segments" not in {event.unique_id for event in shop.events}
    with shop.database.connect() as session:
        assert session.execute("SELECT sum(revenue) > 0 FROM shop.monthly_revenue").fetchall() == [(True,)]


def test_source_that_is_too_old_one_that_is_nearly_and_one_that_is_not_there(shop: Shop) -> None:
    shop.execute(MISTAKES)
    (shop.project / "models/staging/gone.yml").write_text(GONE)
    found = shop.attempt().freshness()
    assert not isinstance(found, Refusal)
    ages, manifest = found
    failed, gone = [failure_of_source(age, manifest.sources_by_id[age.unique_id]) for age in ages]
    assert failed.sentence == (
        'Source check "newest row at most 48 hours old" of raw_shop.orders failed: '
        "expected at most 48 hours, got 80.0 hours."
    )
    assert gone.sentence == (
        'Source check "newest row at most 1 day old" of raw_shop.gone failed: relation "raw_shop.gone" does not exist.'
    )
    assert (failed.place, gone.place) == ("models/staging/sources.yml", "models/staging/gone.yml")
    (shop.project / "models/staging/gone.yml").unlink()
    shop.execute(MENDED)
    found = shop.attempt().freshness()
    assert not isinstance(found, Refusal)
    (warned,) = [failure_of_source(age, found[1].sources_by_id[age.unique_id]) for age in found[0]]
    assert warned.sentence == (
        'Source check "newest row at most 12 hours old" of raw_shop.orders warned: '
        "expected at most 12 hours, got 20.0 hours."
    )


def test_role_that_may_make_no_schema_is_told_what_an_administrator_runs(shop: Shop) -> None:
    """The first remedy is how all other tests of this file begin; the second is followed here."""
    name = shop.database.name
    shop.execute(f"REVOKE CREATE ON DATABASE {name} FROM {BUILDER}; DROP SCHEMA shop, growth CASCADE")
    found = shop.attempt().build(["countries"])
    assert found == DbtRefusal(
        error=f"permission denied for database {name}: dbt makes the schemas that it builds in. An administrator runs: "
        f"GRANT CREATE ON DATABASE {name} TO {BUILDER}; or makes each of them: "
        f"CREATE SCHEMA ... AUTHORIZATION {BUILDER};",
        may_pass=True,
        live=NOTHING_BUILT,
    )
    first, each = re.findall(r": ([A-Z][^;]+;)", found.error)
    assert first in GRANTS.format(database=name)
    for schema in ("shop", "growth"):
        shop.execute(each.replace("...", schema))
    assert done(shop.attempt().build(["countries"])).failed == ()


def test_project_that_dbt_cannot_read_says_why(shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (shop.project / "models" / "marts" / "orders.sql").write_text("select * from {{ ref('no_such_model') }}", "utf-8")
    assert shop.attempt().build() == DbtRefusal(
        error="Model 'model.shop.orders' depends on a node named 'no_such_model' which was not found.",
        may_pass=True,
        place="models/marts/orders.sql",
        live="Nothing was built.",
    )
    (tmp_path / "bad").write_text("#!/no/such/python")
    (tmp_path / "bad").chmod(0o755)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "bad"))
    assert parse_project(shop.config) == (
        f"dbt could not be started: {tmp_path}/bad: no such file or directory. "
        "Make its environment anew, or set `SUMMARY_TABLES_DBT` to another."
    )
    assert shop.attempt().build() == DbtRefusal(
        error=f"dbt could not be started: {tmp_path}/bad: no such file or directory. "
        "Make its environment anew, or set `SUMMARY_TABLES_DBT` to another.",
        live="Nothing was built.",
    )
    shutil.rmtree(shop.project)
    assert shop.attempt().build() == DbtRefusal(
        error="there is no dbt project in dbt/shop: dbt_project.yml is missing or cannot be read.",
        live="Nothing was built.",
    )


def test_parse_asks_no_warehouse_and_names_all(shop: Shop) -> None:
    assert parse_project(shop.config) == Parsed(models=25, tests=41, manifest="dbt/shop/target/manifest.json")
    files = {path.relative_to(shop.project).as_posix(): path for path in shop.project.rglob("*") if is_read(path.name)}
    written = written_project({name: path.read_text() for name, path in files.items()}, shop.config.project)
    by_dbt = read_manifest(shop.project / "target" / "manifest.json")
    assert isinstance(written, Manifest)
    assert isinstance(by_dbt, Manifest)
    assert written.nodes.keys() == by_dbt.nodes.keys()
    for unique_id, node in by_dbt.nodes.items():
        same = written.nodes[unique_id]
        assert (same.relation.full_name, same.materialized) == (node.relation.full_name, node.materialized)
    (shop.project / "models" / "marts" / "orders.sql").write_text("select * from {{ ref('no_such_model') }}", "utf-8")
    assert parse_project(shop.config) == (
        "Model 'model.shop.orders' depends on a node named 'no_such_model' which was not found. "
        "In dbt/shop/models/marts/orders.sql."
    )


def test_sessions_of_an_earlier_try_are_ended(shop: Shop) -> None:
    with shop.database.connect() as earlier, shop.database.connect() as later:
        session = begin_session(later, WAREHOUSE)
        earlier.execute("SET application_name = 'dbt shop run'")
        assert end_earlier(session, "dbt shop other") == 0
        assert end_earlier(session, "dbt shop run") == 1
