"""Whether the rows of a run can be added to a table: looked at while the increment is built."""

from collections.abc import Iterable
from datetime import datetime

from summary_tables.model.build import BuildRun
from summary_tables.model.increment import RUN_COLUMN, is_shorter_than_a_day, spoken_interval, strategy_of
from summary_tables.model.table import SummaryTable
from summary_tables.sql.dialects.postgres.text import bounds
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import Row, Session


def refuse_unsuitable_query(table: SummaryTable, run: BuildRun, columns: tuple[str, ...]) -> None:
    """Raise `WarehouseError` if a result with these `columns`, or this run, can be no increment; before it is built."""
    refresh = table.refresh
    if not refresh.is_incremental:
        return
    if RUN_COLUMN in columns:
        raise WarehouseError(
            f'The column "{RUN_COLUMN}" of the query has a name that the table needs to know its increments by. '
            "Write ... AS another_name."
        )
    needed = {"time_column": (refresh.time_column,), "unique_key": refresh.unique_key}
    for key, names in needed.items():
        unknown = next((name for name in names if name and name not in columns), None)
        if unknown is not None:
            raise WarehouseError(
                f'`{key}` of `{refresh.strategy}` names the column "{unknown}", which the query does not return. '
                f"Its columns are: {', '.join(columns)}."
            )
    if strategy_of(table, run) == "delete_insert":
        _interval(run)


def refuse_unsuitable_rows(
    session: Session, table: SummaryTable, run: BuildRun, version: str, *, samples: bool
) -> None:
    """Raise `WarehouseError` if the rows of `version`, which the run built, cannot be added.

    `samples`: the words show a few of the wrong values, unless those are personal data.
    """
    match strategy_of(table, run):
        case "delete_insert":
            _refuse_times(session, table, run, version, samples=samples)
        case "merge":
            _refuse_keys(session, table, version, samples=samples)


def interval_bounds(
    session: Session, version: str, column: str, interval: tuple[datetime, datetime]
) -> tuple[str, str]:
    """The interval as literals of the type of the time column. Raises `WarehouseError` if the type has no time."""
    types = dict(_columns(session, version))
    low_and_high = bounds(types[column], *interval)
    if low_and_high is None:
        raise WarehouseError(
            f'The time column "{column}" is of the type {types[column]}, which cannot be compared with the run\'s data '
            f"interval: it must be a date or a timestamp. Write CAST(... AS date) AS {column} in the query."
        )
    if types[column] == "date" and is_shorter_than_a_day(*interval):
        raise WarehouseError(
            f'The time column "{column}" is a date, and a run covers less than a day: it would replace the rows of '
            "the whole day. Use a column with a timestamp as `time_column`, or let the table run once a day."
        )
    return low_and_high


def _interval(run: BuildRun) -> tuple[datetime, datetime]:
    start, end = run.interval_start, run.interval_end
    if start is None or end is None or start >= end:
        raise WarehouseError(
            "This run covers no data interval, so `delete_insert` does not know which rows to replace: it was started "
            "by another table, or by hand without a date. Give the table a cron schedule, or start the run with a date."
        )
    return start, end


def _refuse_times(session: Session, table: SummaryTable, run: BuildRun, version: str, *, samples: bool) -> None:
    column = table.refresh.time_column
    low, high = interval_bounds(session, version, column, _interval(run))
    found = session.rows(session.sql.increments.times_outside(version, column, low, high))
    if found:
        is_date = low.startswith("DATE ")
        days = f", that is from {low[6:-1]} to before {high[6:-1]}" if is_date else ""
        start, end = (f"'{{{{ data_interval_{side}{' | ds' if is_date else ''} }}}}'" for side in ("start", "end"))
        raise WarehouseError(
            f"{_rows(found)} of the result {_have(found)} a {column} outside of the run's data interval, "
            f"{spoken_interval(run)}{days}{_examples(table, (column,), found, samples=samples)}. "
            f"Only rows of this interval are replaced. Write WHERE ... >= {start} AND ... < {end} in the query."
        )


def _refuse_keys(session: Session, table: SummaryTable, version: str, *, samples: bool) -> None:
    key = table.refresh.unique_key
    name = ", ".join(key)
    empty = session.rows(session.sql.increments.empty_keys(version, key))
    if empty:
        examples = _examples(table, key, empty, samples=samples) if len(key) > 1 else ""
        raise WarehouseError(
            f"{_rows(empty)} of the result {_have(empty)} an empty value (NULL) in the unique key ({name}){examples}. "
            f"Leave such rows out (WHERE {key[0]} IS NOT NULL), or choose other columns as `unique_key`."
        )
    repeated = session.rows(session.sql.increments.repeated_keys(version, key))
    if repeated:
        raise WarehouseError(
            f"{_rows(repeated)} of the result share their unique key ({name}) with another"
            f"{_examples(table, key, repeated, samples=samples)}. "
            f"Let the query return one row for each (GROUP BY {name}), or add a column to `unique_key`."
        )


def _columns(session: Session, version: str) -> list[tuple[str, str]]:
    rows = session.rows(session.sql.catalog.columns(session.warehouse.versions_schema, version))
    return [(name, full_type) for name, full_type in rows]


def _rows(found: list[Row]) -> str:
    total = int(found[0][-1])
    return f"{total:,} row{'' if total == 1 else 's'}"


def _have(found: list[Row]) -> str:
    return "has" if int(found[0][-1]) == 1 else "have"


def _examples(table: SummaryTable, columns: tuple[str, ...], found: list[Row], *, samples: bool) -> str:
    """`: 2026-11-20 (3 rows), NULL (1 row)`, of a combination of columns `(2026-11-20, web)`; `and others` if cut.

    Empty where no `samples` are wanted, or one of the columns holds personal data.
    """
    if not samples or table.pii_columns.intersection(columns):
        return ""
    texts = [f"{_value(values)} ({count:,} row{'' if count == 1 else 's'})" for *values, count, _ in found]
    more = sum(int(row[-2]) for row in found) < int(found[0][-1])
    return f": {', '.join(texts)}{' and others' if more else ''}"


def _value(values: Iterable[str | None]) -> str:
    texts = ["NULL" if value is None else value for value in values]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"
