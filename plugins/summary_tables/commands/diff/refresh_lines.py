"""What the runs of a table do with its rows, and what becomes of its history where that changes."""

from collections.abc import Iterator

from summary_tables.commands.diff.changes import TableChange
from summary_tables.model.table import SummaryTable
from summary_tables.runs.run_configuration import FULL_REFRESH
from summary_tables.text.markdown_text import code
from summary_tables.warehouse.increments.strategies import refresh_in_words, strategy_named

_CONFIGURATION = f'{{"{FULL_REFRESH}": true}}'
_WHOLE_FROM_NOW_ON = (
    "- **⚠ History**: from the next run on the table has the rows that the query gives, and no others. "
    "What earlier runs had added is gone where the query does not give it"
)
_GROWS_FROM_NOW_ON = "- **⚠ History**: the rows that are there stay, and each run adds its part"
_ANEW = f". To build all of them anew with this query, start a run with the configuration {code(_CONFIGURATION)}"


_MEETING = (
    "the first run of the new schedule may begin inside of the last one of the old, or leave out a time behind it. "
)
_LEFT_OUT = (
    "Where a time is left out, the run's log, Slack and `summary-tables versions` name it, with the run that adds it"
)
_CUT = "What both cover is added once. "
_NOT_CUT = (
    "The query does not use `data_interval_start`: a run whose interval has rows in the table already is refused, and "
    "says so. "
)
_NO_INTERVAL = (
    "runs by the new schedule cover no data interval. Whether their rows are among those that are there nobody can tell"
)


_OTHER_ZONE = (
    "the runs of the new zone cover other hours than those of the old one. What both cover is added once where the "
    "query tells it by `data_interval_start`; where rows are of whole days, runs are refused, and say so"
)


def refresh_lines(change: TableChange) -> Iterator[str]:
    """Nothing for a table that was and will be built anew by each run."""
    after = change.file.config.table.refresh
    before = change.before.config.table.refresh if change.before else after
    if not (before.is_incremental or after.is_incremental):
        return
    words = refresh_in_words(after)
    yield f"- **Refreshed** {words}" if before == after else f"- **Refreshed** {refresh_in_words(before)} → {words}"
    if words := new_intervals(change):
        yield f"- **⚠ Intervals**: {words}"
    if before.is_incremental != after.is_incremental:
        anew = _anew(change.file.config.table)
        yield f"{_GROWS_FROM_NOW_ON}{anew}" if after.is_incremental else _WHOLE_FROM_NOW_ON


def _anew(table: SummaryTable) -> str:
    return _ANEW if table.full_refresh else ""


def new_intervals(change: TableChange) -> str:
    """What a new schedule means to a table that grows; empty where its runs go on covering the same intervals."""
    table = change.file.config.table
    before = change.before.config.table if change.before else table
    if not (before.refresh.is_incremental and table.refresh.is_incremental):
        return ""
    if before.timezone != table.timezone and table.schedule.cron:
        return _OTHER_ZONE + _anew(table)
    if before.schedule == table.schedule or not before.schedule.cron:
        return ""
    if not table.schedule.cron:
        return _NO_INTERVAL
    is_cut = not strategy_named(table.refresh.strategy).DOUBLES or "data_interval_start" in table.main_sql
    return f"{_MEETING}{_CUT if is_cut else _NOT_CUT}{_LEFT_OUT}"
