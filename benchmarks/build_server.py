"""The PostgreSQL server of `benchmarks.build`: settings as in production, one role for each who works on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.build_table import READER, source_sql
from demo.embedded_postgres import EmbeddedPostgres

DATABASE, BUILDER, DBT = "bench", "builder", "dbt"

SETTINGS = {
    # The demo's server does not wait for the disk; this one does, as a warehouse must.
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "wal_level": "replica",
    "shared_buffers": "512MB",
    "work_mem": "64MB",
    "max_wal_size": "4GB",
    # Neither an automatic ANALYZE nor a checkpoint falls into somebody's round and not into another's.
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
    "log_line_prefix": "%n ",
}
_SET_UP = (
    f"CREATE ROLE {BUILDER} LOGIN PASSWORD '{{password}}'",
    f"CREATE ROLE {DBT} LOGIN PASSWORD '{{password}}'",
    f"CREATE ROLE {READER} LOGIN PASSWORD '{{password}}'",
    # When dbt publishes is read from the server's log.
    f"ALTER ROLE {DBT} SET log_min_duration_statement = 0",
    "CREATE SCHEMA raw_data",
    f"CREATE SCHEMA bare AUTHORIZATION {BUILDER}",
    f"CREATE SCHEMA analytics AUTHORIZATION {BUILDER}",
    f"CREATE SCHEMA summary_tables AUTHORIZATION {BUILDER}",
    f"CREATE SCHEMA by_dbt AUTHORIZATION {DBT}",
    f"GRANT USAGE ON SCHEMA raw_data TO {BUILDER}, {DBT}",
    f"GRANT USAGE ON SCHEMA analytics, by_dbt TO {READER}",
)


@contextmanager
def build_server(home: Path, rows: int) -> Iterator[EmbeddedPostgres]:
    """A server in the folder `home`, with a source of `rows` rows that nothing but the benchmark touches."""
    with EmbeddedPostgres(home, settings=SETTINGS) as server:
        with server.connect() as session:
            session.execute(f"CREATE DATABASE {DATABASE}".encode())
        with server.connect(DATABASE) as session:
            for statement in _SET_UP:
                session.execute(statement.format(password=server.password).encode())
            session.execute(source_sql(rows).encode())
            session.execute(f"GRANT SELECT ON raw_data.visits TO {BUILDER}, {DBT}".encode())
            session.execute(b"VACUUM (ANALYZE) raw_data.visits")
        yield server


def address(server: EmbeddedPostgres, role: str) -> str:
    """What psycopg connects with as `role`. It holds the password."""
    return server.uri(DATABASE, role, server.password)


def settle(server: EmbeddedPostgres) -> None:
    """What one variant left to be written to disk is written before the next one is measured."""
    with server.connect(DATABASE) as session:
        session.execute(b"CHECKPOINT")
