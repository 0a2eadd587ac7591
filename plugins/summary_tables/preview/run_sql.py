"""SQL as it stands in a file -> the SQL that the run of some dates would send, by the steps of `airflow_operators`."""

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace

from summary_tables.dry_run.render import _FILTERS, _MACROS, _moment
from summary_tables.model import Dialect, SummaryTable
from summary_tables.placeholders import fill_fresh_table, fill_names
from summary_tables.preview.run_dates import RunDates
from summary_tables.sql import select_only


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
        filled = self._jinja(source) if "{{" in source or "{%" in source or "{#" in source else source
        if fresh_table:
            filled = fill_fresh_table(filled, fresh_table)
        sql = fill_names(filled, schema=self.table.schema, table=self.table.table)
        if found := select_only.violation(sql, self.dialect, rendered=True):
            raise RefusedQueryError(f"The query may not run. {found.message[:1].upper()}{found.message[1:]}.")
        return select_only.without_terminator(sql, self.dialect)

    def _jinja(self, source: str) -> str:
        from jinja2 import StrictUndefined
        from jinja2.sandbox import SandboxedEnvironment

        environment = SandboxedEnvironment(undefined=StrictUndefined, extensions=["jinja2.ext.do"], cache_size=0)
        environment.filters.update(_FILTERS)
        dates = self.dates.named()
        names = {name: _moment(date) if isinstance(date, datetime) else date for name, date in dates.items()}
        try:
            return environment.from_string(source).render({**names, "macros": SimpleNamespace(**_MACROS)})
        except Exception as error:  # a template may call what it likes with what it likes
            reason = str(error).rstrip(".") or type(error).__name__
            words = f"The query has a {{{{ ... }}}} that cannot be filled in: {reason}."
            raise RefusedQueryError(words) from None
