"""The tasks of a dbt project: its sources' age, dbt itself, and one for each model or test that failed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from airflow.configuration import AIRFLOW_HOME
from airflow.sdk import Asset, BaseOperator, Context
from airflow.sdk.exceptions import AirflowSkipException, AirflowTaskTimeout
from airflow.sdk.timezone import coerce_datetime

from summary_tables.airflow.assets import table_asset
from summary_tables.airflow.dbt_runs.failed_tasks import (
    AGAIN_KEY,
    MOST,
    TRY_KEY,
    all_tasks,
    record,
    rows_by_name,
    with_rest,
)
from summary_tables.airflow.dbt_runs.login import login_of, session_aside
from summary_tables.airflow.dbt_runs.task_ids import FAILURES_KEY, WARNINGS_KEY
from summary_tables.airflow.incidents import recorded, told
from summary_tables.airflow.operators.due import due_of
from summary_tables.airflow.operators.step import StepFailed
from summary_tables.airflow.operators.wait import WaitOperator
from summary_tables.airflow.run_records import from_record
from summary_tables.alerts.events import published
from summary_tables.alerts.routes import policy_of
from summary_tables.configs.dbt_config import DbtConfig
from summary_tables.dbt.events import Event
from summary_tables.dbt.node_outcome import Outcome
from summary_tables.dbt.run_results import NodeResult
from summary_tables.model.failure import XCOM_KEY, Failure, Refusal
from summary_tables.runs.cancellation import StopSwitch, TaskStopped
from summary_tables.runs.dbt_build.beside import end_earlier, failing_rows, session_name
from summary_tables.runs.dbt_build.build import DbtTry
from summary_tables.runs.dbt_build.failures import failure_of, failure_of_source
from summary_tables.runs.dbt_build.kept_results import given_back, kept
from summary_tables.runs.dbt_build.report import BUILT_BY_THEN, built_note, ended_note
from summary_tables.runs.dbt_build.said import NOTHING_BUILT, DbtRefusal
from summary_tables.runs.messages import failure_text, warning_text
from summary_tables.runs.run_note import NOTE_KEY
from summary_tables.runs.waiting import DUE_KEY
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.limit_messages import minutes_text

T = TypeVar("T")

_KEPT = Path(AIRFLOW_HOME, "summary_tables_dbt")
_RESULTS_KEY = "results"
_SAID_IN_OUR_WORDS = frozenset(
    {
        "GenericExceptionOnRun",
        "LogStartLine",
        "MainEncounteredError",
        "RunResultError",
        "RunResultFailure",
        "RunResultWarning",
        "RunResultWarningMessage",
        "SQLCompiledPath",
    }
)
_STOPPED = (
    "it was stopped from outside: somebody marked or cleared it in Airflow, or its worker was shut down. "
    "dbt was stopped, too."
)


class DbtOperator(BaseOperator):
    """What they share: the login, the words of what ends them, and that dbt ends with them.

    :param config: the project and the deployment's settings.
    """

    template_fields: Sequence[str] = ()
    _live: ClassVar[str] = BUILT_BY_THEN

    def __init__(self, *, config: DbtConfig, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.config = config
        self._stop = StopSwitch()

    def execute(self, context: Context) -> object:
        """Runs dbt; whatever ends it is recorded for the alert."""
        with self._told(context), self._stop.work():
            return self._run(context)

    def on_kill(self) -> None:
        """Airflow calls this in the task's own process, between two of its lines."""
        self._stop.stop()

    def _run(self, context: Context) -> object:
        raise NotImplementedError

    @contextmanager
    def _told(self, context: Context) -> Iterator[None]:
        try:
            yield
        except AirflowTaskTimeout:
            minutes = minutes_text(self.config.project.timeout_minutes)
            self._fail(context, self._failure(f"it took longer than {minutes} (`timeout_minutes`) and was stopped."))
        except TaskStopped:
            self._fail(context, self._failure(_STOPPED))
        except AirflowSkipException:
            raise
        except Exception as error:
            words = f"an unexpected {type(error).__name__} ended it; its log says more."
            context["ti"].xcom_push(key=XCOM_KEY, value=record(self._failure(words)))
            raise

    def _try(self, context: Context) -> DbtTry:
        login = login_of(self.config.project.conn_id)
        if isinstance(login, Refusal):
            self._fail(context, self._failure(login.error, DbtRefusal(error=login.error, live=NOTHING_BUILT)))
            raise AssertionError
        return DbtTry(config=self.config, login=login, name=self._session_name(context), tell=self._log, kept=_KEPT)

    def _session_name(self, context: Context) -> str:
        return session_name(self.dag_id, context["dag_run"].run_id, context["ti"].map_index)

    def _log(self, event: Event) -> None:
        if not event.message or event.name in _SAID_IN_OUR_WORDS:
            return
        log = {"error": self.log.error, "warn": self.log.warning, "debug": self.log.debug}.get(
            event.level, self.log.info
        )
        log("%s", event.message)

    def _end_earlier(self, context: Context) -> None:
        """What a try that was killed may have left at work would hold the locks that this one needs."""
        if context["ti"].try_number > 1:
            with suppress(WarehouseError), self._session() as session:
                if ended := end_earlier(session, self._session_name(context)):
                    self.log.info("%s", ended_note(ended))

    def _session(self) -> Any:
        return session_aside(self.config.project.conn_id, self.config.settings.warehouse)

    def _rows(self, query: str) -> str:
        if not self.config.settings.samples:
            return ""
        with suppress(WarehouseError), self._session() as session:
            return failing_rows(session, query)
        return ""

    def _failures(self, results: Sequence[NodeResult], outcome: Outcome) -> list[Failure]:
        shows_values = self.config.settings.samples
        of = partial(
            failure_of, outcome=outcome, project=self.config.folder, rows=self._rows, shows_values=shows_values
        )
        return [of(result) for result in results[:MOST]]

    def _failure(self, words: str, refusal: DbtRefusal | None = None) -> Failure:
        found = refusal or DbtRefusal(error=words)
        return Failure(
            step="dbt",
            table=self.config.as_table.table.full_name,
            error=words,
            details=found.details,
            live=found.live or self._live,
            place=found.place,
        )

    def _done(self, context: Context, found: T | DbtRefusal) -> T:
        if isinstance(found, DbtRefusal):
            self._fail(context, self._failure(found.error, found))
            raise AssertionError
        return found

    def _fail(self, context: Context, failure: Failure) -> None:
        """The task cannot be done: raises what ends it."""
        self.log.error("%s", failure_text(failure))
        context["ti"].xcom_push(key=XCOM_KEY, value=record(failure))
        raise StepFailed(failure) from None

    def _keep(self, context: Context, key: str, failures: Sequence[Failure]) -> None:
        context["ti"].xcom_push(key=key, value=[record(failure) for failure in failures])

    def _tell_assets(self, context: Context, names: Sequence[str], rows: dict[str, int | None]) -> None:
        """Airflow hears of each table that was built well, and of no other."""
        assets: list[Asset] = [table_asset(name) for name in names]
        self.outlets = assets
        due = due_of(context, coerce_datetime(context["dag_run"].run_after), self.config.project.schedule).isoformat()
        for asset, name in zip(assets, names, strict=True):
            known = {"rows": rows[name]} if rows.get(name) is not None else {}
            context["outlet_events"][asset].extra = {**known, DUE_KEY: due}


