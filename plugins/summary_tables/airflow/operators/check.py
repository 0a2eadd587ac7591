"""The checks of a run as Airflow operators: of the inputs before the build, of the new version after it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any, ClassVar

from airflow.sdk import Context
from airflow.sdk.exceptions import (
    AirflowTaskTimeout,
)

from summary_tables.airflow import metrics
from summary_tables.airflow.operators.step import StepError, StepOperator
from summary_tables.checks import Check, CheckName, CheckResult
from summary_tables.model.failure import WARNING_KEY, Failure, Refusal
from summary_tables.model.table import CheckStep
from summary_tables.runs import measures
from summary_tables.runs.check_step import NewTable, check_query, check_result, check_run, new_version
from summary_tables.runs.dates import RunDates, part_of
from summary_tables.runs.messages import warning_text
from summary_tables.text.wrapped import wrapped
from summary_tables.warehouse.logs.check_log import FailingSince, log_check
from summary_tables.warehouse.session.errors import UNDEFINED_TABLE, WarehouseError
from summary_tables.warehouse.view.dropped_version import why_dropped


class _CheckOperator(StepOperator):
    """One check: its query, whose answer the check judges. One that only warns ends well, whatever it finds.

    It has no `__init__` of its own: Airflow wraps each level of them, which parsing 1,000 configs would feel.
    """

    step: ClassVar[CheckStep]
    retry_failed_check: ClassVar[bool]
    _has_warned = False
    _version = ""
    _seconds = 0.0

    @property
    def check(self) -> Check:
        """The check itself."""
        return self.config.table.checks(self.step)[self.check_index]

    def _run(self, context: Context) -> None:
        if self._has_warned:
            return  # its query could not be filled in
        with self._timed():
            result = check_result(self._given(context), self.check, self.sql)
        found = self._done(result)
        if not found.passed:
            failure = self._failure(expected=found.expected, actual=found.actual)
            raise StepError(failure, retry=self.retry_failed_check)
        self.log.info("%s", wrapped(f'Check "{self._name.label}": expected {found.expected}, got {found.actual}.'))
        self._log_check(context, found)

    def _query(self, context: Context) -> str | Refusal:
        return check_query(self._given(context), self.check, self.sql, self._new_table(context))

    def _new_table(self, _context: Context) -> NewTable | None:
        """What an output check looks at."""
        return None

    @contextmanager
    def _timed(self) -> Iterator[None]:
        started = time.monotonic()
        try:
            yield
        finally:
            self._seconds = time.monotonic() - started

    def _with_history(self, context: Context, failure: Failure) -> Failure:
        """`failure`, now stored, with what the warehouse knows of earlier runs."""
        found = CheckResult(passed=False, expected=failure.expected, actual=failure.actual)
        since = self._log_check(context, Refusal(error=failure.error) if failure.error else found)
        return replace(failure, failing_since=since.words(self.config.table.timezone) if since else "")

    def _log_check(self, context: Context, found: CheckResult | Refusal) -> FailingSince | None:
        """Stores what the check found. A warehouse that does not take it changes nothing about the check."""
        try:
            table, run = self.config.table, self._given(context).build_run
            checked = check_run(table, self.step, self.check_index, found, seconds=self._seconds, version=self._version)
            metrics.send(measures.of_check(table, checked))
            with self._warehouse.aside() as session:
                return log_check(session, table, run, checked)
        except (Exception, AirflowTaskTimeout) as error:
            reason = str(error) if isinstance(error, WarehouseError) else f"an unexpected {type(error).__name__}."
            self.log.warning("%s", wrapped(f"What this check found could not be stored in the warehouse: {reason}"))
            return None

    def _end(self, context: Context, error: StepError) -> None:
        failure = self._with_history(context, error.failure)
        if self.check.severity == "error":
            super()._end(context, StepError(failure, retry=error.retry))
        self._has_warned = True
        warning = replace(failure, is_warning=True)
        context["ti"].xcom_push(key=WARNING_KEY, value=asdict(warning))
        self._unfold()
        self.log.warning("%s", warning_text(warning))

    @property
    def _name(self) -> CheckName:
        return self.config.table.check_names(self.step)[self.check_index]

    def _live(self) -> str:
        """Nothing is said of it where the run goes on to change it."""
        return super()._live() if self.check.severity == "error" else ""

    def _failure(self, **facts: Any) -> Failure:
        column = self.config.table.column_of_check(self.check_index) if self.step == "output_check" else ""
        return super()._failure(check=self._name.label, check_index=self.check_index, column=column, **facts)


class InputCheckOperator(_CheckOperator):
    """A check before the build. Retried when it fails: the data may only be late."""

    step = "input_check"
    retry_failed_check = True


class OutputCheckOperator(_CheckOperator):
    """A check of the new version. Not retried when it fails: the version would not be another."""

    step = "output_check"
    retry_failed_check = False

    def _run_dates(self, context: Context) -> RunDates:
        """The dates of what was built."""
        dates = super()._run_dates(context)
        interval = self._created(context).get("interval")
        start, end = map(datetime.fromisoformat, interval) if interval else (None, None)
        return part_of(dates, (start, end)) if start and end else dates

    def _new_table(self, context: Context) -> NewTable:
        self._version = str(self._created(context)["version"])
        return new_version(self.config.settings.warehouse, self._version)

    def _refusal_words(self, refusal: Refusal) -> str:
        """A check that somebody clears after its run is over may find nothing to look at."""
        if refusal.sqlstate != UNDEFINED_TABLE:
            return refusal.error
        with suppress(WarehouseError), self._warehouse.aside() as session:
            return why_dropped(session, self.config.table, self._version) or refusal.error
        return refusal.error
