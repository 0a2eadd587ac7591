"""What the steps of a run share as Airflow operators.

A step that fails records a `Failure` for the alert and fails with the same words.
"""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict
from typing import Any, ClassVar, TypeVar

from airflow.providers.common.sql.operators.sql import BaseSQLOperator
from airflow.sdk import Context
from airflow.sdk.exceptions import (
    AirflowException,
    AirflowFailException,
    AirflowNotFoundException,
    AirflowSkipException,
    AirflowTaskTimeout,
)
from airflow.sdk.timezone import coerce_datetime

from summary_tables.configs.config import Config
from summary_tables.model.failure import XCOM_KEY, Failure, Refusal, Step
from summary_tables.model.table import NO_LIMITS, Limits
from summary_tables.runs.cancellation import STOPPED_WORDS, StopSwitch, TaskStopped
from summary_tables.runs.dates import RunDates, as_asked
from summary_tables.runs.render import rendered
from summary_tables.runs.roll_back import wanted_roll_back
from summary_tables.runs.run import Run
from summary_tables.runs.run_configuration import why_refused
from summary_tables.warehouse.live_table import live_table
from summary_tables.warehouse.session.clocks import cut_off_after
from summary_tables.warehouse.session.connect_error import connect_error, is_silence
from summary_tables.warehouse.session.connect_options import ASIDE_CONNECT_SECONDS, CONNECT_OPTIONS, where
from summary_tables.warehouse.session.driver import DriverError
from summary_tables.warehouse.session.errors import CONNECTION_LOST, WarehouseError
from summary_tables.warehouse.session.limit_messages import minutes_text
from summary_tables.warehouse.session.session import Session, open_session

T = TypeVar("T")

_ASIDE_SECONDS = 10.0


class StepError(Exception):
    """A step that failed for a reason that can be told. `retry`: another try may go better."""

    def __init__(self, failure: Failure, *, retry: bool = True) -> None:
        super().__init__(str(failure))
        self.failure = failure
        self.retry = retry


