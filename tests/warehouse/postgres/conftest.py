"""One PostgreSQL server for the session (for each worker of pytest-xdist), one database for each test."""

from collections.abc import Iterator
from itertools import count

import pytest

from demo.embedded_postgres import EmbeddedPostgres
from tests.cheap_logins import CHEAP_LOGINS, make_superusers_cheap
from tests.warehouse.postgres.database import BUILDER, OTHER, PASSWORD, READER, Database, Server, when_recovered
from tests.warehouse.postgres.debian_postgres import PROGRAMS, DebianPostgres

_TEMPLATE = "warehouse_of_all"
_numbers = count(1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    # A server that is killed, as it is here again and again, is up again the sooner.
    # Whatever a test compares is as the test has left it, however long that took.
    settings = {"shared_buffers": "16MB", "autovacuum": "off", **CHEAP_LOGINS}
    with EmbeddedPostgres(tmp_path_factory.mktemp("postgres"), settings=settings) as running:
        make_superusers_cheap(running)
        _create_roles(running)
        yield running


@pytest.fixture(scope="session")
def debian_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DebianPostgres]:
    """An older server, one for all tests that want it."""
    if not PROGRAMS.exists():
        pytest.skip("Debian's package postgresql-15 is not installed.")
    with DebianPostgres(tmp_path_factory.mktemp("debian") / "postgres") as running:
        _create_roles(running)
        yield running


@pytest.fixture
def database(server: EmbeddedPostgres) -> Iterator[Database]:
    yield from _databases(server)


@pytest.fixture(params=["server", "debian_postgres"], ids=["newest", "oldest"])
def any_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The same on the newest and on the oldest PostgreSQL that is promised."""
    yield from _databases(request.getfixturevalue(request.param))


def _create_roles(server: Server) -> None:
    """The roles, and what every database begins as: made once, then copied."""
    with server.connect() as connection:
        for role in (BUILDER, READER, OTHER):
            connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'".encode())
        connection.execute(f"CREATE DATABASE {_TEMPLATE}".encode())
    Database(server, _TEMPLATE).set_up()


def _databases(server: Server) -> Iterator[Database]:
    database = Database(server, f"warehouse_{next(_numbers)}")
    with server.connect() as connection:
        connection.execute(f"CREATE DATABASE {database.name} TEMPLATE {_TEMPLATE} STRATEGY file_copy".encode())
    yield database
    with when_recovered(server.connect) as connection:
        connection.execute(f"DROP DATABASE {database.name} WITH (FORCE)".encode())
        # Memberships belong to the server, not to the database.
        connection.execute(f"REVOKE {OTHER} FROM {BUILDER}".encode())
