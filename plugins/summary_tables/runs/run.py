"""One run of one table as its steps are given it: by Airflow, or by a preview, which rolls back all that they do."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, TypeAlias, TypeVar

from summary_tables.configs.config import Config
from summary_tables.model.build import BuildRun
from summary_tables.model.failure import Refusal
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import NO_LIMITS, Limits, SummaryTable
from summary_tables.runs.dates import RunDates
from summary_tables.sheets.account import GoogleAccount, machine_account
from summary_tables.warehouse.session.errors import CONNECTION_LOST, WarehouseError
from summary_tables.warehouse.session.session import Session
from summary_tables.warehouse.sources.cells.mistakes import MOST_SHOWN

T = TypeVar("T")


AccountOf: TypeAlias = Callable[[str], GoogleAccount]
"""By whom Google is asked, by the id of the Airflow connection that the file names. Raises `SheetsError`."""


def own_account(_conn_id: str) -> GoogleAccount:
    """The machine's, where nobody says another."""
    return machine_account()


class OpenSession(Protocol):
    """Opens a session with the warehouse, as the function of this name does. Raises `WarehouseError`."""

    def __call__(self, limits: Limits = NO_LIMITS, *, shows_values: bool = True) -> AbstractContextManager[Session]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """`may_lack_rights`: the role may have fewer than that of a run that publishes.

    What it may not read then counts as not there. `reading`: what becomes of each query before it is sent, where some
    of the tables that it reads are others than those of the warehouse; see `runs.scratch.chain`. `google_account`: by
    whom a Google Sheet is asked. `most_mistakes`: of cells, that are told one by one.
    """

    config: Config
    dates: RunDates
    open_session: OpenSession
    run_id: str = "preview"
    try_number: int = 1
    may_lack_rights: bool = False
    reading: "Callable[[str], str | Refusal] | None" = None
    google_account: AccountOf = own_account
    most_mistakes: int = MOST_SHOWN

    def sent(self, sql: str) -> str | Refusal:
        """`sql`, a query as rendered, as it reads the tables of this run."""
        return self.reading(sql) if self.reading else sql

    @property
    def table(self) -> SummaryTable:
        return self.config.table

    @property
    def warehouse(self) -> Warehouse:
        return self.config.settings.warehouse

    @property
    def build_run(self) -> BuildRun:
        """The run, as the warehouse knows it."""
        return self.dates.build_run(self.run_id, self.try_number)


def attempted(work: Callable[[], T]) -> T | Refusal:
    """What `work` returns, or why the warehouse could not do it."""
    try:
        return work()
    except WarehouseError as error:
        return Refusal(error=str(error), details=error.details, may_pass=error.may_pass, sqlstate=error.sqlstate)


def unless_lost(found: T | Refusal) -> T | Refusal:
    """`found`; raises `WarehouseError` where the connection is lost: nothing that follows could be done, either."""
    if isinstance(found, Refusal) and found.sqlstate == CONNECTION_LOST:
        raise WarehouseError(found.error, sqlstate=CONNECTION_LOST)
    return found
