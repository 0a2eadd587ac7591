"""What a check that compares with what readers see now reads: the live table, or something empty in its place."""

from summary_tables.model.build import BuildRun
from summary_tables.model.increment import strategy_of
from summary_tables.model.table import SummaryTable
from summary_tables.sql.quoting import identifier, qualified
from summary_tables.warehouse.session.session import Session


def no_live_column(column: str) -> str:
    """A relation that has the column and no row."""
    return f"(SELECT CAST(NULL AS NUMERIC) AS {identifier(column)} WHERE 1 = 0)"


def live_column(session: Session, table: SummaryTable, run: BuildRun, column: str) -> str:
    """What readers of `table` see now; `no_live_column` if it does not have the column or nothing is there.

    Also where `run` only adds to the table: what it adds cannot be compared with the whole.
    """
    if strategy_of(table, run) != "replace":
        return no_live_column(column)
    names = {name for name, _ in session.rows(session.sql.catalog.columns(table.schema, table.table))}
    return qualified(table.schema, table.table) if column in names else no_live_column(column)
