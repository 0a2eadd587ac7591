"""Each warehouse of the tables, asked once: through its Airflow connection, or at the address that somebody gave."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

from summary_tables.commands.doctor.setup import Unreachable, Warehouse
from summary_tables.commands.sources.read_tables import read_tables
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.dry_run import address as addresses
from summary_tables.lint.dry_run.unavailable import WarehouseTrouble
from summary_tables.model import settings
from summary_tables.model.airflow_report import AirflowConnection
from summary_tables.model.source_table import TableKey
from summary_tables.model.table import SummaryTable
from summary_tables.text.moments import UTC_NAME
from summary_tables.warehouse.diagnosis import Wanted, diagnosis
from summary_tables.warehouse.history.orphans import leftovers
from summary_tables.warehouse.session import driver
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.errors import WarehouseError

TYPES = ("postgres", "redshift")
"""Of Airflow connections, those that lead to a warehouse."""

_QUIET = timedelta(days=7)
"""Another folder may build into the same warehouse; what nobody has built for so long is left behind."""

_OF_HOOKS = frozenset(
    {"cursor", "iam", "redshift", "cluster-identifier", "aws_conn_id", "sqlalchemy_scheme", "timeout"}
)
"""What an Airflow connection says to Airflow alone."""


def address_of(connection: AirflowConnection) -> str:
    """As the driver takes it. Raises `DriverError`."""
    own = {name: value for name, value in connection.extra.items() if isinstance(value, str | int | float)}
    fields: dict[str, Any] = {
        "host": connection.host,
        "port": connection.port,
        "user": connection.login,
        "password": connection.password,
        "dbname": connection.schema,
    }
    return driver.address_from(
        {name: value for name, value in own.items() if name not in _OF_HOOKS}
        | {name: value for name, value in fields.items() if value}
    )


class WarehouseDoctor:
    """Asks on behalf of the tables of one folder."""

    def __init__(self, folder: ConfigFolder, warehouse: settings.Warehouse) -> None:
        self._folder = folder
        self._warehouse = warehouse
        self.readers = readers_of_sources(folder)

    def ask(self, conn_id: str, address: str, called: str) -> Warehouse:
        """The warehouse at `address`, about the tables whose connection is `conn_id`; empty: about all."""
        files = [file for file in self._folder.files if conn_id in ("", file.config.table.conn_id)]
        names = tuple(file.full_name for file in files)
        try:
            with closing(addresses.connect(address)) as connection:
                answer = diagnosis(connection, self._warehouse, _wanted(files, self.readers))
                left = self._left_behind(connection)
        except (WarehouseTrouble, WarehouseError) as trouble:
            why = str(trouble).removeprefix("no connection to the warehouse: ").removesuffix(".")
            return Warehouse(called=called, tables=names, answer=Unreachable(why))
        return Warehouse(called=called, tables=names, answer=answer, left_behind=left)

    def _left_behind(self, connection: Connection) -> tuple[str, ...]:
        try:
            found = leftovers(connection, self._warehouse, self._folder.by_name, self._folder.unreadable)
        except WarehouseError:
            return ()  # the right that is missing is a finding of its own
        now = datetime.now(UTC)
        return tuple(
            orphan.full_name
            for orphan in found.orphans
            if orphan.last_published and now - orphan.last_published > _QUIET
        )


def readers_of_sources(folder: ConfigFolder) -> Mapping[TableKey, tuple[str, ...]]:
    """By table of others, the full names of the tables that read it, or wait for it."""
    found = {key: dict.fromkeys(names) for key, names in read_tables(folder).readers.items()}
    for file in folder.files:
        for source in file.config.table.schedule.sources:
            schema, _, name = source.table.partition(".")
            found.setdefault((schema, name), {})[file.full_name] = None
    return {key: tuple(names) for key, names in found.items()}


def _wanted(files: list[TableFile], sources: Mapping[TableKey, tuple[str, ...]]) -> Wanted:
    names = {file.full_name for file in files}
    readers: dict[str, set[str]] = {}
    for file in files:
        for role in file.config.table.grants.select:
            readers.setdefault(role, set()).add(file.config.table.schema)
    return Wanted(
        schemas={file.config.table.schema for file in files},
        reads={key for key, tables in sources.items() if names.intersection(tables)},
        readers=readers,
        zones=zones(file.config.table for file in files),
    )


def zones(tables: Iterable[SummaryTable]) -> frozenset[str]:
    """The time zones of the tables."""
    return frozenset(table.timezone for table in tables) - {UTC_NAME}
