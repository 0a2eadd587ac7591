"""The four steps of a run as Airflow operators: check the inputs, create a version, check it, publish it.

A step that fails records a `Failure` for the alert and fails with the same words.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, replace
from typing import Any, ClassVar

import jinja2
import psycopg
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

from summary_tables.airflow_sql_context import is_full_refresh, sql_context, template_words
from summary_tables.checks import MOST_ROWS, Check
from summary_tables.checks.check_sql import LIVE_TABLE
from summary_tables.config import Config
from summary_tables.failure import WARNING_KEY, XCOM_KEY, Failure, Step
from summary_tables.full_refresh_run import NEEDLESS, first_moment, refusal, wanted_full_refresh
from summary_tables.model import Build, BuildRun, Refresh
from summary_tables.placeholders import fill_earlier_builds, fill_fresh_table, fill_live_table, fill_names
from summary_tables.roll_back_run import done_words, ended_words, publish_again, wanted_roll_back, wanted_version
from summary_tables.sql import select_only
from summary_tables.task_stop import STOPPED_WORDS, StopSwitch, TaskStopped
from summary_tables.warehouse.build_words import built_words, published_words
from summary_tables.warehouse.check_log import FailingSince, log_check
from summary_tables.warehouse.check_log_statements import CheckOutcome
from summary_tables.warehouse.connect_error import connect_error
from summary_tables.warehouse.create_version import create_version
from summary_tables.warehouse.dropped_version import why_dropped
from summary_tables.warehouse.earlier_builds import earlier_builds
from summary_tables.warehouse.error import UNDEFINED_TABLE, WarehouseError
from summary_tables.warehouse.limit_words import spoken_minutes
from summary_tables.warehouse.live_column import ask_live_column
from summary_tables.warehouse.live_table import is_live, live_table
from summary_tables.warehouse.missing_words import missing_words
from summary_tables.warehouse.publish import publish
from summary_tables.warehouse.read_value import read_answer
from summary_tables.warehouse.sql_text import qualified
from summary_tables.warehouse.watchdog import cut_off_after

_ASIDE_SECONDS = 10.0


class _StepError(Exception):
    """A step that failed for a reason that can be told. `retry`: another try may go better."""

    def __init__(self, failure: Failure, *, retry: bool = True) -> None:
        super().__init__(str(failure))
        self.failure = failure
        self.retry = retry


class _StepOperator(BaseSQLOperator):
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

    def render_template_fields(self, context: Context, jinja_env: jinja2.Environment | None = None) -> None:
        """Renders with the run's dates only: connections and Variables are no business of a query."""
        if wanted_roll_back(context["dag_run"].conf):
            return
        with self._recorded(context):
            try:
                super().render_template_fields(sql_context(context, self.config.table.refresh), jinja_env)
            except Exception as error:  # a template may call what it likes with what it likes
                raise _StepError(self._failure(error=template_words(error)), retry=False) from None
            table = self.config.table
            self.sql = fill_names(self._fill_fresh_table(context), schema=table.schema, table=table.table)

    def execute(self, context: Context) -> object:
        """The step; whatever ends it is recorded for the alert."""
        run = wanted_roll_back(context["dag_run"].conf)
        with self._recorded(context):
            if words := refusal(context["dag_run"].conf, rolls_back=bool(run)):
                raise _StepError(self._failure(error=words), retry=False)
            return self._roll_back(context, run) if run else self._run(context)

    def on_kill(self) -> None:
        """Airflow calls this in the task's own process, between two of its lines; what runs in the warehouse ends."""
        self._stop.stop()

    def _run(self, context: Context) -> object:
        raise NotImplementedError

    def _roll_back(self, _context: Context, run: str) -> object:
        self.log.info("Nothing to do: this run publishes an earlier build again, that of %s.", run)
        return None

    @contextmanager
    def _recorded(self, context: Context) -> Iterator[None]:
        try:
            yield
        except AirflowSkipException:
            raise
        except _StepError as error:
            self._end(context, error)
        except AirflowTaskTimeout:
            minutes = spoken_minutes(self.config.table.timeout_minutes)
            words = f"it took longer than {minutes} (`timeout_minutes`) and was stopped."
            self._end(context, _StepError(self._failure(error=words)))
        except TaskStopped:
            failure = self._failure(error=STOPPED_WORDS)
            _record(context, failure)
            raise AirflowException(str(failure)) from None
        except Exception as error:
            _record(context, self._failure(error=f"an unexpected {type(error).__name__} ended it; its log says more."))
            raise

    def _end(self, context: Context, error: _StepError) -> None:
        """The step cannot be done: raises what ends the task."""
        if error.failure.details:
            self.log.error("%s\n%s", error.failure.error, error.failure.details)
        _record(context, error.failure)
        raise (AirflowException if error.retry else AirflowFailException)(str(error)) from None

    def _fill_fresh_table(self, _context: Context) -> str:
        return self.sql

    def _refuse_unless_select(self) -> None:
        """The rendered query once more: what a date or a placeholder brought in has been seen by nobody yet."""
        found = select_only.violation(self.sql, self.config.settings.warehouse.dialect, rendered=True)
        if found:
            words = f"{found.message[:1].upper()}{found.message[1:]}."
            raise _StepError(self._failure(error=f"The query may not run. {words}"), retry=False)

    @contextmanager
    def _warehouse(self) -> Iterator[Any]:
        """A connection of its own; what the warehouse refuses becomes this step's failure."""
        try:
            with self._stop.work(), closing(self._connect()) as connection:
                yield connection
        except WarehouseError as error:
            failure = self._failure(error=self._refusal(error), details=error.details)
            raise _StepError(failure, retry=error.may_pass) from None

    def _refusal(self, error: WarehouseError) -> str:
        return str(error)

    @contextmanager
    def _aside(self) -> Iterator[Any]:
        """A connection for what is said beside the step's own work. No limit of the step may be left to end it."""
        with closing(self._connect()) as connection, cut_off_after(connection, _ASIDE_SECONDS):
            yield connection

    def _connect(self) -> Any:
        try:
            return self.get_db_hook().get_conn()
        except AirflowNotFoundException:
            words = f"Airflow has no connection `{self.conn_id}`. Add it under Admin, Connections."
            raise WarehouseError(words) from None
        except psycopg.Error as error:
            raise connect_error(error, self.config.table.conn_id) from None
        except Exception as error:
            # Its text is not repeated: it may hold what stands in the connection.
            words = f"The Airflow connection `{self.conn_id}` cannot be used as a warehouse ({type(error).__name__})."
            raise WarehouseError(words) from None

    def _created_version(self, context: Context) -> str:
        created: Mapping[str, Any] | None = context["ti"].xcom_pull(task_ids="create")
        if created is None:
            words = "the step `create` left no version. Clear `create` in Airflow to build one."
            raise _StepError(self._failure(error=words), retry=False)
        return str(created["version"])

    def _failure(self, **facts: Any) -> Failure:
        return Failure(step=self.step, table=self.config.table.full_name, sql=self.sql, live=self._live(), **facts)

    def _live(self) -> str:
        """What readers see now; empty when the warehouse cannot be asked."""
        try:
            with self._aside() as connection:
                return self._live_words(connection)
        except (Exception, AirflowTaskTimeout):  # whatever is wrong here, the failure itself must be recorded
            return ""

    def _live_words(self, connection: Any) -> str:
        return str(live_table(connection, self.config.table, self.config.settings.warehouse))


