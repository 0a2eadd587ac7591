"""The connection of a step: its work, what the warehouse's log is told of it, and what readers see when it fails."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from airflow.sdk import BaseHook
from airflow.sdk.exceptions import AirflowNotFoundException

from summary_tables.model.settings import Warehouse
from summary_tables.model.table import NO_LIMITS, Limits
from summary_tables.runs.cancellation import StopSwitch
from summary_tables.text.moments import UTC_NAME
from summary_tables.warehouse.session.clocks import cut_off_after
from summary_tables.warehouse.session.connect_error import connect_error, is_silence
from summary_tables.warehouse.session.connect_options import ASIDE_CONNECT_SECONDS, CONNECT_OPTIONS, where
from summary_tables.warehouse.session.driver import Connection, DriverError, is_idle
from summary_tables.warehouse.session.errors import CONNECTION_LOST, WarehouseError
from summary_tables.warehouse.session.session import Session, begin_session

_ASIDE_SECONDS = 10.0


class StepConnection:
    """Made when it is needed first; anew only where it was lost, or what was interrupted on it still runs.

    Every method raises `WarehouseError`. `conn_id` is that of an Airflow connection, `zone` the zone of its sessions.
    """

    def __init__(self, conn_id: str, warehouse: Warehouse, zone: str = UTC_NAME) -> None:
        self.stop = StopSwitch()
        self._zone = zone
        self._conn_id = conn_id
        self._warehouse = warehouse
        self._connection: Connection | None = None
        self._session: Session | None = None
        self._is_silent = False

    @contextmanager
    def work(self) -> Iterator[Connection]:
        """For the step's own work, which ends when somebody stops the task."""
        with self.stop.work():
            yield self._usable()

    @contextmanager
    def session(self, limits: Limits = NO_LIMITS, *, shows_values: bool = True) -> Iterator[Session]:
        """The same as a session."""
        with (
            self.work() as connection,
            self._session_on(connection).limited(limits, shows_values=shows_values) as session,
        ):
            yield session

    @contextmanager
    def aside(self) -> Iterator[Session]:
        """For what is said beside the step's own work. No limit of the step may be left to end it.

        Fails at once where the warehouse has been silent before: it is waited for once a step.
        """
        if self._is_silent:
            raise WarehouseError("The warehouse did not answer.", sqlstate=CONNECTION_LOST)
        connection = self._usable(ASIDE_CONNECT_SECONDS)
        with cut_off_after(connection, _ASIDE_SECONDS):
            try:
                with self._session_on(connection).limited() as session:
                    yield session
            except WarehouseError as error:
                self._is_silent = error.sqlstate == CONNECTION_LOST
                raise

    def close(self) -> None:
        """The next one who needs it makes it anew."""
        connection, self._connection, self._session = self._connection, None, None
        if connection:
            with suppress(DriverError):
                connection.close()

    def _usable(self, most: int | None = None) -> Connection:
        if self._connection and not self._connection.closed and is_idle(self._connection):
            return self._connection
        self.close()
        self._connection = self.connect(most)
        return self._connection

    def _session_on(self, connection: Connection) -> Session:
        if self._session is None or self._session.connection is not connection:
            self._session = begin_session(connection, self._warehouse, zone=self._zone)
        return self._session

    def connect(self, most: int | None = None) -> Connection:
        """A connection; `most`: seconds for each address, where what the Airflow connection says is too long."""
        started, address = time.monotonic(), ""
        # The end of the step's time may be what ends the wait for an answer.
        self._is_silent = True
        try:
            hook = _hook(self._conn_id)
            given = hook.connection
            address = where(given.host or "", given.port)
            own = {**CONNECT_OPTIONS, **given.extra_dejson}
            if most is not None:
                own["connect_timeout"] = min(most, int(own["connect_timeout"]) or most)
            given.extra = json.dumps(own)
            connection: Connection = hook.get_conn()
        except AirflowNotFoundException:
            self._is_silent = False
            words = f"Airflow has no connection `{self._conn_id}`. Add it under Admin, Connections."
            raise WarehouseError(words) from None
        except DriverError as error:
            self._is_silent = is_silence(error)
            raise connect_error(error, self._conn_id, address, time.monotonic() - started) from None
        except Exception as error:
            self._is_silent = False
            # Its text is not repeated: it may hold what stands in the connection.
            words = f"The Airflow connection `{self._conn_id}` cannot be used as a warehouse ({type(error).__name__})."
            raise WarehouseError(words) from None
        self._is_silent = False
        return connection


def _hook(conn_id: str) -> Any:
    """As BaseSQLOperator makes it: what stands in the connection's `extra` may be meant for the hook."""
    found = BaseHook.get_connection(conn_id)
    return found.get_hook(hook_params=found.extra_dejson)  # type: ignore[no-untyped-call]  # Airflow has not typed it
