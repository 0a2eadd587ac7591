"""What the steps of a run share as Airflow operators.

A step that fails records a `Failure` for the alert and fails with the same words.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cached_property
from importlib import import_module
from typing import Any, ClassVar, TypeVar

from airflow.sdk import BaseOperator, Context, RetryDecision, RetryPolicy
from airflow.sdk.exceptions import (
    AirflowSkipException,
    AirflowTaskTimeout,
)
from airflow.sdk.timezone import coerce_datetime

from summary_tables.airflow.incidents import recorded, told
from summary_tables.airflow.operators.google_account import google_account
from summary_tables.airflow.step_connection import StepConnection
from summary_tables.alerts.events import published
from summary_tables.alerts.routes import policy_of
from summary_tables.configs.config import Config
from summary_tables.model.build import Build
from summary_tables.model.failure import XCOM_KEY, Failure, Refusal, Step
from summary_tables.runs.cancellation import STOPPED_WORDS, TaskStopped
from summary_tables.runs.dates import RunDates, as_asked
from summary_tables.runs.messages import failure_text
from summary_tables.runs.render import rendered
from summary_tables.runs.roll_back import wanted_roll_back
from summary_tables.runs.run import Run
from summary_tables.runs.run_configuration import why_refused
from summary_tables.runs.run_failure import live_unasked
from summary_tables.warehouse.live_table import look_up
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.limit_messages import minutes_text
from summary_tables.warehouse.session.session import Session

T = TypeVar("T")


class StepError(Exception):
    """A step that failed for a reason that can be told. `retry`: another try may go better."""

    def __init__(self, failure: Failure, *, retry: bool = True) -> None:
        super().__init__(str(failure))
        self.failure = failure
        self.retry = retry


class StepFailed(SystemExit):
    """Ends a task as failed, once its log says why: for an exit Airflow adds a line to the log and none of Python's."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(1)
        self.failure = failure

    def __str__(self) -> str:
        return str(self.failure)


class _NeverAgain(RetryPolicy):
    """Another try would go the same way."""

    def evaluate(self, *_args: object, **_options: object) -> RetryDecision:
        return RetryDecision.fail()