class _CheckOperator(_StepOperator):
    """One check: its query, whose answer the check judges. One that only warns ends well, whatever it finds.

    It has no `__init__` of its own: Airflow wraps each level of them, which parsing 1,000 configs would feel.
    """

    retry_failed_check: ClassVar[bool]
    _has_warned = False
    _version = ""
    _seconds = 0.0

    @property
    def check(self) -> Check:
        """The check itself."""
        checks = self.config.table.input_check if self.step == "input_check" else self.config.table.output_check
        return checks[self.check_index]

    def _run(self, context: Context) -> None:
        if self._has_warned:
            return  # its query could not be filled in
        self._refuse_unless_select()
        with self._timed(), self._warehouse() as connection:
            answer = read_answer(
                connection,
                self.sql,
                width=self.check.width,
                most=MOST_ROWS,
                warehouse=self.config.settings.warehouse,
                limits=self.config.table.limits,
                shows_values=self.check.samples,
                in_utc=not self.check.IS_QUERY,
            )
        verdict = self.check.judge(answer)
        self.log.info('Check "%s": expected %s, got %s.', self._label(), verdict.expected, verdict.actual)
        if not verdict.passed:
            failure = self._failure(expected=verdict.expected, actual=verdict.actual)
            raise _StepError(failure, retry=self.retry_failed_check)
        self._log_check(context, passed=True, expected=verdict.expected, actual=verdict.actual)

    @contextmanager
    def _timed(self) -> Iterator[None]:
        started = time.monotonic()
        try:
            yield
        finally:
            self._seconds = time.monotonic() - started

    def _with_history(self, context: Context, failure: Failure) -> Failure:
        """`failure`, now stored, with what the warehouse knows of earlier runs."""
        since = self._log_check(
            context, passed=False, expected=failure.expected, actual=failure.actual, error=failure.error
        )
        return replace(failure, failing_since=str(since or ""))

    def _log_check(self, context: Context, **found: Any) -> FailingSince | None:
        """Stores what the check found. A warehouse that does not take it changes nothing about the check."""
        try:
            outcome = CheckOutcome(
                table=self.config.table,
                run=_build_run(context, self.config.table.refresh),
                step=self.step,
                position=self.check_index + 1,
                check=self._label(),
                severity=self.check.severity,
                seconds=self._seconds,
                version=self._version,
                **found,
            )
            with self._aside() as connection:
                return log_check(connection, self.config.settings.warehouse, outcome)
        except (Exception, AirflowTaskTimeout) as error:
            reason = str(error) if isinstance(error, WarehouseError) else f"an unexpected {type(error).__name__}."
            self.log.warning("What this check found could not be stored in the warehouse: %s", reason)
            return None

    def _end(self, context: Context, error: _StepError) -> None:
        failure = self._with_history(context, error.failure)
        if self.check.severity == "error":
            super()._end(context, _StepError(failure, retry=error.retry))
        self._has_warned = True
        warning = replace(failure, is_warning=True)
        context["ti"].xcom_push(key=WARNING_KEY, value=asdict(warning))
        self.log.warning("%s The run goes on: the check only warns.", warning)

    def _label(self) -> str:
        return fill_names(self.check.label(), schema=self.config.table.schema, table=self.config.table.table)

    def _live(self) -> str:
        """Nothing is said of it where the run goes on to change it."""
        return super()._live() if self.check.severity == "error" else ""

    def _failure(self, **facts: Any) -> Failure:
        column = self.config.table.column_of_check(self.check_index) if self.step == "output_check" else ""
        return super()._failure(check=self._label(), check_index=self.check_index, column=column, **facts)


