"""A PostgreSQL that says how it reads SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from demo.embedded_postgres import EmbeddedPostgres


@contextmanager
def session_of_a_new_server(home: Path) -> Iterator[psycopg.Connection[Any]]:
    """Its superuser's, in autocommit mode."""
    with EmbeddedPostgres(home) as server, server.connect() as session:
        yield session
