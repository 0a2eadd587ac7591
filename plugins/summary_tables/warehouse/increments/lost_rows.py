"""What a build of a whole table that grows lacks of what readers see: its source may keep the last days only."""

from summary_tables.model.table import SummaryTable
from summary_tables.sql.dialects.postgres.text import qualified
from summary_tables.warehouse.increments.strategies import strategy_named
from summary_tables.warehouse.live_table import look_up
from summary_tables.warehouse.session.session import Session

_ANYWAY = 'start a run with the configuration {"full_refresh": true, "may_lose_rows": true}'


def why_rows_would_go(session: Session, table: SummaryTable, whole: str) -> str:
    """Why publishing the relation `whole` would take rows away, in plain sentences; empty if nothing is known of any.

    Raises `WarehouseError`.
    """
    if not table.refresh.is_incremental or look_up(session, table).kind not in ("ours", "table"):
        return ""
    live = qualified(table.schema, table.table)
    lacking = strategy_named(table.refresh.strategy).lost(session, table, live, whole)
    return lacking and (
        f"This build of the whole table {table.full_name} {lacking}. Its source may no longer have all that the table "
        f"has. Nothing was changed. To publish it all the same, {_ANYWAY}."
    )
