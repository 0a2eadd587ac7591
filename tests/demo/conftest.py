"""One server with the warehouse's schemas, roles and sample data for the tests of this folder (for each worker)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from demo import sample_data, warehouse
from demo.embedded_postgres import EmbeddedPostgres
from tests.cheap_logins import CHEAP_LOGINS, make_superusers_cheap


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
    with EmbeddedPostgres(tmp_path_factory.mktemp("demo") / "postgres", settings=CHEAP_LOGINS) as server:
        make_superusers_cheap(server)
        found = SampleWarehouse(server=server, roles=warehouse.set_up(server))
        with found.session("loader") as session:
            sample_data.load(session)
        yield found


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Where a server of a test's own may live."""
    return tmp_path / "postgres"