class StepOperator(BaseOperator):
    """What the steps share: the rendered query, the connection, and how a failure is told.

    Airflow wraps the `__init__` of each class on the way to its own, and notices each attribute that is set there: with
    BaseSQLOperator of the common SQL provider in between, reading all configs would take a tenth longer.

    :param config: the table and the deployment's settings.
    :param sql: the query, with placeholders and dates still in it; empty for the step that runs none.
    :param check_index: of a check, its place in its list in the file, from 0.
    """

    template_fields: Sequence[str] = ("sql",)
    # Without this a query that ends in ".sql" would be taken for the name of a file.
    template_ext = ()
    template_fields_renderers: ClassVar[dict[str, str]] = {"sql": "sql"}

    step: ClassVar[Step]
    _is_folded_up = False

    def __init__(self, *, config: Config, sql: str = "", check_index: int = 0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.config = config
        self.sql = sql
        self.check_index = check_index

    @cached_property
    def _warehouse(self) -> StepConnection:
        """Made by the step that runs: parsing 5,000 files needs none."""
        table = self.config.table
        return StepConnection(table.conn_id, self.config.settings.warehouse, table.timezone)

    def render_template_fields(self, context: Context, jinja_env: object = None) -> None:  # noqa: ARG002 - Airflow's
        """Fills in the run's dates as lint and preview do. Airflow's own Jinja, which reaches all of the worker, is not
        used: of `template_fields` only the name is Airflow's, by which it shows the result."""
        self._is_folded_up = True
        with self._recorded(context):
            if words := why_refused(context["dag_run"].conf, self.config.table):
                raise StepError(self._failure(error=words), retry=False)
            if wanted_roll_back(context["dag_run"].conf):
                return
            self.sql = self._done(self._query(context))

    def execute(self, context: Context) -> object:
        """The step; whatever ends it is recorded for the alert."""
        run = wanted_roll_back(context["dag_run"].conf)
        self._is_folded_up = False
        try:
            with self._recorded(context):
                return self._roll_back(context, run) if run else self._run(context)
        finally:
            self._warehouse.close()
        return None

    def on_kill(self) -> None:
        """Airflow calls this in the task's own process, between two of its lines; what runs in the warehouse ends."""
        self._warehouse.stop.stop()

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
            open_session=self._warehouse.session,
            run_id=context["dag_run"].run_id,
            try_number=context["ti"].try_number,
            google_account=google_account,
        )

    def _run_dates(self, context: Context) -> RunDates:
        """The dates of what the step works on."""
        run = context["dag_run"]
        dates = RunDates(
            logical_date=coerce_datetime(run.logical_date),
            start=coerce_datetime(run.data_interval_start),
            end=coerce_datetime(run.data_interval_end),
            due=coerce_datetime(run.run_after),
            zone=self.config.table.timezone,
        )
        return as_asked(dates, run.conf, self.config.table.refresh)

    def _tell_that_it_works(self, context: Context, build: Build | None) -> None:
        """The run is done with its table: what was wrong with it is over. Never raises but what stops the task."""
        try:
            with self._warehouse.session() as session:
                event = published(self.config.table, build, context["dag_run"].run_id, datetime.now(UTC))
                policy = policy_of(self.config.table, self.config.settings)
                if recorded(session, self.config.table, event, policy):
                    told(session, self.config.settings)
        except WarehouseError as error:
            self.log.warning("Whether something was wrong with the table before could not be asked: %s", error)

    def _roll_back(self, _context: Context, run: str) -> object:
        self.log.info("Nothing to do: this run publishes an earlier build again, that of %s.", run)
        return None

    @contextmanager
    def _recorded(self, context: Context) -> Iterator[None]:
        try:
            with self._told(context):
                yield
        except BaseException:
            self._warehouse.close()
            raise

    @contextmanager
    def _told(self, context: Context) -> Iterator[None]:
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
            self._end(context, StepError(self._failure(error=STOPPED_WORDS)))
        except Exception as error:
            self._tell(
                context, self._failure(error=f"an unexpected {type(error).__name__} ended it; its log says more.")
            )
            raise

    def _end(self, context: Context, error: StepError) -> None:
        """The step cannot be done: raises what ends the task."""
        self._tell(context, error.failure)
        if not error.retry:
            context["ti"].task.retry_policy = _NeverAgain()
        raise StepFailed(error.failure) from None

    def _tell(self, context: Context, failure: Failure) -> None:
        """To the log, and for the alert."""
        self._unfold()
        self.log.error("%s", failure_text(failure))
        context["ti"].xcom_push(key=XCOM_KEY, value=asdict(failure))

    def _unfold(self) -> None:
        """Airflow's page folds up what is logged before `execute`: what follows is seen."""
        if self._is_folded_up:
            self.log.info("::endgroup::")

    def _done(self, found: T | Refusal) -> T:
        """What a step gave. Raises what ends this one where it was refused."""
        if isinstance(found, Refusal):
            failure = self._failure(error=self._refusal_words(found), details=found.details)
            raise StepError(failure, retry=found.may_pass)
        return found

    def _refusal_words(self, refusal: Refusal) -> str:
        return refusal.error

    def _told_to_openlineage(self, lineage: Callable[[Any, Session], T]) -> T:
        """By name: it reads a query, as only the process does that OpenLineage forks for itself, and never a task."""
        module = import_module("summary_tables.airflow.openlineage.facets")
        try:
            with self._warehouse.aside() as session:
                return lineage(module, session)
        finally:
            self._warehouse.close()

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
        """What readers see now, also where the warehouse cannot be asked."""
        try:
            with self._warehouse.aside() as session:
                return self._live_words(session)
        except (Exception, AirflowTaskTimeout):  # whatever is wrong here, the failure itself must be recorded
            return live_unasked(self.step)

    def _live_words(self, session: Session) -> str:
        return look_up(session, self.config.table).words(self.config.table.timezone)
