"""`delete_insert`: the rows of a run take the place of those whose time lies in the run's data interval."""

from collections.abc import Mapping
from datetime import datetime

from summary_tables.model.build import Build, BuildRun
from summary_tables.model.increment import interval_text, is_shorter_than_a_day
from summary_tables.model.table import Refresh, SummaryTable
from summary_tables.sql.dialects.postgres.text import bounds
from summary_tables.sql.quoting import identifier
from summary_tables.sql.statements.increments import IncrementStatements
from summary_tables.text.english import counted
from summary_tables.text.moments import is_shown_twice, local, span_text
from summary_tables.warehouse.increments.shown_rows import examples, rows_have, shown_value, time_columns
from summary_tables.warehouse.increments.spans import ALWAYS, contains, interval_of, overlap
from summary_tables.warehouse.increments.strategy import Addition, Asked, Change, Condition, Preview, Strategy

_Bounds = tuple[str, str]

_NO_INTERVAL = (
    "This run covers no data interval, so `delete_insert` does not know which rows to replace: it was started "
    "by another table, or by hand without a date. Give the table a cron schedule, or start the run with a date."
)


class DeleteInsert(Strategy):
    """What a row is of, its `time_column` tells."""

    NAME = "delete_insert"
    NEEDS_INTERVAL = True

    def in_words(self, refresh: Refresh, /) -> str:
        return f"each run replaces the rows of its data interval, by `{refresh.time_column}`"

    def preview_words(self, _refresh: Refresh, preview: Preview, /) -> str:
        return f"put {preview.rows} into {preview.target} in the place of those of {preview.interval}{preview.went}"

    def columns(self, refresh: Refresh, /) -> Mapping[str, tuple[str, ...]]:
        return {"time_column": (refresh.time_column,)}

    def why_not_run(self, run: BuildRun, /) -> str:
        return "" if interval_of(run) else _NO_INTERVAL

    def why_not_rows(self, asked: Asked, addition: Addition, /) -> str:
        low_and_high = _bounds(addition)
        if isinstance(low_and_high, str):
            return low_and_high
        low, high = low_and_high
        column = addition.refresh.time_column
        found = asked.rows(asked.sql.increments.times_outside(addition.version, column, low, high))
        if not found:
            return ""
        is_date = low.startswith("DATE ")
        days = f", that is from {low[6:-1]} to before {high[6:-1]}" if is_date else ""
        start, end = (f"'{{{{ data_interval_{side}{' | ds' if is_date else ''} }}}}'" for side in ("start", "end"))
        return (
            f"{rows_have(found)} a {column} outside of the run's data interval, "
            f"{interval_text(addition.table.timezone, addition.run)}{days}{examples(addition, (column,), found)}. "
            f"Only rows of this interval are replaced. Write WHERE ... >= {start} AND ... < {end} in the query."
        )

    def holds(self, newer: Build, older: Build, /) -> bool:
        new, old = interval_of(newer), interval_of(older)
        return new is not None and old is not None and contains(new, old)

    def collides(self, newer: Build, older: Build, /) -> bool:
        old = interval_of(older)
        if old is None or newer.interval_end is None:
            return False
        start = None if newer.is_whole else newer.interval_start
        return overlap((start or ALWAYS, newer.interval_end), old)

    def change(self, sql: IncrementStatements, addition: Addition, base: str, /) -> Change | str:
        low_and_high = _bounds(addition)
        if isinstance(low_and_high, str):
            return low_and_high
        return Change(
            delete=sql.delete_of_interval(base, addition.refresh.time_column, *low_and_high),
            insert=sql.add_rows(base, addition.version, tuple(addition.types), addition.moment),
        )

    def replaced(self, _sql: IncrementStatements, addition: Addition, /) -> Condition | None:
        low_and_high = _bounds(addition)
        if isinstance(low_and_high, str):
            return None
        column = identifier(addition.refresh.time_column)
        return Condition(text=f"{column} >= {low_and_high[0]} AND {column} < {low_and_high[1]}")

    def lost(self, asked: Asked, table: SummaryTable, live: str, whole: str, /) -> str:
        column = table.refresh.time_column
        if column not in time_columns(asked, table):
            return ""
        ((days, first, last),) = asked.rows(asked.sql.increments.lost_days(live, whole, column))
        if not days:
            return ""
        which = shown_value(asked, table, column, f": {first}" if days == 1 else f", from {first} to {last}")
        return f"has no rows of {counted(days, 'day')} of which readers have some{which}"


def _bounds(addition: Addition) -> _Bounds | str:
    """The interval as literals of the type of the time column, or why it has none."""
    column, interval = addition.refresh.time_column, interval_of(addition.run)
    if interval is None:
        return _NO_INTERVAL
    full_type = addition.types[column]
    zone = addition.table.timezone
    low_and_high = bounds(full_type, *interval, zone)
    if low_and_high is None:
        return (
            f'The time column "{column}" is of the type {full_type}, which cannot be compared with the run\'s data '
            f"interval: it must be a date or a timestamp. Write CAST(... AS date) AS {column} in the query."
        )
    if full_type == "date" and is_shorter_than_a_day(*interval):
        return (
            f'The time column "{column}" is a date, and a run covers less than a day: it would replace the rows of '
            "the whole day. Use a column with a timestamp as `time_column`, or let the table run once a day."
        )
    if full_type.endswith("without time zone") and _are_ends_unclear(*interval, zone):
        return (
            f'The time column "{column}" is of the type {full_type}, and the clocks of {zone} show an end of this '
            f"run's data interval twice, {span_text(zone, interval)}: which rows it replaces cannot be told. Make the "
            "column a timestamp with time zone, such as CAST(... AS timestamptz)."
        )
    return low_and_high


def _are_ends_unclear(start: datetime, end: datetime, zone: str) -> bool:
    """A clock that was put back shows `start` at another moment, too, or has shown `end` before."""
    low, high = local(zone, start), local(zone, end)
    return is_shown_twice(low) or (is_shown_twice(high) and high.fold == 1)
