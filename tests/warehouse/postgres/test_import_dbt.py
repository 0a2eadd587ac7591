"""Tables that dbt has built are taken over by the configs that `import` writes, and go on from there."""

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from psycopg.conninfo import conninfo_to_dict

from summary_tables.cli import main
from summary_tables.configs.config import Config
from summary_tables.configs.folder import read_folder
from summary_tables.dbt.manifest import Manifest, read_manifest
from summary_tables.dbt.records import Model
from summary_tables.lint.facts.lineage import lineage
from summary_tables.model.failure import Refusal
from summary_tables.runs import build_step, publish_step
from summary_tables.runs.render import main_query
from summary_tables.runs.run import Run
from summary_tables.runs.scheduled_dates import run_of_day
from summary_tables.warehouse.build import build_version
from summary_tables.warehouse.session.session import open_session
from tests.warehouse.postgres.database import BUILDER, PASSWORD, WAREHOUSE, Database

ROOT = Path(__file__).parents[3]
CASES = ROOT / "tests" / "cases" / "dbt"
DBT = ROOT / "dbt_environment" / ".venv" / "bin" / "dbt"
DAY = date(2026, 3, 20)


def of_each(statement: str) -> str:
    return "".join(f"{statement.format(name)};\n" for name in ("order_items", "payments", "refunds"))


_LATER = f"""
CREATE SCHEMA later;
CREATE TABLE later.orders AS SELECT * FROM raw_shop.orders WHERE ordered_at >= '{DAY}';
{of_each("CREATE TABLE later.{0} AS SELECT * FROM raw_shop.{0} WHERE order_id IN (SELECT id FROM later.orders)")}
DELETE FROM raw_shop.orders WHERE ordered_at >= '{DAY}';
{of_each("DELETE FROM raw_shop.{0} WHERE order_id IN (SELECT id FROM later.orders)")}
"""
_ONE_DAY_MORE = f"""
INSERT INTO raw_shop.orders SELECT * FROM later.orders WHERE ordered_at < '{DAY}'::date + 1;
{of_each("INSERT INTO raw_shop.{0} SELECT * FROM later.{0} WHERE order_id IN (SELECT id FROM raw_shop.orders)")}
"""
# The source keeps the last days only: what was there before can come from nowhere but dbt's own tables.
_ONLY_THE_LAST_DAYS = f"""
DELETE FROM raw_shop.orders WHERE ordered_at < '{DAY}'::date - 10;
{of_each("DELETE FROM raw_shop.{0} WHERE order_id NOT IN (SELECT id FROM raw_shop.orders)")}
"""


def dbt_build(database: Database, project: Path) -> None:
    address = conninfo_to_dict(database.server.uri(database.name, BUILDER, PASSWORD))
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    given = {names[key]: str(value) for key, value in address.items() if key in names}
    done = subprocess.run(
        [DBT, "build", "--no-use-colors"],
        cwd=project,
        env={**os.environ, **given, "PGTZ": "UTC", "DBT_SEND_ANONYMOUS_USAGE_STATS": "0", "DO_NOT_TRACK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]


def publish_run(database: Database, config: Config) -> None:
    """The run of `DAY`, without its checks."""
    with database.connect() as connection:
        run = Run(
            config=config,
            dates=run_of_day(config.table, DAY),
            open_session=lambda *limits, **options: open_session(connection, WAREHOUSE, *limits, **options),
            run_id="run of the day",
        )
        sql = "" if config.table.cells else main_query(config.table, config.dialect, run.dates)
        assert isinstance(sql, str), sql
        built = build_step.build(run, sql, build_version)
        assert not isinstance(built, Refusal), built
        published = publish_step.publish(run, built.version, may_lose_rows=True)
        assert not isinstance(published, Refusal), published


def rows(database: Database, query: str) -> list[tuple[Any, ...]]:
    return sorted(database.admin(query), key=repr)


def test_tables_of_dbt_are_taken_over(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has what dbt's own query gives, or the seed, cell by cell; what grows keeps what the source lost."""
    database.admin((CASES / "raw_shop.sql").read_text("utf-8"))
    database.admin(f"{_LATER}; GRANT USAGE ON SCHEMA raw_shop TO {BUILDER}")
    database.admin(f"GRANT SELECT ON ALL TABLES IN SCHEMA raw_shop TO {BUILDER}")
    database.admin(f"GRANT CREATE ON DATABASE {database.name} TO {BUILDER}")
    project = shutil.copytree(CASES / "shop", tmp_path / "shop")
    dbt_build(database, project)

    folder = tmp_path / "dag_configs"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(["import", "shop/target/manifest.json"]) == 0
    manifest = read_manifest(project / "target" / "manifest.json")
    assert isinstance(manifest, Manifest), manifest

    database.admin(_ONE_DAY_MORE)
    growing = {each.relation.full_name: each for each in manifest.models if each.materialized == "incremental"}
    expected = {name: rows(database, full_query(model)) for name, model in growing.items()}
    expected |= {name: rows(database, f"SELECT * FROM {name}") for name in ("shop.countries", "shop.payment_fees")}
    database.admin(_ONLY_THE_LAST_DAYS)

    configs = {file.full_name: file.config for file in read_folder(folder).files}
    for name in lineage(read_folder(folder)).in_build_order(configs):
        publish_run(database, configs[name])
    for node in (*manifest.models, *manifest.seeds):
        name = node.relation.full_name
        if name in configs:
            assert rows(database, f"SELECT * FROM {name}") == (
                expected[name] if name in expected else rows(database, full_query(node))
            ), name
    assert len(configs) == 15


def full_query(model: Model) -> str:
    return model.compiled_code.replace(f'"{model.relation.database}".', "")