class DbtWaitOperator(WaitOperator):
    """What a project waits for."""

    def _live(self) -> str:
        return NOTHING_BUILT


class DbtFreshnessOperator(DbtOperator):
    """`dbt source freshness`: sources that are too old end the run before anything is built."""

    _live = NOTHING_BUILT

    def _run(self, context: Context) -> None:
        ages, manifest = self._done(context, self._try(context).freshness())
        if not ages:
            raise AirflowSkipException("No source of the project says how old it may be.")
        sources = manifest.sources_by_id
        found = [(age, failure_of_source(age, sources[age.unique_id])) for age in ages if age.unique_id in sources]
        warned = [failure for age, failure in found if age.has_warned]
        failed = [failure for age, failure in found if age.has_failed]
        for warning in warned:
            self.log.warning("%s", warning_text(warning))
        self._keep(context, WARNINGS_KEY, warned)
        if failed:
            for failure in failed[1:]:
                self.log.error("%s", failure_text(failure))
            self._keep(context, FAILURES_KEY, failed)
            self._fail(context, failed[0])
        if not warned:
            self.log.info("All sources that say how old they may be are young enough.")


class DbtBuildOperator(DbtOperator):
    """`dbt build`. What fails is tried again; what then still fails becomes a task each, and this one is done.

    So the tables that were built well are told of, whatever became of others.
    """

    def _run(self, context: Context) -> list[dict[str, Any]]:
        self._end_earlier(context)
        store = context["task_state_store"]
        before, again = given_back(store.get(_RESULTS_KEY, "")), store.get(AGAIN_KEY, [])
        names = tuple(map(str, again)) if before and isinstance(again, list) else ()
        if names:
            self.log.info("Of an earlier try are left: %s.", ", ".join(names[:20]) + (" ..." if names[20:] else ""))
        outcome = self._done(context, self._try(context).build(names, before if names else ()))
        failures = self._failures(outcome.failed, outcome)
        for failure in failures:
            self.log.error("%s", failure_text(failure))
        if failures and context["ti"].try_number <= context["ti"].max_tries:
            store.set(_RESULTS_KEY, kept(outcome.results))
            store.set(AGAIN_KEY, list(outcome.again))
            raise StepFailed(failures[0])
        store.delete(_RESULTS_KEY)
        return self._end(context, outcome, failures)

    def _end(self, context: Context, outcome: Outcome, failures: Sequence[Failure]) -> list[dict[str, Any]]:
        warnings = self._failures(outcome.warned, outcome)
        for warning in warnings:
            self.log.warning("%s", warning_text(warning))
        failures = with_rest(failures, outcome, self.config.as_table.table.full_name)
        self._keep(context, WARNINGS_KEY, warnings)
        self._keep(context, FAILURES_KEY, failures)
        note = built_note(len(outcome.built), outcome.tests_passed, len(outcome.warned))
        context["ti"].xcom_push(key=NOTE_KEY, value=note)
        self.log.info("%s", note)
        self._tell_assets(context, outcome.published, rows_by_name(outcome))
        if not failures:
            _tell_that_it_works(self.config, context["dag_run"].run_id, self._session)
        return all_tasks(failures, outcome, context["ti"].try_number)


