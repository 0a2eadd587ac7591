"""What publishing would do with the rows that readers see, in words. Pure."""

from summary_tables.model.build import BuildRun
from summary_tables.model.increment import strategy_of
from summary_tables.model.table import SummaryTable
from summary_tables.text.english import counted
from summary_tables.text.moments import due_text
from summary_tables.warehouse.increments.strategies import strategy_named
from summary_tables.warehouse.increments.strategy import Preview
from summary_tables.warehouse.live_table import LiveTable


def publishing_change(table: SummaryTable, live: LiveTable, rows: int, run: BuildRun, gone: int | None = None) -> str:
    """What follows "Publishing would", for a build of `rows` rows. `gone`: how many go, where that is known."""
    if live.kind == "absent":
        return f"create {table.full_name} with {counted(rows, 'row')}"
    if strategy_of(table, run) != "replace":
        return _addition(table, live, rows, run, gone)
    if live.build is None:
        return f"keep the plain table {table.full_name} as an old version, and show {counted(rows, 'row')} in its place"
    # How many rows a table has that grows is not in the build log.
    known = gone if table.refresh.is_incremental else live.build.rows
    replaced = "rows" if known is None else counted(known, "row")
    return f"replace the {replaced} of {table.full_name} by {rows:,}"


def _addition(table: SummaryTable, live: LiveTable, rows: int, run: BuildRun, gone: int | None) -> str:
    name = table.full_name if live.build else f"the plain table {table.full_name} (whose rows stay)"
    preview = Preview(rows=counted(rows, "row"), target=name, interval=_interval(table.timezone, run), gone=gone)
    return strategy_named(table.refresh.strategy).preview_words(table.refresh, preview)


def _interval(zone: str, run: BuildRun) -> str:
    if run.interval_start is None or run.interval_end is None:
        return due_text(zone, run.run_at)
    return f"{due_text(zone, run.interval_start)} to {due_text(zone, run.interval_end)}"