class StepOperator(BaseSQLOperator):
    """What the steps share: the rendered query, the connection, and how a failure is told.

    :param config: the table and the deployment's settings.
    :param sql: the query, with placeholders and dates still in it; empty for the step that runs none.
    :param check_index: of a check, its place in its list in the file, from 0.
    """

    template_fields = ("sql",)
    # Without this a query that ends in ".sql" would be taken for the name of a file.
    template_ext = ()
    template_fields_renderers: ClassVar[dict[str, str]] = {"sql": "sql"}

    step: ClassVar[Step]

    def __init__(self, *, config: Config, sql: str = "", check_index: int = 0, **kwargs: Any) -> None:
        super().__init__(conn_id=config.table.conn_id, **kwargs)
        self.config = config
        self.sql = sql
        self.check_index = check_index
        self._stop = StopSwitch()
        self._is_silent = False

    def render_template_fields(self, context: Context, jinja_env: object = None) -> None:  # noqa: ARG002 - Airflow's
        """Fills in the run's dates as lint and preview do. Airflow's own Jinja, which reaches all of the worker, is not
        used: of `template_fields` only the name is Airflow's, by which it shows the result."""
        with self._recorded(context):
            if words := why_refused(context["dag_run"].conf, self.config.table):
                raise StepError(self._failure(error=words), retry=False)
            if wanted_roll_back(context["dag_run"].conf):
                return
            self.sql = self._done(self._query(context))

    def execute(self, context: Context) -> object:
        """The step; whatever ends it is recorded for the alert."""
        run = wanted_roll_back(context["dag_run"].conf)
        with self._recorded(context):
            return self._roll_back(context, run) if run else self._run(context)

    def on_kill(self) -> None:
        """Airflow calls this in the task's own process, between two of its lines; what runs in the warehouse ends."""
        self._stop.stop()

    def _run(self, context: Context) -> object:
        raise NotImplementedError

    def _query(self, context: Context) -> str | Refusal:
        """The step's query, as it is sent."""
        return rendered(self.sql, self.config.table, self.config.dialect, self._run_dates(context))

    def _given(self, context: Context) -> Run:
        """The run, as its steps are given it."""
        return Run(
            config=self.config,
            dates=self._run_dates(context),
            open_session=self._open_session,
            run_id=context["dag_run"].run_id,
            try_number=context["ti"].try_number,
        )

    def _run_dates(self, context: Context) -> RunDates:
        """The dates of what the step works on."""
        run = context["dag_run"]
        dates = RunDates(
            logical_date=coerce_datetime(run.logical_date),
            start=coerce_datetime(run.data_interval_start),
            end=coerce_datetime(run.data_interval_end),
            due=coerce_datetime(run.run_after),
        )
        return as_asked(dates, run.conf, self.config.table.refresh)

    def _roll_back(self, _context: Context, run: str) -> object:
        self.log.info("Nothing to do: this run publishes an earlier build again, that of %s.", run)
        return None

    @contextmanager
    def _recorded(self, context: Context) -> Iterator[None]:
        try:
            yield
        except AirflowSkipException:
            raise
        except StepError as error:
            self._end(context, error)
        except AirflowTaskTimeout:
            minutes = minutes_text(self.config.table.timeout_minutes)
            words = f"it took longer than {minutes} (`timeout_minutes`) and was stopped."
            self._end(context, StepError(self._failure(error=words)))
        except TaskStopped:
            failure = self._failure(error=STOPPED_WORDS)
            _record(context, failure)
            raise AirflowException(str(failure)) from None
        except Exception as error:
            _record(context, self._failure(error=f"an unexpected {type(error).__name__} ended it; its log says more."))
            raise

    def _end(self, context: Context, error: StepError) -> None:
        """The step cannot be done: raises what ends the task."""
        if error.failure.details:
            self.log.error("%s\n%s", error.failure.error, error.failure.details)
        _record(context, error.failure)
        raise (AirflowException if error.retry else AirflowFailException)(str(error)) from None

    def _done(self, found: T | Refusal) -> T:
        """What a step gave. Raises what ends this one where it was refused."""
        if isinstance(found, Refusal):
            failure = self._failure(error=self._refusal_words(found), details=found.details)
            raise StepError(failure, retry=found.may_pass)
        return found

    def _refusal_words(self, refusal: Refusal) -> str:
        return refusal.error

    @contextmanager
    def _open_session(self, limits: Limits = NO_LIMITS, *, shows_values: bool = True) -> Iterator[Session]:
        """A session on a connection of its own."""
        warehouse = self.config.settings.warehouse
        with (
            self._connection() as connection,
            open_session(connection, warehouse, limits, shows_values=shows_values) as session,
        ):
            yield session

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        """For the step's own work, which ends when somebody stops the task. Raises `WarehouseError`."""
        with self._stop.work(), closing(self._connect()) as connection:
            yield connection

    @contextmanager
    def _side_connection(self) -> Iterator[Any]:
        """A connection for what is said beside the step's own work. No limit of the step may be left to end it.

        Raises `WarehouseError`, and at once where the warehouse has been silent before: it is waited for once a step.
        """
        if self._is_silent:
            raise WarehouseError("The warehouse did not answer.", sqlstate=CONNECTION_LOST)
        with closing(self._connect(ASIDE_CONNECT_SECONDS)) as connection, cut_off_after(connection, _ASIDE_SECONDS):
            try:
                yield connection
            except WarehouseError as error:
                self._is_silent = error.sqlstate == CONNECTION_LOST
                raise

    def _connect(self, most: int | None = None) -> Any:
        """A connection; `most`: seconds for each address, where what the Airflow connection says is too long."""
        started, address = time.monotonic(), ""
        # The end of the step's time may be what ends the wait for an answer.
        self._is_silent = True
        try:
            hook = self.get_db_hook()
            given = hook.connection
            address = where(given.host or "", given.port)
            own = {**CONNECT_OPTIONS, **given.extra_dejson}
            if most is not None:
                own["connect_timeout"] = min(most, int(own["connect_timeout"]) or most)
            given.extra = json.dumps(own)
            connection = hook.get_conn()
        except AirflowNotFoundException:
            self._is_silent = False
            words = f"Airflow has no connection `{self.conn_id}`. Add it under Admin, Connections."
            raise WarehouseError(words) from None
        except DriverError as error:
            self._is_silent = is_silence(error)
            raise connect_error(error, self.config.table.conn_id, address, time.monotonic() - started) from None
        except Exception as error:
            self._is_silent = False
            # Its text is not repeated: it may hold what stands in the connection.
            words = f"The Airflow connection `{self.conn_id}` cannot be used as a warehouse ({type(error).__name__})."
            raise WarehouseError(words) from None
        self._is_silent = False
        return connection

    def _created(self, context: Context) -> Mapping[str, Any]:
        """What `CreateOperator` returned."""
        created: Mapping[str, Any] | None = context["ti"].xcom_pull(task_ids="create")
        if created is None:
            words = "the step `create` left no version. Clear `create` in Airflow to build one."
            raise StepError(self._failure(error=words), retry=False)
        return created

    def _failure(self, **facts: Any) -> Failure:
        return Failure(step=self.step, table=self.config.table.full_name, sql=self.sql, live=self._live(), **facts)

    def _live(self) -> str:
        """What readers see now; empty when the warehouse cannot be asked."""
        try:
            with self._side_connection() as connection:
                return self._live_words(connection)
        except (Exception, AirflowTaskTimeout):  # whatever is wrong here, the failure itself must be recorded
            return ""

    def _live_words(self, connection: Any) -> str:
        return str(live_table(connection, self.config.table, self.config.settings.warehouse))


def _record(context: Context, failure: Failure) -> None:
    context["ti"].xcom_push(key=XCOM_KEY, value=asdict(failure))
