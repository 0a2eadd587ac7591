"""What the logs in a warehouse say, asked through a connection of Airflow, and never waited for long."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from threading import BoundedSemaphore, Lock
from typing import Final, TypeVar

from summary_tables.airflow.pages.kept_answer import KeptAnswer
from summary_tables.airflow.pages.patient_question import PatientQuestion
from summary_tables.airflow.step_connection import StepConnection
from summary_tables.model.settings import Warehouse
from summary_tables.model.table import Limits, SummaryTable
from summary_tables.model.table_history import TableHistory
from summary_tables.warehouse.first_rows import FirstRows, first_rows
from summary_tables.warehouse.history.table_histories import history, latest, with_recent_runs
from summary_tables.warehouse.session.clocks import cut_off_after
from summary_tables.warehouse.session.errors import INSUFFICIENT_PRIVILEGE, WarehouseError
from summary_tables.warehouse.session.session import QUERY_CANCELED, Session, begin_session

SECONDS: Final = 3.0
"""So long a page waits for a warehouse."""

_KEPT_SECONDS: Final = 5.0
_CONNECT_SECONDS: Final = 2
_LIMITS: Final = Limits(statement_timeout_minutes=3 * SECONDS / 60)
_LIMITS_OF_ROWS: Final = Limits(statement_timeout_minutes=SECONDS / 60)
_ROWS_AT_ONCE: Final = 3
_log = logging.getLogger(__name__)

Histories = Mapping[str, TableHistory]
"""By the full name of the table."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A warehouse: the id of an Airflow connection, and what is known of where it leads."""

    conn_id: str
    warehouse: Warehouse


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Why the warehouse could not be asked: a sentence for anybody, so that it holds nothing of what a server says."""

    words: str


class WarehouseAnswers:
    """Of one warehouse. While it is silent, it is asked again every few seconds, and nobody waits in between."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._latest = self._kept(latest)
        self._pages: dict[str, KeptAnswer[TableHistory | Unanswered]] = {}
        self._turn = Lock()
        self._turns_for_rows = BoundedSemaphore(_ROWS_AT_ONCE)

    def latest(self) -> Histories | Unanswered:
        """Of all tables that the logs know: what a state follows from."""
        return self._latest.get()

    def with_recent_runs(self, histories: Histories) -> Histories:
        """`histories` with their last runs, where these can be asked for."""
        if isinstance(self.latest(), Unanswered):
            return histories
        asked = self._asked(PatientQuestion(lambda: self._ask(lambda s: with_recent_runs(s, histories, histories))))
        return histories if isinstance(asked, Unanswered) else asked

    def of_table(self, full_name: str) -> TableHistory | Unanswered:
        """All of one table."""
        known = self.latest()
        if isinstance(known, Unanswered):
            return known
        with self._turn:
            page = self._pages.get(full_name)
            if page is None:
                schema, _, table = full_name.rpartition(".")
                page = self._pages[full_name] = self._kept(lambda session: history(session, schema, table))
        return page.get()

    def first_rows(self, table: SummaryTable) -> FirstRows | Unanswered | None:
        """Looked up anew each time, and kept nowhere. None: no build is there to be read."""
        known = self.latest()
        return known if isinstance(known, Unanswered) else self._asked(PatientQuestion(lambda: self._rows_of(table)))

    def _rows_of(self, table: SummaryTable) -> FirstRows | None:
        """Of a few tables at a time, however many people ask."""
        if not self._turns_for_rows.acquire(timeout=SECONDS):
            raise TimeoutError
        try:
            return self._ask(partial(_first_rows, table=table), _LIMITS_OF_ROWS)
        finally:
            self._turns_for_rows.release()

    def _kept(self, read: Callable[[Session], T]) -> KeptAnswer[T | Unanswered]:
        question = PatientQuestion(lambda: self._ask(read))
        return KeptAnswer(partial(self._asked, question), _KEPT_SECONDS)

    def _asked(self, question: PatientQuestion[T]) -> T | Unanswered:
        connection = f"The warehouse of the connection `{self._address.conn_id}`"
        no_answer = Unanswered(f"{connection} did not answer within {SECONDS:.0f} seconds.")
        try:
            return question.get(SECONDS)
        except TimeoutError:
            return no_answer
        except WarehouseError as error:
            # The warehouse's own clock may be the first.
            if error.sqlstate == QUERY_CANCELED:
                return no_answer
            _log.warning("%s could not be asked: %s", connection, error)
            if error.sqlstate != INSUFFICIENT_PRIVILEGE:
                return Unanswered(f"{connection} could not be asked; the log of the api-server says why.")
            role = f"the role of the connection `{self._address.conn_id}`"
            return Unanswered(f"A right is missing in the warehouse: {role} may not read what is shown here.")
        except Exception as error:  # whatever it is, the page shows what the files say
            _log.warning("%s could not be asked: %s", connection, error)
            return Unanswered(f"{connection} could not be asked; the log of the api-server says why.")

    def _ask(self, read: Callable[[Session], T], limits: Limits = _LIMITS) -> T:
        with self._session(limits) as session:
            return read(session)

    @contextmanager
    def _session(self, limits: Limits) -> Iterator[Session]:
        """Ended by its own clock even where nobody waits for it any more."""
        connection = StepConnection(self._address.conn_id, self._address.warehouse).connect(_CONNECT_SECONDS)
        with closing(connection), cut_off_after(connection, 4 * SECONDS):
            whole = begin_session(connection, self._address.warehouse)
            with whole.limited(limits, shows_values=False) as session, session.transaction(read_only=True):
                yield session


def _first_rows(session: Session, table: SummaryTable) -> FirstRows | None:
    with session.in_zone(table.timezone) as of_zone:
        return first_rows(of_zone, table)
