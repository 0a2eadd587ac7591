"""Every query of a file, put before the warehouse and taken back."""

from collections.abc import Sequence
from datetime import datetime

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.dry_run.columns_table import columns_table
from summary_tables.lint.dry_run.dry_file import DryFile
from summary_tables.lint.dry_run.main_queries import MainQueries, is_trouble
from summary_tables.lint.dry_run.render import yesterday
from summary_tables.lint.dry_run.server import Server
from summary_tables.lint.dry_run.server_catalog import ServerCatalog
from summary_tables.lint.dry_run.stand_in_right import StandInRight
from summary_tables.lint.dry_run.unavailable import WarehouseTrouble
from summary_tables.model.column import Column
from summary_tables.model.problem import Problem
from summary_tables.model.settings import Warehouse
from summary_tables.warehouse.session.driver import Connection
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import open_session


class DryRun:
    """One connection, used for file after file, and what it has found. `day`: the one that the sample run is about."""

    def __init__(self, connection: Connection, day: datetime | None = None) -> None:
        self._columns: dict[str, tuple[Column, ...]] = {}
        self._connection = connection
        self._day = day or yesterday()
        self._catalogs: dict[tuple[Warehouse, str], ServerCatalog] = {}
        self._main_queries = MainQueries(self._asked)
        self._right = StandInRight(connection)

    def __call__(self, file: TableFile, folder: ConfigFolder, known: Sequence[Problem] = ()) -> tuple[Problem, ...]:
        """What the warehouse says of `file`, besides what is `known` to be wrong with it.

        Raises `WarehouseTrouble` where the warehouse cannot be asked; what it refuses else is a problem of this file.
        """
        try:
            asked = self._asked(file, folder)
        except WarehouseError as error:
            raise WarehouseTrouble(str(error)) from None
        found: list[Problem] = []
        try:
            found.extend(asked.problems())
        except WarehouseError as error:
            if is_trouble(self._connection, error):
                raise WarehouseTrouble(str(error)) from None
            found.append(asked.refusal(error))
        if asked.columns is not None:
            self._columns[file.name] = asked.columns
        found.extend(self._main_queries.said_once(asked.untried, folder))
        wrong = {problem.line for problem in known if problem.level == "error"}
        return tuple(sorted({problem for problem in found if problem.line not in wrong}))

    def columns_text(self) -> str:
        """The columns that the queries of the files give, for people."""
        return columns_table(self._columns)

    def _asked(self, file: TableFile, folder: ConfigFolder) -> DryFile:
        catalog = self._catalog(file.config.settings.warehouse, file.config.table.timezone)
        return DryFile(catalog, file, folder, self._day, self._main_queries, self._right)

    def _catalog(self, warehouse: Warehouse, zone: str) -> ServerCatalog:
        if (warehouse, zone) not in self._catalogs:
            with open_session(self._connection, warehouse, zone=zone) as session:
                self._catalogs[warehouse, zone] = ServerCatalog(Server(session))
        return self._catalogs[warehouse, zone]
