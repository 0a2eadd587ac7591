"""A server with the warehouse's roles and the sample data: loaded once for all workers, and copied for each."""

import fcntl
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from demo import sample_data, warehouse
from demo.embedded_postgres import EmbeddedPostgres
from demo.server_account import server_account
from tests.cheap_logins import CHEAP_LOGINS, make_superusers_cheap


@contextmanager
def loaded_server(paths: pytest.TempPathFactory) -> Iterator[tuple[EmbeddedPostgres, warehouse.Roles]]:
    """One of this process's own; its roles have passwords of their own."""
    home = paths.mktemp("postgres") / "home"
    subprocess.run(["cp", "-a", _loaded_once(paths), home], check=True)
    # The server's own account has to get there.
    server_account().own(home / "data")
    with EmbeddedPostgres(home, settings=CHEAP_LOGINS) as server:
        yield server, warehouse.set_up(server)


def _loaded_once(paths: pytest.TempPathFactory) -> Path:
    """The directory of a server that was stopped."""
    base = paths.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "loaded_server"
    folder.mkdir(exist_ok=True)
    home, is_loaded = folder / "home", folder / "is_loaded"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_loaded.exists():
            with EmbeddedPostgres(home, settings=CHEAP_LOGINS) as server:
                make_superusers_cheap(server)
                roles = warehouse.set_up(server)
                with server.connect(warehouse.DATABASE, "loader", roles.loader) as session:
                    sample_data.load(session)
            is_loaded.touch()
    return home
