"""The steps of a run that change the warehouse, as Airflow operators: create a version, publish it."""

from dataclasses import asdict
from typing import ClassVar

from airflow.sdk import Context
from airflow.sdk.exceptions import (
    AirflowSkipException,
)

from summary_tables.airflow import metrics
from summary_tables.airflow.operators.due import due_of
from summary_tables.airflow.operators.step import StepOperator
from summary_tables.model.build import Build
from summary_tables.model.failure import WARNING_KEY, Failure, Refusal
from summary_tables.runs import build_step, measures, publish_step
from summary_tables.runs.build_step import part_to_build
from summary_tables.runs.dates import RunDates, part_of
from summary_tables.runs.messages import NEEDLESS, built_words, cut_words
from summary_tables.runs.roll_back import done_words, publish_again, wanted_version
from summary_tables.runs.run import attempted
from summary_tables.runs.run_configuration import wanted_full_refresh, wanted_loss
from summary_tables.runs.run_note import NOTE_KEY, built_note
from summary_tables.runs.waiting import DUE_KEY
from summary_tables.sql.query_grain import Span
from summary_tables.text.wrapped import wrapped
from summary_tables.warehouse.build import build_version
from summary_tables.warehouse.history.roll_back import RolledBack
from summary_tables.warehouse.live_table import is_live
from summary_tables.warehouse.session.session import Session


class CreateOperator(StepOperator):
    """Builds a new version beside the live table. Returns its name, rows and columns; its interval if that is cut."""

    step = "create"
    _part: Span | None = None

    def _run_dates(self, context: Context) -> RunDates:
        """Of a table that is appended to, a run builds what others have not added yet."""
        dates = super()._run_dates(context)
        return part_of(dates, self._part) if self._part else dates

    def _query(self, context: Context) -> str | Refusal:
        run = self._given(context)
        self._part = self._done(part_to_build(run))
        if self._part and run.dates.span:
            self.log.warning(
                "%s", wrapped(cut_words(run.dates.zone, self.config.table.full_name, run.dates.span, self._part))
            )
        return super()._query(context)

    def _run(self, context: Context) -> dict[str, object]:
        table = self.config.table
        if wanted_full_refresh(context["dag_run"].conf) and not table.refresh.is_incremental:
            self.log.info(NEEDLESS)
        build = self._done(build_step.build(self._given(context), self.sql, build_version))
        self.log.info("%s", wrapped(built_words(table, build)))
        created: dict[str, object] = {"version": build.version, "rows": build.rows, "columns": list(build.columns)}
        return {**created, "interval": [moment.isoformat() for moment in self._part]} if self._part else created

    def get_openlineage_facets_on_complete(self, _task_instance: object) -> object:
        """What was read. OpenLineage's provider asks, where it is installed, once the step is over."""
        return self._told_to_openlineage(
            lambda module, session: module.lineage_of_build(session, self.config, self.sql)
        )


class LoadOperator(CreateOperator):
    """The same of cells: there is no query that Airflow could show."""

    template_fields = ()
    template_fields_renderers: ClassVar[dict[str, str]] = {}

    def _query(self, _context: Context) -> str:
        return ""


class PublishOperator(StepOperator):
    """Makes the new version the one that readers see, and tells Airflow that the table is new."""

    step = "publish"
    _version = ""
    _published: Build | None = None

    def _run(self, context: Context) -> None:
        self._version = str(self._created(context)["version"])
        may_lose_rows = wanted_loss(context["dag_run"].conf)
        done = self._done(publish_step.publish(self._given(context), self._version, may_lose_rows=may_lose_rows))
        self.log.info("%s", wrapped(done.words))
        self._keep_note(context, built_note(self.config.table, done.build))
        for warning in done.warnings:
            self.log.warning("%s", wrapped(warning))
        # The runs of a backfill, one behind the other, would each tell of the same.
        if done.hole and context["dag_run"].run_type != "backfill":
            told = Failure(step=self.step, table=self.config.table.full_name, error=done.hole, is_warning=True)
            context["ti"].xcom_push(key=WARNING_KEY, value=asdict(told))
        if done.build.skip_reason:
            # The run succeeds; tables that wait for this one are not built for nothing.
            raise AirflowSkipException(done.build.skip_reason)
        self._published = done.build
        metrics.send(measures.of_build(self.config.table, done.build))
        self._tell_assets(context, done.build)
        if not self.config.table.export:
            self._tell_that_it_works(context, done.build)

    def _roll_back(self, context: Context, run: str) -> None:
        def work() -> RolledBack:
            with self._warehouse.work() as connection:
                self._version = wanted_version(connection, self.config, run).build.version
                return publish_again(connection, self.config, self._version, context["dag_run"].triggering_user_name)

        done = self._done(attempted(work))
        words = done_words(self.config.table, done)
        self.log.info("%s", wrapped(words))
        self._keep_note(context, words.removesuffix("."))
        self._tell_assets(context, done.after)

    def _keep_note(self, context: Context, words: str) -> None:
        """For the note beside the run: see `run_notes`."""
        context["ti"].xcom_push(key=NOTE_KEY, value=words)

    def _tell_assets(self, context: Context, build: Build) -> None:
        for asset in self.outlets:
            due = due_of(context, build.run_at, self.config.table.schedule)
            extra = context["outlet_events"][asset].extra
            extra |= {"rows": build.rows, "version": build.version, DUE_KEY: due.isoformat()}

    def get_openlineage_facets_on_complete(self, _task_instance: object) -> object:
        """The table and its columns; see `CreateOperator`."""
        return self._told_to_openlineage(
            lambda module, session: module.lineage_of_publish(session, self.config, self._published)
        )

    def _live_words(self, session: Session) -> str:
        """The step may fail after its transaction, e.g. when the answer to COMMIT is lost."""
        if self._version and is_live(session, self.config.table, self._version):
            return "The live table holds the new build all the same."
        return super()._live_words(session)
