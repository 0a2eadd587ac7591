"""SQL as it stands in a file -> the SQL that a run sends."""

from collections.abc import Callable

from summary_tables.model.failure import Refusal
from summary_tables.model.placeholders import fill_names
from summary_tables.model.table import SummaryTable
from summary_tables.runs.dates import RunDates
from summary_tables.sql import select_only
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.templates.error import TemplateError
from summary_tables.sql.templates.template import filled_in


def main_query(table: SummaryTable, dialect: Dialect, dates: RunDates) -> str | Refusal:
    """The query from which the run of `dates` builds `table`, as it is sent."""
    sql = rendered(table.main_sql, table, dialect, dates)
    return sql if isinstance(sql, Refusal) else sendable(sql, dialect)


def rendered(
    source: str, table: SummaryTable, dialect: Dialect, dates: RunDates, fill: Callable[[str], str] = str
) -> str | Refusal:
    """`source` with everything filled in: its templates, what `fill` puts in, then `{schema}` and `{table}`.

    Raises what `fill` raises.
    """
    try:
        sql = filled_in(source, dates.named(), dialect)
    except TemplateError as error:
        return Refusal(error=error.sentence)
    return fill_names(fill(sql), schema=table.schema, table=table.table)


def sendable(sql: str, dialect: Dialect) -> str | Refusal:
    """`sql`, which has been rendered, without the semicolon at its end; or why it may not run.

    Lint has seen it with other dates: what a date or a placeholder brought in has been seen by nobody yet.
    """
    found = select_only.violation(sql, dialect, rendered=True)
    if found:
        return Refusal(error=f"The query may not run. {found.message[:1].upper()}{found.message[1:]}.")
    return select_only.without_terminator(sql, dialect.lexical)
