"""The steps of a run that change the warehouse, as Airflow operators: create a version, publish it."""

from dataclasses import asdict
from typing import Any

from airflow.sdk import Context
from airflow.sdk.exceptions import (
    AirflowSkipException,
)

from summary_tables.airflow.operators.step import StepOperator
from summary_tables.model.build import Build
from summary_tables.model.failure import WARNING_KEY, Failure
from summary_tables.runs.dates import RunDates, part_of
from summary_tables.runs.messages import NEEDLESS, built_words, cut_words, published_words
from summary_tables.runs.missing_messages import missing_words
from summary_tables.runs.roll_back import done_words, ended_words, publish_again, wanted_version
from summary_tables.runs.run_configuration import wanted_full_refresh, wanted_loss
from summary_tables.sql import select_only
from summary_tables.sql.query_grain import Span
from summary_tables.warehouse.build import create_version
from summary_tables.warehouse.increments.hole_words import hole_words
from summary_tables.warehouse.increments.holes import hole_before
from summary_tables.warehouse.increments.missing_part import ask_missing_part, is_cut
from summary_tables.warehouse.live_table import is_live
from summary_tables.warehouse.publish import publish


class CreateOperator(StepOperator):
    """Builds a new version beside the live table. Returns its name, rows and columns; its interval if that is cut."""

    step = "create"
    _part: Span | None = None
    _knows_part = False

    def _run_dates(self, context: Context) -> RunDates:
        """Of a table that is appended to, a run builds what others have not added yet."""
        dates = super()._run_dates(context)
        if dates.span is None or not is_cut(self.config.table, dates.build_run()):
            return dates
        if not self._knows_part:
            with self._warehouse() as connection:
                table, warehouse = self.config.table, self.config.settings.warehouse
                self._part = ask_missing_part(connection, table, warehouse, dates.build_run())
            self._knows_part = True
            if self._part:
                self.log.warning(cut_words(table.full_name, dates.span, self._part))
        return part_of(dates, self._part) if self._part else dates

    def _run(self, context: Context) -> dict[str, object]:
        self._refuse_unless_select()
        query = select_only.without_terminator(self.sql, self.config.dialect.lexical)
        table, settings = self.config.table, self.config.settings
        if wanted_full_refresh(context["dag_run"].conf) and not table.refresh.is_incremental:
            self.log.info(NEEDLESS)
        with self._warehouse() as connection:
            run = self._build_run(context)
            build = create_version(connection, table, settings.warehouse, run, query, samples=settings.samples)
        self.log.info(built_words(table.full_name, build))
        created: dict[str, object] = {"version": build.version, "rows": build.rows, "columns": list(build.columns)}
        return {**created, "interval": [moment.isoformat() for moment in self._part]} if self._part else created


class PublishOperator(StepOperator):
    """Makes the new version the one that readers see, and tells Airflow that the table is new."""

    step = "publish"
    _version = ""

    def _run(self, context: Context) -> None:
        table, settings = self.config.table, self.config.settings
        self._version = str(self._created(context)["version"])
        with self._warehouse() as connection:
            may_lose_rows = wanted_loss(context["dag_run"].conf)
            build = publish(
                connection,
                table,
                settings.warehouse,
                self._version,
                samples=settings.samples,
                may_lose_rows=may_lose_rows,
            )
        ended = f" {ended_words(build.replaced)}" if build.replaced else ""
        self.log.info("%s%s", published_words(table.full_name, build), ended)
        if build.missing:
            self.log.warning(missing_words(table, build.missing))
        if build.holes:
            self._tell_holes(context, build)
        if build.needless:
            # The run succeeds; tables that wait for this one are not built for nothing.
            raise AirflowSkipException(build.needless)
        self._tell_assets(context, build)

    def _tell_holes(self, context: Context, build: Build) -> None:
        """In the log of each run; to Slack by the run that comes behind one, unless it is one of many of a backfill."""
        table = self.config.table
        self.log.warning(hole_words(table, build.holes))
        own = hole_before(table, build)
        if own and context["dag_run"].run_type != "backfill":
            warning = Failure(step=self.step, table=table.full_name, error=hole_words(table, [own]), is_warning=True)
            context["ti"].xcom_push(key=WARNING_KEY, value=asdict(warning))

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
