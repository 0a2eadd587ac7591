"""A PostgreSQL that says how it reads SQL."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import psycopg
import pytest

from demo.embedded_postgres import EmbeddedPostgres

_numbers = count(1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(tmp_path_factory.mktemp("postgres")) as running:
        yield running


@pytest.fixture(scope="module")
def connection(server: EmbeddedPostgres) -> Iterator[psycopg.Connection[Any]]:
    """A superuser's session in a database of the module's own, in autocommit mode."""
    name = f"module_{next(_numbers)}"
    with server.connect() as session:
        session.execute(f"CREATE DATABASE {name}".encode())
    with server.connect(name) as session:
        yield session
