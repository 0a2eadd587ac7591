"""One PostgreSQL server for the session (for each worker of pytest-xdist), one database for each test."""

from collections.abc import Iterator
from itertools import count

import pytest

from demo.embedded_postgres import EmbeddedPostgres
from tests.warehouse.postgres.database import BUILDER, OTHER, PASSWORD, READER, Database, Server
from tests.warehouse.postgres.debian_postgres import PROGRAMS, DebianPostgres

_numbers = count(1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    # A server that is killed, as it is here again and again, is up again the sooner.
    settings = {"shared_buffers": "16MB"}
    with EmbeddedPostgres(tmp_path_factory.mktemp("postgres"), settings=settings) as running:
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
    with server.connect() as connection:
        for role in (BUILDER, READER, OTHER):
            connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'".encode())


def _databases(server: Server) -> Iterator[Database]:
    name = f"warehouse_{next(_numbers)}"
    with server.connect() as connection:
        connection.execute(f"CREATE DATABASE {name} STRATEGY file_copy".encode())
    database = Database(server, name)
    database.set_up()
    yield database
    database.await_recovery()
    with server.connect() as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
        # Memberships belong to the server, not to the database.
        connection.execute(f"REVOKE {OTHER} FROM {BUILDER}".encode())
