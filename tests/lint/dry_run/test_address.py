"""Addresses that lead nowhere: what is said, and that no password is."""

import socket

import pytest

from summary_tables.lint.dry_run import address
from summary_tables.lint.dry_run.unavailable import WarehouseTrouble

_NOT_AN_ADDRESS = (
    "the address of the warehouse is not one of PostgreSQL; expected e.g. postgresql://reader@host:5432/warehouse"
)


def _refusal(given: str) -> str:
    with pytest.raises(WarehouseTrouble) as refused, address.dry_run(given, allow_superuser=False):
        pass
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
    return str(refused.value)


@pytest.mark.parametrize(
    "given",
    [
        "hunter2",
        "dag_configs/nps_summary.yaml",
        "mysql://user:hunter2@host/db",
        "postgresql+psycopg://user:hunter2@host/db",
        "postgresql://user:hunter2@host:port/db?nothing=1",
        "postgresql://user:hunter2@[::1/db",
        "host=h password=hunter2 nothing=1",
        "postgresql://user:%zz@host/db",
    ],
)
def test_what_is_no_address(given: str) -> None:
    assert _refusal(given) == _NOT_AN_ADDRESS


def test_host_that_does_not_exist() -> None:
    assert _refusal("postgresql://user:hunter2@nowhere.invalid/db") == (
        "no connection to the warehouse: its host is unknown"
    )


def test_port_on_which_nothing_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert _refusal(f"postgresql://user:hunter2@127.0.0.1:{port}/db") == (
            "no connection to the warehouse: nothing listens there"
        )


def test_variable_that_is_not_set() -> None:
    assert _refusal("env:NO_SUCH_VARIABLE") == (
        "the environment variable NO_SUCH_VARIABLE is not set; it should hold e.g. "
        "postgresql://reader@host:5432/warehouse"
    )
