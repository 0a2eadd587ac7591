"""Files of `dag_configs/` put before a real warehouse."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from textwrap import indent

from summary_tables.configs.folder import read_folder
from summary_tables.lint.build_check import broken_rules
from summary_tables.lint.dry_run.engine import DryRun
from summary_tables.lint.rules import BUILD_RULES
from tests.warehouse.postgres.database import BUILDER, Database

DAY = datetime(2026, 11, 21, tzinfo=UTC)

TABLES = f"""
CREATE TABLE raw_data.nps (id int PRIMARY KEY, created_at varchar(19), score smallint, "userId" int);
CREATE TABLE raw_data.session_timestamp (sessionid varchar(32), ts timestamp);
CREATE TABLE raw_data.user_session_channel (userid int, sessionid varchar(32), channel varchar(32));
CREATE TABLE raw_data.secret (id int);
CREATE TABLE raw_data."주문" ("고객" text, "금액" numeric(12,2));
CREATE SCHEMA hidden;
CREATE TABLE hidden.pay (id int);
GRANT SELECT ON raw_data.nps, raw_data.session_timestamp, raw_data.user_session_channel, raw_data."주문" TO {BUILDER};
GRANT TEMPORARY ON DATABASE {{database}} TO {BUILDER};
"""


def with_tables(database: Database) -> Database:
    """A warehouse in which there is something to read."""
    database.admin(TABLES.format(database=database.name))
    return database


def write(folder: Path, main_sql: str, *, table: str = "daily", rest: str = "") -> Path:
    """A file with this query; `rest` are further lines of YAML."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{table}.yaml"
    path.write_text(f"table: {table}\nschema: analytics\nmain_sql: |\n{indent(main_sql, '  ')}\n{rest}", "utf-8")
    return path


def checks(*queries: str, role: str = "output_check", count: int = 1) -> str:
    """The lines of these checks."""
    return f"{role}:\n" + "".join(f"  - sql: |\n{indent(query, '      ')}\n    count: {count}\n" for query in queries)


@contextmanager
def dry_run(database: Database, role: str = BUILDER) -> Iterator[DryRun]:
    """A dry run by a session of its own."""
    with database.connect(role) as connection:
        yield DryRun(connection, DAY)


def said(database: Database, folder: Path, table: str = "daily", role: str = BUILDER) -> list[str]:
    """What the dry run says of one file, besides what it is not to be asked about."""
    found = read_folder(folder)
    assert found.problems == ()
    file = found.by_name[f"analytics.{table}"]
    with dry_run(database, role) as run:
        problems = run(file, found, broken_rules(BUILD_RULES, file, found))
    return [str(problem).removeprefix(f"dag_configs/{table}.yaml:") for problem in problems]