class InputCheckOperator(_CheckOperator):
    """A check before the build. Retried when it fails: the data may only be late."""

    step = "input_check"
    retry_failed_check = True


class OutputCheckOperator(_CheckOperator):
    """A check of the new version. Not retried when it fails: the version would not be another."""

    step = "output_check"
    retry_failed_check = False

    def _fill_fresh_table(self, context: Context) -> str:
        table, warehouse = self.config.table, self.config.settings.warehouse
        self._version = self._created_version(context)
        sql = fill_fresh_table(self.sql, qualified(warehouse.versions_schema, self._version))
        if self.check.IS_QUERY:
            return sql
        run = _build_run(context, table.refresh)
        sql = fill_earlier_builds(sql, earlier_builds(table, warehouse, run))
        if LIVE_TABLE not in sql:
            return sql
        with self._warehouse() as connection:
            live = ask_live_column(connection, warehouse, table, run, self.check.columns[0])
        return fill_live_table(sql, live)

    def _refusal(self, error: WarehouseError) -> str:
        """A check that somebody clears after its run is over may find nothing to look at."""
        if error.sqlstate != UNDEFINED_TABLE:
            return str(error)
        with suppress(WarehouseError), self._aside() as connection:
            return why_dropped(connection, self.config.table, self.config.settings.warehouse, self._version) or str(
                error
            )
        return str(error)


