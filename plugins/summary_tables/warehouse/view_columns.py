"""Which columns the published view has, and whether a new build fits them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from summary_tables.model import Build
from summary_tables.warehouse.spoken_time import spoken, spoken_due


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column and its full type, e.g. `numeric(5,2)`."""

    name: str
    type: str


def live_order(live: tuple[Column, ...], built: tuple[Column, ...]) -> tuple[str, ...]:
    """The columns of the view: the live ones in their order, then the new ones in theirs."""
    names = {column.name for column in live}
    return tuple(c.name for c in live) + tuple(c.name for c in built if c.name not in names)


def misfit(table: str, live: tuple[Column, ...], built: tuple[Column, ...]) -> str:
    """What readers of `table` would miss in the new build, in plain sentences; empty if nothing."""
    words = _misfit("The new build does", table, live, built)
    return words and (
        f"{words} To change them for good, use a new table name, "
        f"or drop {table} in the warehouse once nobody reads it and run again."
    )


def increment_misfit(table: str, live: tuple[Column, ...], built: tuple[Column, ...]) -> str:
    """Why the rows of a run cannot be added to `table`, in plain sentences; empty if they can."""
    words = _misfit("The rows of this run do", table, live, built)
    return words and (
        f"{words} To change them for good, use a new table name, or drop {table} in the warehouse once nobody reads it "
        'and start a run with {"full_refresh": true}.'
    )


def stale_increment(
    table: str, live: tuple[Column, ...], built: tuple[Column, ...], began: datetime, newer: Sequence[Build]
) -> str:
    """Why the rows of a run that began at `began` lack columns that `newer` builds brought; empty if it is not so."""
    names = {column.name for column in built}
    lacking = {column.name for column in live} - names
    bringing = next((build for build in reversed(newer) if lacking & set(build.columns)), None)
    if bringing is None:
        return ""
    missing = ", ".join(f'"{column.name}"' for column in live if column.name in lacking)
    what = "column" if len(lacking) == 1 else "columns"
    return (
        f"The rows of this run were built at {spoken(began)}, without the {what} {missing}, which came into {table} "
        f"after that, with the run of {spoken_due(bringing.run_at)}. Nothing was changed. "
        "Clear `create` of this run in Airflow to build them with the query of now."
    )


def lost_columns(live: tuple[Column, ...], built: tuple[Column, ...]) -> tuple[str, ...]:
    """What readers of the live columns would miss in those of a build, in words; empty if nothing."""
    types = {column.name: column.type for column in built}
    return tuple(change for column in live if (change := _change(column, types.get(column.name))))


def _misfit(what_does: str, table: str, live: tuple[Column, ...], built: tuple[Column, ...]) -> str:
    changes = lost_columns(live, built)
    if not changes:
        return ""
    return (
        f"{what_does} not fit the columns of {table}: {'; '.join(changes)}.{_new(live, built)} "
        "Give the query these columns again, under the same names and with the same types (CAST(... AS type) AS name)."
    )


def _change(column: Column, built_type: str | None) -> str:
    if built_type is None:
        return f'column "{column.name}" ({column.type}) is missing'
    if built_type != column.type:
        return f'column "{column.name}" was {column.type} and is now {built_type}'
    return ""


def _new(live: tuple[Column, ...], built: tuple[Column, ...]) -> str:
    names = {column.name for column in live}
    new = [f'"{column.name}" ({column.type})' for column in built if column.name not in names]
    return f" New in it: {', '.join(new)}." if new else ""
