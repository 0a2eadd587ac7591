"""SQL as it stands in a file -> the SQL that the run of some dates would send, as `airflow_step_operator` makes it."""

from dataclasses import dataclass

from summary_tables.model.placeholders import fill_fresh_table, fill_names
from summary_tables.model.table import SummaryTable
from summary_tables.runs.dates import RunDates
from summary_tables.sql import select_only
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.templates.error import TemplateError
from summary_tables.sql.templates.template import filled_in


class RefusedQueryError(Exception):
    """The query may not run, or cannot be made; the text is one or more plain sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSql:
    """Renders the queries of one table for one run."""

    table: SummaryTable
    dialect: Dialect
    dates: RunDates

    def query(self, source: str, fresh_table: str = "") -> str:
        """`source` with everything filled in. `fresh_table` is what `{schema}.temp_{table}` becomes, if anything.

        Raises `RefusedQueryError`: also where it is anything but one query that only reads.
        """
        filled = self._templates_filled(source)
        if fresh_table:
            filled = fill_fresh_table(filled, fresh_table)
        sql = fill_names(filled, schema=self.table.schema, table=self.table.table)
        if found := select_only.violation(sql, self.dialect, rendered=True):
            raise RefusedQueryError(f"The query may not run. {found.message[:1].upper()}{found.message[1:]}.")
        return select_only.without_terminator(sql, self.dialect.lexical)

    def _templates_filled(self, source: str) -> str:
        try:
            return filled_in(source, self.dates.named(), self.dialect)
        except TemplateError as error:
            raise RefusedQueryError(error.sentence) from None
