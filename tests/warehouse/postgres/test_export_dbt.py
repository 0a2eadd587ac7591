"""The tables of `tests/cases/dbt/leaving`, and what dbt makes of the project to which they are exported."""

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from demo import sample_data
from summary_tables.cli import main
from summary_tables.configs.config import Config
from summary_tables.configs.folder import read_folder
from summary_tables.lint.engine import lint
from summary_tables.lint.facts.lineage import lineage
from summary_tables.model.failure import Refusal
from summary_tables.model.table import SummaryTable
from summary_tables.runs import build_step, publish_step
from summary_tables.runs.dates import RunDates
from summary_tables.runs.render import main_query
from summary_tables.runs.run import Run
from summary_tables.runs.scheduled_dates import run_of_day
from summary_tables.warehouse.build import build_version
from summary_tables.warehouse.session.session import open_session
from tests.warehouse.postgres.database import BUILDER, PASSWORD, WAREHOUSE, Database

ROOT = Path(__file__).parents[3]
CASE = ROOT / "tests" / "cases" / "dbt" / "leaving"
DBT = ROOT / "dbt_environment" / ".venv" / "bin" / "dbt"
SCHEMAS = ("analytics", "finance", "marketing")
FIRST, LAST = datetime(2026, 11, 18, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)
DAY = timedelta(days=1)

Picture = dict[str, tuple[list[tuple[str, str]], list[tuple[Any, ...]]]]


def folder_of_all(folder: Path) -> Path:
    """The varied files, and the three summaries of the demo."""
    shutil.copytree(CASE / "dag_configs", folder)
    for path in (ROOT / "dag_configs").glob("*_summary.yaml"):
        shutil.copy(path, folder)
    return folder


def set_up(database: Database) -> None:
    database.admin((CASE / "raw_data.sql").read_text("utf-8"))
    with database.server.connect(database.name) as connection:
        sample_data.load(connection)
    database.admin(f"GRANT SELECT ON ALL TABLES IN SCHEMA raw_data TO {BUILDER}")
    empty(database)


def empty(database: Database) -> None:
    """As if nobody had built a table yet."""
    for schema in SCHEMAS:
        database.admin(f"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema} AUTHORIZATION {BUILDER}")


def build_ours(database: Database, folder: Path) -> list[str]:
    """Each table as its runs of all days build it; their names."""
    configs = {file.full_name: file.config for file in read_folder(folder).files}
    names = lineage(read_folder(folder)).in_build_order(configs)
    for name in names:
        config = configs[name]
        days = [FIRST, FIRST + DAY, LAST] if config.table.refresh.is_incremental else [LAST]
        for day in days:
            publish_run(database, config, run_of_day(config.table, day.date()))
    return list(names)


def publish_run(database: Database, config: Config, dates: RunDates) -> None:
    with database.connect() as connection:
        run = Run(
            config=config,
            dates=dates,
            open_session=lambda *limits, **options: open_session(
                connection, WAREHOUSE, *limits, **options, zone=config.table.timezone
            ),
            run_id=f"run of {dates.due}",
        )
        sql = "" if config.table.cells else main_query(config.table, config.dialect, dates)
        assert isinstance(sql, str), sql
        built = build_step.build(run, sql, build_version)
        assert not isinstance(built, Refusal), built
        published = publish_step.publish(run, built.version, may_lose_rows=True)
        assert not isinstance(published, Refusal), published