class DbtFailedOperator(DbtOperator):
    """One model or test that failed. Cleared in Airflow, it is tried again by itself, with what was not built for it.

    :param failed: what `DbtBuildOperator` returned of it.
    """

    def __init__(self, *, failed: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.failed = failed

    def _run(self, context: Context) -> None:
        failure = from_record(self.failed["failure"])
        if failure is None:
            raise ValueError("what the task `build` recorded is of another version")
        store, of_try = context["task_state_store"], self.failed.get(TRY_KEY, 1)
        if store.get(TRY_KEY, 0) != of_try:
            store.set(TRY_KEY, of_try)
            self._fail(context, failure)
        self._end_earlier(context)
        names = tuple(map(str, self.failed[AGAIN_KEY]))
        self.log.info("Tried again by itself: %s.", ", ".join(names))
        outcome = self._done(context, self._try(context).build(names))
        if failures := self._failures(outcome.failed, outcome):
            self._fail(context, failures[0])
        self._tell_assets(context, outcome.published, rows_by_name(outcome))


def _tell_that_it_works(config: DbtConfig, run_id: str, session: Any) -> None:
    """What was told of the project before is over."""
    table = config.as_table
    with suppress(WarehouseError), session() as open_session:
        event = published(table.table, None, run_id, datetime.now(UTC))
        if recorded(open_session, table.table, event, policy_of(table.table, table.settings)):
            told(open_session, table.settings)
