"""The steps of a run that change the warehouse, as Airflow operators: create a version, publish it."""

from typing import Any

from airflow.sdk import Context
from airflow.sdk.exceptions import (
    AirflowSkipException,
)

from summary_tables.airflow_step_operator import StepOperator, build_run
from summary_tables.full_refresh_run import NEEDLESS, wanted_full_refresh
from summary_tables.model import Build
from summary_tables.roll_back_run import done_words, ended_words, publish_again, wanted_version
from summary_tables.sql import select_only
from summary_tables.warehouse.build_words import built_words, published_words
from summary_tables.warehouse.create_version import create_version
from summary_tables.warehouse.live_table import is_live
from summary_tables.warehouse.missing_words import missing_words
from summary_tables.warehouse.publish import publish


class CreateOperator(StepOperator):
    """Builds a new version beside the live table. Returns its name, rows and columns."""

    step = "create"

    def _run(self, context: Context) -> dict[str, object]:
        self._refuse_unless_select()
        query = select_only.without_terminator(self.sql, self.config.settings.warehouse.dialect)
        table, settings = self.config.table, self.config.settings
        if wanted_full_refresh(context["dag_run"].conf) and not table.refresh.is_incremental:
            self.log.info(NEEDLESS)
        with self._warehouse() as connection:
            run = build_run(context, table.refresh)
            build = create_version(connection, table, settings.warehouse, run, query, samples=settings.samples)
        self.log.info(built_words(table.full_name, build))
        return {"version": build.version, "rows": build.rows, "columns": list(build.columns)}


class PublishOperator(StepOperator):
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
