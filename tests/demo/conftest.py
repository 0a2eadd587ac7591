"""One server with the warehouse's schemas, roles and sample data for the tests of this folder (for each worker)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from demo import warehouse
from demo.embedded_postgres import EmbeddedPostgres
from tests.loaded_server import loaded_server


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleWarehouse:
    """A server after `set_up` and `load`."""

    server: EmbeddedPostgres
    roles: warehouse.Roles

    def session(self, role: str) -> psycopg.Connection:
        """A session of `loader`, `builder` or `reader`."""
        return self.server.connect(warehouse.DATABASE, role, getattr(self.roles, role))


@pytest.fixture(scope="session")
def sample_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SampleWarehouse]:
    with loaded_server(tmp_path_factory) as (server, roles):
        yield SampleWarehouse(server=server, roles=roles)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where a server of a test's own may live."""
    return tmp_path / "postgres"
