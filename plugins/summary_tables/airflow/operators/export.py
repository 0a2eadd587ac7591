"""The step behind `publish`, as an Airflow operator: the table goes to a Google Sheet as well."""

from airflow.sdk import Context

from summary_tables.airflow.operators.step import StepError, StepOperator
from summary_tables.model.build import Build
from summary_tables.model.failure import EITHER_SHEET, EXPORT, PUBLISHED, SAME_SHEET
from summary_tables.runs import export_step
from summary_tables.text.wrapped import wrapped
from summary_tables.warehouse.logs.build_log import last_published
from summary_tables.warehouse.session.errors import WarehouseError


class ExportOperator(StepOperator):
    """Writes what readers see. Repeated, it writes it again: also after a roll-back, and when somebody clears it."""

    step = EXPORT
    _sheet_now = f"{PUBLISHED} {SAME_SHEET}"

    def _run(self, context: Context) -> None:
        self._export(context)
        self._tell_that_it_works(context, self._published())

    def _published(self) -> Build | None:
        """The build that `publish` showed readers."""
        try:
            with self._warehouse.aside() as session:
                return last_published(session, self.config.table.schema, self.config.table.table)
        except WarehouseError:
            return None

    def _export(self, context: Context) -> None:
        export = self.config.table.export
        assert export is not None
        run = self._given(context)
        grid = self._done(export_step.cells_to_write(run, export.google_sheet))
        self._sheet_now = f"{PUBLISHED} {EITHER_SHEET}"
        with self._warehouse.stop.work():
            done = export_step.write(run, export.google_sheet, grid)
        if not isinstance(done, str):
            self._sheet_now = done.live
            raise StepError(self._failure(error=done.error), retry=done.may_pass)
        self.log.info("%s", wrapped(done))

    def _roll_back(self, context: Context, _run: str) -> None:
        self._export(context)

    def _live(self) -> str:
        return self._sheet_now
