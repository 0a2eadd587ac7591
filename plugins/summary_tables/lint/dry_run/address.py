"""The address that somebody gave -> a connection for a dry run, or why there is none. Nothing secret is ever told."""

import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

from summary_tables.lint.dry_run.engine import DryRun
from summary_tables.lint.dry_run.unavailable import WarehouseTrouble
from summary_tables.warehouse.session import driver
from summary_tables.warehouse.session.connect_error import connect_reason
from summary_tables.warehouse.session.connect_options import where
from summary_tables.warehouse.session.driver import Connection, DriverError, LostConnectionError

FROM_ENVIRONMENT = "env:"
"""`env:NAME` is the address in the environment variable NAME: the arguments of a program can be read by everyone."""

_EXAMPLE = "postgresql://reader@host:5432/warehouse"


@contextmanager
def dry_run(address: str, *, allow_superuser: bool) -> Iterator[DryRun]:
    """A dry run against the warehouse at `address`. Raises `WarehouseTrouble` if there can be none."""
    with closing(connect_as_reader(address, allow_superuser=allow_superuser)) as connection:
        yield DryRun(connection)


def connect_as_reader(address: str, *, allow_superuser: bool) -> Connection:
    """`connect`, for SQL of somebody who may do less than a superuser. Raises `WarehouseTrouble` for one, too."""
    connection = connect(address)
    if _is_superuser(connection) and not allow_superuser:
        user = connection.info.user
        connection.close()
        raise WarehouseTrouble(_superuser_words(user))
    return connection


def connect(address: str) -> Connection:
    """A connection in autocommit mode. Raises `WarehouseTrouble` if there can be none."""
    return _connect(_address(address))


def _address(given: str) -> str:
    if not given.startswith(FROM_ENVIRONMENT):
        return given
    name = given.removeprefix(FROM_ENVIRONMENT)
    address = os.environ.get(name, "")
    if not address:
        raise WarehouseTrouble(f"the environment variable {name} is not set; it should hold e.g. {_EXAMPLE}")
    return address


def _connect(address: str) -> Connection:
    started, given = time.monotonic(), ""
    try:
        parts = driver.address_parts(address)
        given = where(str(parts.get("host") or ""), parts.get("port"))
        return driver.connect(address)
    except LostConnectionError as error:
        reason = connect_reason(error, given, time.monotonic() - started)
        raise WarehouseTrouble(f"no connection to the warehouse: {reason}") from None
    except (DriverError, ValueError):
        # The text of the error may hold the password.
        words = f"the address of the warehouse is not one of PostgreSQL; expected e.g. {_EXAMPLE}"
        raise WarehouseTrouble(words) from None


def _is_superuser(connection: Connection) -> bool:
    return connection.info.parameter_status("is_superuser") == "on"


def _superuser_words(user: str) -> str:
    return (
        f"the role {user} is a superuser, and SQL of a pull request is not shown to one. Use a role that may read and "
        "nothing else: CREATE ROLE lint LOGIN PASSWORD '...'; GRANT USAGE ON SCHEMA raw_data TO lint; "
        "GRANT SELECT ON ALL TABLES IN SCHEMA raw_data TO lint; or add --allow-superuser"
    )
