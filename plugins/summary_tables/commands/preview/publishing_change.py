"""What publishing would do with the rows that readers see, in words. Pure."""

from summary_tables.model.table import SummaryTable
from summary_tables.runs.dates import RunDates
from summary_tables.text.moments import spoken_due
from summary_tables.warehouse.increments.strategies import strategy_named
from summary_tables.warehouse.increments.strategy import Preview
from summary_tables.warehouse.live_table import LiveTable


def publishing_change(table: SummaryTable, live: LiveTable, rows: int, dates: RunDates, gone: int | None = None) -> str:
    """What follows "Publishing would", for a build of `rows` rows. `gone`: how many go, where that is known."""
    if live.kind == "absent":
        return f"create {table.full_name} with {_rows(rows)}"
    if table.refresh.is_incremental and not dates.full_refresh:
        return _addition(table, live, rows, dates, gone)
    if live.build is None:
        return f"keep the plain table {table.full_name} as an old version, and show {_rows(rows)} in its place"
    # How many rows a table has that grows is not in the build log.
    known = gone if table.refresh.is_incremental else live.build.rows
    replaced = "rows" if known is None else _rows(known)
    return f"replace the {replaced} of {table.full_name} by {rows:,}"


def _addition(table: SummaryTable, live: LiveTable, rows: int, dates: RunDates, gone: int | None) -> str:
    name = table.full_name if live.build else f"the plain table {table.full_name}, whose rows stay,"
    preview = Preview(rows=_rows(rows), target=name, interval=_interval(dates), gone=gone)
    return strategy_named(table.refresh.strategy).preview_words(table.refresh, preview)


def _interval(dates: RunDates) -> str:
    if dates.start is None or dates.end is None:
        return spoken_due(dates.due)
    return f"{spoken_due(dates.start)} to {spoken_due(dates.end)}"


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"
