"""The driver, psycopg, under names of ours: outside of this folder, nobody else imports it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus

from summary_tables.warehouse.session.connect_options import CONNECT_OPTIONS

Connection: TypeAlias = psycopg.Connection[Any]

DriverError = psycopg.Error
"""Whatever a statement or a connection fails with."""

LostConnectionError = psycopg.OperationalError
"""No connection, or none any more; and what the server has no means for."""


def connect(address: str) -> Connection:
    """A connection in autocommit mode; what `address` says of how it is made comes first. Raises `DriverError`."""
    said = {name: value for name, value in address_parts(address).items() if name in CONNECT_OPTIONS}
    return psycopg.connect(address, autocommit=True, **{**CONNECT_OPTIONS, **said})


def address_parts(address: str) -> dict[str, Any]:
    """`host`, `port`, `dbname` and so on, as far as `address` says them. Raises `DriverError` where it is none."""
    return conninfo_to_dict(address)


def address_from(parts: Mapping[str, Any]) -> str:
    """The address that says these. Raises `DriverError` where a part is none."""
    return make_conninfo(**parts)


def of_database(address: str, database: str) -> str:
    """The same server, another database."""
    return make_conninfo(address, dbname=database)


def is_idle(connection: Connection) -> bool:
    """No transaction is open."""
    return connection.info.transaction_status is TransactionStatus.IDLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a query would give: of each column its name, and its type by object id and modifier. `parameters`: $1 ..."""

    columns: tuple[tuple[str, int, int], ...]
    parameters: int


def parse(connection: Connection, query: str) -> DriverError | None:
    """Let the server analyse `query`, and neither plan nor run it; why it does not take it."""
    parsed = connection.pgconn.prepare(b"", query.encode())
    return None if parsed.status == ExecStatus.COMMAND_OK else error_from_result(parsed)


def parsed_description(connection: Connection) -> Description:
    """Of the query that was parsed last; no statement may come between. Raises `DriverError`."""
    described = connection.pgconn.describe_prepared(b"")
    if described.status != ExecStatus.COMMAND_OK:
        raise error_from_result(described)
    columns = (
        ((described.fname(place) or b"").decode(), described.ftype(place), described.fmod(place))
        for place in range(described.nfields)
    )
    return Description(columns=tuple(columns), parameters=described.nparams)
