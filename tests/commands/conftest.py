"""A warehouse for the commands that work in one: see `tests/postgres`."""

import os
from pathlib import Path

import pytest

from demo.kept_warehouse import kept_warehouse
from tests.warehouse.postgres.conftest import database, server

__all__ = ["database", "server"]


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the sample data has been loaded: once, for all workers of pytest-xdist."""
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "sample_data"
    home.mkdir(exist_ok=True)
    (home / "version").touch()
    with kept_warehouse(home / "kept_warehouse"):
        return home