class CreateOperator(_StepOperator):
    """Builds a new version beside the live table. Returns its name, rows and columns."""

    step = "create"

    def _run(self, context: Context) -> dict[str, object]:
        self._refuse_unless_select()
        query = select_only.without_terminator(self.sql, self.config.settings.warehouse.dialect)
        table, settings = self.config.table, self.config.settings
        if wanted_full_refresh(context["dag_run"].conf) and not table.refresh.is_incremental:
            self.log.info(NEEDLESS)
        with self._warehouse() as connection:
            run = _build_run(context, table.refresh)
            build = create_version(connection, table, settings.warehouse, run, query, samples=settings.samples)
        self.log.info(built_words(table.full_name, build))
        return {"version": build.version, "rows": build.rows, "columns": list(build.columns)}


class PublishOperator(_StepOperator):
    """Makes the new version the one that readers see, and tells Airflow that the table is new."""

    step = "publish"
    _version = ""

    def _run(self, context: Context) -> None:
        table, settings = self.config.table, self.config.settings
        self._version = self._created_version(context)
        with self._warehouse() as connection:
            build = publish(connection, table, settings.warehouse, self._version, samples=settings.samples)
        ended = f" {ended_words(build.replaced)}" if build.replaced else ""
        self.log.info("%s%s", published_words(table.full_name, build), ended)
        if build.missing:
            self.log.warning(missing_words(table, build.missing))
        if build.needless:
            # The run succeeds; tables that wait for this one are not built for nothing.
            raise AirflowSkipException(build.needless)
        self._tell_assets(context, build)

    def _roll_back(self, context: Context, run: str) -> None:
        user = context["dag_run"].triggering_user_name
        with self._warehouse() as connection:
            self._version = wanted_version(connection, self.config, run).build.version
            done = publish_again(connection, self.config, self._version, user)
        self.log.info(done_words(self.config.table, done))
        self._tell_assets(context, done.after)

    def _tell_assets(self, context: Context, build: Build) -> None:
        for asset in self.outlets:
            context["outlet_events"][asset].extra = {"rows": build.rows, "version": build.version}

    def _live_words(self, connection: Any) -> str:
        """The step may fail after its transaction, e.g. when the answer to COMMIT is lost."""
        if self._version and is_live(connection, self.config.table, self.config.settings.warehouse, self._version):
            return "The live table holds the new build all the same."
        return super()._live_words(connection)


def _record(context: Context, failure: Failure) -> None:
    context["ti"].xcom_push(key=XCOM_KEY, value=asdict(failure))


def _build_run(context: Context, refresh: Refresh) -> BuildRun:
    """A full refresh covers all that there is up to the end of its run, also where Airflow gave that no interval."""
    run = context["dag_run"]
    start, end = run.data_interval_start, run.data_interval_end
    full_refresh = is_full_refresh(context, refresh)
    if full_refresh:
        start, end = first_moment(refresh), end or run.run_after
    return BuildRun(
        run_id=run.run_id,
        try_number=context["ti"].try_number,
        run_at=coerce_datetime(run.run_after),
        interval_start=coerce_datetime(start),
        interval_end=coerce_datetime(end),
        full_refresh=full_refresh,
    )
