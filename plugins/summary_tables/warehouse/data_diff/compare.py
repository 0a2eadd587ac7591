"""Two relations in one session -> what differs between their rows. Nothing is changed, and no row is fetched."""

import time
from collections.abc import Sequence
from dataclasses import replace

from summary_tables.model.data_bounds import DEFAULT_BOUNDS, Bounds
from summary_tables.model.data_diff import DataDiff, KeyOrigin
from summary_tables.model.failure import Refusal
from summary_tables.sql.statements.comparing import ComparedColumn
from summary_tables.text.english import quoted
from summary_tables.warehouse.data_diff.by_key import MOST_COMPARED, by_key
from summary_tables.warehouse.data_diff.by_rows import by_rows
from summary_tables.warehouse.data_diff.estimate import estimate, too_expensive, too_slow
from summary_tables.warehouse.data_diff.key import NO_KEY, Key, found_key
from summary_tables.warehouse.data_diff.pair import Pair
from summary_tables.warehouse.data_diff.relation import Relation
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import QUERY_CANCELED, Session


def compare(
    session: Session,
    before: Relation,
    after: Relation,
    key: Key = NO_KEY,
    *,
    shows_values: bool = True,
    bounds: Bounds = DEFAULT_BOUNDS,
    what: str = "The comparison",
) -> DataDiff | Refusal:
    """What differs between the rows of `before` and `after`, inside a transaction of `session`.

    Rows belong together that have the same `key`; without one, by the first columns that tell all rows apart, or else
    rows are compared as wholes. `what` is how the comparison is called where it is too expensive. Raises
    `WarehouseError`.
    """
    comparing = session.sql.comparing
    if comparing is None:
        return Refusal(error=f"Rows of tables cannot be compared on {session.dialect.title} yet.")
    started = time.monotonic()
    session = replace(
        session, shows_values=shows_values and session.shows_values and not before.private | after.private
    )
    pair = Pair(session, comparing, before, after, shows_values=shows_values)
    try:
        with session.savepoint():
            found = _compared(pair, key, bounds, what)
    except WarehouseError as error:
        if error.sqlstate != QUERY_CANCELED or time.monotonic() - started < bounds.minutes * 60:
            raise
        return too_slow(what, bounds)
    return found if isinstance(found, Refusal) else replace(found, seconds=time.monotonic() - started)


_TOO_WIDE = (
    f"by a key, {MOST_COMPARED} can be compared at once. Of two views with fewer columns, `summary-tables compare` "
    "does it"
)


def _compared(pair: Pair, key: Key, bounds: Bounds, what: str) -> DataDiff | Refusal:
    session, comparing = pair.session, pair.comparing
    if key.origin == "option" and (missing := [name for name in key.columns if name not in pair.common]):
        return Refusal(error=f"The key {quoted(missing)} is no column of both tables. They share {_some(pair.common)}.")
    rows = pair.count()
    every = -(-max(rows.values()) // bounds.max_rows) or 1
    if not pair.common:
        return replace(pair.columns_only(rows), removed=rows["before"], added=rows["after"])
    columns, origin = _key(pair, key, every)
    comparison = pair.comparison(columns, every)
    if columns and len(pair.common) > MOST_COMPARED:
        return Refusal(error=f"They share {len(pair.common):,} columns; {_TOO_WIDE}.")
    main = comparing.matched(comparison) if columns else comparing.whole_rows(comparison)
    if refusal := too_expensive(what, estimate(session, main), bounds):
        return refusal
    found = by_key(pair, comparison, rows) if columns else by_rows(pair, comparison, rows)
    return replace(
        found,
        key=tuple(column.after for column in columns),
        key_origin=origin,
        columns=(*map(pair.column, columns), *found.columns),
    )


def _key(pair: Pair, key: Key, every: int) -> tuple[tuple[ComparedColumn, ...], KeyOrigin]:
    if key.columns and all(name in pair.common for name in key.columns):
        return pair.compared(key.columns), key.origin
    # To look for one in tables of which only a sample is compared would cost more than the comparison.
    columns = found_key(pair.session, pair.all_rows) if every == 1 else ()
    return columns, "found" if columns else ""


def _some(names: Sequence[str], most: int = 20) -> str:
    rest = f" and {len(names) - most:,} more" if len(names) > most else ""
    return f"{quoted(names[:most])}{rest}" if names else "no column"
