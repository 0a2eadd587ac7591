"""What a build of a whole table that grows lacks of what readers see: its source may keep the last days only."""

from collections.abc import Iterator

from summary_tables.model.table import SummaryTable
from summary_tables.sql.dialects.postgres.text import qualified
from summary_tables.warehouse.live_table import look_up
from summary_tables.warehouse.session.session import Session

_ANYWAY = 'start a run with the configuration {"full_refresh": true, "may_lose_rows": true}'


def why_rows_would_go(session: Session, table: SummaryTable, whole: str) -> str:
    """Why publishing the relation `whole` would take rows away, in plain sentences; empty if nothing is known of any.

    Raises `WarehouseError`.
    """
    if not table.refresh.is_incremental or look_up(session, table).kind not in ("ours", "table"):
        return ""
    lacking = next(_lacking(session, table, qualified(table.schema, table.table), whole), "")
    return lacking and (
        f"This build of the whole table {table.full_name} {lacking}. Its source may no longer have all that the table "
        f"has. Nothing was changed. To publish it all the same, {_ANYWAY}."
    )


def _lacking(session: Session, table: SummaryTable, live: str, whole: str) -> Iterator[str]:
    """What follows "this build": the first says enough."""
    sql, refresh = session.sql, table.refresh
    times = _times(session, table)
    if refresh.strategy == "merge":
        ((keys,),) = session.rows(sql.increments.lost_keys(live, whole, refresh.unique_key))
        if keys:
            yield f"lacks {keys:,} of the rows that readers have, by `unique_key`"
    elif refresh.time_column in times:
        ((days, first, last),) = session.rows(sql.increments.lost_days(live, whole, refresh.time_column))
        if days:
            which = _shown(
                session, table, refresh.time_column, f": {first}" if days == 1 else f", from {first} to {last}"
            )
            yield f"has no rows of {days:,} day{'' if days == 1 else 's'} of which readers have some{which}"
    elif refresh.strategy == "append":
        yield from _fewer(session, table, live, whole, times)


def _fewer(session: Session, table: SummaryTable, live: str, whole: str, times: tuple[str, ...]) -> Iterator[str]:
    sql = session.sql.increments
    (seen, *old), (rows, *new) = (session.rows(sql.first_days(one, times))[0] for one in (live, whole))
    if rows < seen:
        yield f"has {rows:,} rows, and readers have {seen:,}"
    later = [
        (name, *days) for name, *days in zip(times, old, new, strict=True) if None not in days and days[0] < days[1]
    ]
    if times and len(later) == len(times):
        name, before, after = later[0]
        which = _shown(session, table, name, f": {after} instead of {before}")
        yield f'begins with a later day of "{name}" than what readers have{which}'


def _shown(session: Session, table: SummaryTable, column: str, words: str) -> str:
    return words if session.shows_values and column not in table.pii_columns else ""


def _times(session: Session, table: SummaryTable) -> tuple[str, ...]:
    """The columns of what readers see that hold days or times."""
    rows = session.rows(session.sql.catalog.columns(table.schema, table.table))
    return tuple(name for name, full_type in rows if full_type == "date" or full_type.startswith("timestamp"))
