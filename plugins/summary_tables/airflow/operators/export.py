"""The step behind `publish`, as an Airflow operator: the table goes to a Google Sheet as well."""

from airflow.sdk import Context

from summary_tables.airflow.operators.step import StepError, StepOperator
from summary_tables.model.failure import EITHER_SHEET, EXPORT, PUBLISHED, SAME_SHEET
from summary_tables.runs import export_step
from summary_tables.text.wrapped import wrapped


class ExportOperator(StepOperator):
    """Writes what readers see. Repeated, it writes it again: also after a roll-back, and when somebody clears it."""

    step = EXPORT
    _sheet_now = f"{PUBLISHED} {SAME_SHEET}"

    def _run(self, context: Context) -> None:
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
        self._run(context)

    def _live(self) -> str:
        return self._sheet_now
