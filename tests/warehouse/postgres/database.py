"""A warehouse of their own for each test, and the few things that all of them do with it."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, TypeVar

import psycopg

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.logs import LOGS
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import Grants, SummaryTable
from tests.warehouse.postgres.in_session import create_version, publish

WAREHOUSE = Warehouse()
PASSWORD = "only-in-tests"
BUILDER, READER, OTHER = "builder", "reader", "other"
ROWS = 50

TABLE = SummaryTable(table="daily", schema="analytics", main_sql="", grants=Grants(select=(READER,)))
QUERY = "SELECT day, count(*) AS n FROM raw_data.events GROUP BY day"
C = TypeVar("C", bound=psycopg.Connection[Any])
AT_ONCE = timedelta(0)

_SET_UP = f"""
CREATE SCHEMA raw_data;
CREATE SCHEMA analytics;
CREATE SCHEMA summary_tables;
CREATE TABLE raw_data.events AS SELECT day, event FROM generate_series(1, {ROWS}) day, generate_series(1, 3) event;
GRANT USAGE ON SCHEMA raw_data TO {BUILDER};
GRANT SELECT ON ALL TABLES IN SCHEMA raw_data TO {BUILDER};
GRANT USAGE, CREATE ON SCHEMA analytics, summary_tables TO {BUILDER};
GRANT USAGE ON SCHEMA analytics TO {READER}, {OTHER};
GRANT USAGE, CREATE ON SCHEMA analytics TO {OTHER};
"""


class Server(Protocol):
    """A PostgreSQL server of the tests; `data` is its directory, `log` its own log."""

    data: Path
    log: Path

    def start(self) -> object:
        """It takes connections when this returns."""
        ...

    def stop(self) -> None:
        """All sessions end with it."""
        ...

    def connect(self, database: str = ...) -> psycopg.Connection[Any]:
        """A superuser's session, in autocommit mode."""
        ...

    def uri(self, database: str, user: str = ..., password: str = ...) -> str:
        """The address for psycopg."""
        ...


@dataclass(frozen=True, slots=True)
class Database:
    """One database on the test server."""

    server: Server
    name: str

    def connect(self, role: str = BUILDER, **options: Any) -> psycopg.Connection[Any]:
        """A session as `role`, in autocommit mode; close it, or use it in `with`."""
        return self.connect_as(psycopg.Connection, role, **options)

    def connect_as(self, kind: type[C], role: str = BUILDER, **options: Any) -> C:
        """The same with a connection class of one's own."""
        connection = kind.connect(self.server.uri(self.name, role, PASSWORD), autocommit=True, **options)
        assert isinstance(connection, kind)
        return connection

    def admin(self, statement: str) -> list[tuple[Any, ...]]:
        """Run statements as superuser; the rows of the last one."""
        with self.server.connect(self.name) as connection:
            cursor = connection.execute(statement.encode())
            while cursor.nextset():
                pass
            return cursor.fetchall() if cursor.description else []

    def value(self, statement: str) -> Any:
        """The first value that a superuser sees."""
        return self.admin(statement)[0][0]

    def grants_to_others(self, name: str) -> list[str]:
        """The rights on something in `analytics`, as PostgreSQL writes them, without its owner's own."""
        rows = self.admin(f"SELECT unnest(relacl)::text FROM pg_class WHERE oid = 'analytics.{name}'::regclass")
        return [right for (right,) in rows if not right.startswith(f"{BUILDER}=")]

    def await_recovery(self) -> None:
        """After a backend was killed: return when the server takes connections again."""
        when_recovered(self.connect).close()

    def set_up(self) -> None:
        """Raw data, and what the build role needs."""
        self.admin(_SET_UP)

    def versions(self) -> set[str]:
        """The tables of the versions schema, without the logs."""
        rows = self.admin("SELECT tablename FROM pg_tables WHERE schemaname = 'summary_tables'")
        return {name for (name,) in rows} - {log.name for log in LOGS}


def when_recovered(connect: Callable[[], C]) -> C:
    """What `connect` returns, once the server takes connections (again)."""
    for _ in range(30_000):
        with suppress(psycopg.OperationalError):
            return connect()
        time.sleep(0.01)
    raise TimeoutError("the server does not come back")


def with_setter(database: Database) -> None:
    """`raw_data.sets(name, value, is_local)`: what a query that calls `set_config` by name is refused for."""
    database.admin(
        "CREATE FUNCTION raw_data.sets(text, text, boolean) RETURNS text LANGUAGE plpgsql AS "
        "$$BEGIN RETURN set_config($1, $2, $3); END$$;"
        f"GRANT TEMPORARY ON DATABASE {database.name} TO {BUILDER}"
    )


def run(number: int = 1, try_number: int = 1) -> BuildRun:
    """The `number`-th daily run."""
    return BuildRun(run_id=f"run {number}", try_number=try_number, run_at=datetime(2026, 11, number, 3, tzinfo=UTC))


def create(database: Database, query: str = QUERY, table: SummaryTable = TABLE, number: int = 1) -> Build:
    """A version, by a session of its own."""
    with database.connect() as connection:
        return create_version(connection, table, WAREHOUSE, run(number), query)


def show(database: Database, build: Build, table: SummaryTable = TABLE, **options: Any) -> Build:
    """Publish it, by a session of its own."""
    with database.connect() as connection:
        return publish(connection, table, WAREHOUSE, build.version, **options)


def build_and_show(database: Database, query: str = QUERY, table: SummaryTable = TABLE, number: int = 1) -> Build:
    """A version that is published."""
    return show(database, create(database, query, table, number), table)


def table_with(**changes: Any) -> SummaryTable:
    """`TABLE` with other values."""
    return replace(TABLE, **changes)