def dbt_build(database: Database, project: Path, end: datetime, *options: str) -> None:
    """The project, for the day before `end`."""
    address = conninfo_to_dict(database.server.uri(database.name, BUILDER, PASSWORD))
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    given = {names[key]: str(value) for key, value in address.items() if key in names}
    # Days of each table's own zone.
    interval = f'{{data_interval_start: "{(end - DAY).date()}", data_interval_end: "{end.date()}"}}'
    done = subprocess.run(
        [DBT, "build", "--no-use-colors", "--vars", interval, *options],
        cwd=project,
        env={**os.environ, **given, "PGTZ": "UTC"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert "[WARNING]: Deprecated" not in done.stdout, done.stdout


def picture(database: Database, names: list[str]) -> Picture:
    """Of each table the columns with their types, and the rows."""
    found: Picture = {}
    with database.connect() as connection:
        connection.execute("SET TIME ZONE 'UTC'")
        for name in names:
            cursor = connection.execute(f"SELECT * FROM {name}".encode())
            columns = [(column.name, column.type_display) for column in cursor.description or ()]
            found[name] = sorted(columns), sorted(map(_sorted_row(columns), cursor.fetchall()), key=repr)
    return found


def _sorted_row(columns: list[tuple[str, str]]) -> Any:
    """dbt has the columns of a contract in the order of the file."""
    order = sorted(range(len(columns)), key=lambda index: columns[index])
    return lambda row: tuple(row[index] for index in order)


def test_dbt_builds_the_same_tables(database: Database, tmp_path: Path) -> None:
    """Cell by cell, types included. Of tables that grow the first build covers two days, the second one more, twice."""
    set_up(database)
    folder = folder_of_all(tmp_path / "dag_configs")
    names = build_ours(database, folder)
    ours = picture(database, names)
    empty(database)
    database.admin(f"GRANT CREATE ON DATABASE {database.name} TO {BUILDER}")
    assert main(["export", "dbt", "--folder", str(folder), "--output", str(tmp_path / "shop")]) == 0
    for end in (LAST, LAST + DAY):
        dbt_build(database, tmp_path / "shop", end)
    # The same interval again.
    dbt_build(database, tmp_path / "shop", LAST + DAY, "--select", "by_interval", "merged", "days_from_three")
    assert picture(database, names) == ours
    assert len(ours) == 36
    empty(database)
    assert sorted(build_ours(database, imported_again(tmp_path, folder))) == sorted(names)
    assert picture(database, names) == ours


def imported_again(tmp_path: Path, folder: Path) -> Path:
    """What the project becomes when it comes back: lint says of it what it said, and each query is what it was."""
    back = tmp_path / "back" / "dag_configs"
    back.mkdir(parents=True)
    shutil.copy(folder / "defaults.yaml", back)
    assert main(["import", str(tmp_path / "shop"), "--folder", str(back)]) == 0
    assert said_by_lint(back) == said_by_lint(folder)
    was, now = ({file.full_name: file.config.table for file in read_folder(each).files} for each in (folder, back))
    for name, table in was.items():
        assert now[name].schedule == table.schedule
        assert now[name].refresh == table.refresh
        assert (now[name].owner, now[name].description, now[name].retries) == (
            table.owner,
            table.description.strip(),
            table.retries,
        )
        assert (now[name].tags, now[name].grants, now[name].indexes) == (table.tags, table.grants, table.indexes)
        assert asked(now[name]) == asked(table), name
        assert told(table) <= told(now[name]), name
    assert read_folder(folder).sources.tables.items() <= read_folder(back).sources.tables.items()
    # Nothing, whatever `defaults.yaml` says.
    countries = next(file.data for file in read_folder(back).files if file.path.stem == "countries")
    assert (countries["tags"], countries["grants"]) == ([], {"select": []})
    first_test, now_first = (
        next(file.data["tests"][0] for file in read_folder(each).files if file.path.stem == "tested")
        for each in (folder, back)
    )
    assert now_first == first_test
    return back


def said_by_lint(folder: Path) -> set[tuple[str, str]]:
    """What should be mended, by file."""
    return {(problem.path.name, problem.message) for problem in lint([folder]).problems if problem.level != "info"}


def asked(table: SummaryTable) -> list[tuple[str, str, str]]:
    """The kinds of its checks, with the tables and columns that they name: dbt has one test for each column."""
    checks = (*table.input_check, *table.output_check)
    return sorted((check.KEY, check.looks_at, column) for check in checks for column in check.columns or ("",))


def told(table: SummaryTable) -> set[tuple[str, str, bool]]:
    """How its checks are told: what people called them, what they do to a run, whether they show values."""
    checks = (*table.input_check, *table.output_check)
    return {(check.name, check.severity, check.samples) for check in checks if check.name or not check.samples}
