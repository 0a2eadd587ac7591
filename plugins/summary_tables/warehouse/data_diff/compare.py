"""Two relations in one session -> what differs between their rows. Nothing is changed, and no row is fetched."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from summary_tables.model.data_bounds import DEFAULT_BOUNDS, Bounds
from summary_tables.model.data_diff import ColumnDiff, DataDiff, ExampleRow, KeyOrigin, KeyRange
from summary_tables.model.failure import Refusal
from summary_tables.sql.statements.comparing import SIDES, ComparedColumn, ComparingStatements, Comparison
from summary_tables.text.english import quoted
from summary_tables.warehouse.data_diff.column_statistics import MOST_COLUMNS, profiles, statistics_of
from summary_tables.warehouse.data_diff.estimate import estimate, too_expensive, too_slow
from summary_tables.warehouse.data_diff.key import NO_KEY, Key, found_key
from summary_tables.warehouse.data_diff.relation import Relation
from summary_tables.warehouse.session.errors import WarehouseError
from summary_tables.warehouse.session.session import QUERY_CANCELED, Row, Session

_EXAMPLES = 5
_EXAMPLE_COLUMNS = 8
_EXAMPLE_WIDTH = 200
_MOST_GUESSES = 9
_COUNTS, _RANGE, _MEASURES = 6, 2, 4
"""How many values the answer to `matched` has before the key, for a column of the key on a side, for a column."""
_MOST_COMPARED = 400
"""Columns, of which each is four in the answer to `matched`: PostgreSQL has room for 1,664."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


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
    pair = _Pair(session, comparing, before, after, shows_values=shows_values)
    try:
        with session.savepoint():
            found = _compared(pair, key, bounds, what)
    except WarehouseError as error:
        if error.sqlstate != QUERY_CANCELED or time.monotonic() - started < bounds.minutes * 60:
            raise
        return too_slow(what, bounds)
    return found if isinstance(found, Refusal) else replace(found, seconds=time.monotonic() - started)


_TOO_WIDE = (
    f"by a key, {_MOST_COMPARED} can be compared at once. Of two views with fewer columns, `summary-tables compare` "
    "does it"
)


def _compared(pair: "_Pair", key: Key, bounds: Bounds, what: str) -> DataDiff | Refusal:
    session, comparing = pair.session, pair.comparing
    if key.origin == "option" and (missing := [name for name in key.columns if name not in pair.common]):
        return Refusal(error=f"The key {quoted(missing)} is no column of both tables. They share {_some(pair.common)}.")
    rows = {side: session.rows(comparing.count_rows(pair.all_rows, side))[0][0] for side in SIDES}
    every = -(-max(rows.values()) // bounds.max_rows) or 1
    if not pair.common:
        return replace(pair.columns_only(rows), removed=rows["before"], added=rows["after"])
    columns, origin = _key(pair, key, every)
    comparison = pair.comparison(columns, every)
    if columns and len(pair.common) > _MOST_COMPARED:
        return Refusal(error=f"They share {len(pair.common):,} columns; {_TOO_WIDE}.")
    main = comparing.matched(comparison) if columns else comparing.whole_rows(comparison)
    if refusal := too_expensive(what, estimate(session, main), bounds):
        return refusal
    found = _by_key(pair, comparison, rows) if columns else _by_rows(pair, comparison, rows)
    return replace(
        found,
        key=tuple(column.after for column in columns),
        key_origin=origin,
        columns=(*map(pair.column, columns), *found.columns),
    )


class _Pair:
    """The two relations, and the columns that both have, in the order of the later one."""

    def __init__(
        self,
        session: Session,
        comparing: ComparingStatements,
        before: Relation,
        after: Relation,
        *,
        shows_values: bool,
    ) -> None:
        self.session = session
        self.comparing = comparing
        self.before = before
        self.after = after
        self._shows_values = shows_values
        self._types_before = {column.name: column.type for column in before.columns}
        self._types_after = {column.name: column.type for column in after.columns}
        self._private = before.private | after.private
        self.common = tuple(name for name in self._types_after if name in self._types_before)

    @property
    def all_rows(self) -> Comparison:
        return Comparison(before=self.before.sql, after=self.after.sql, key=(), columns=self.compared(self.common))

    def compared(self, names: Sequence[str]) -> tuple[ComparedColumn, ...]:
        return tuple(self._compared(name, name) for name in names)

    def comparison(self, key: tuple[ComparedColumn, ...], every: int) -> Comparison:
        """The key's columns are none of the others. With a key, new columns are compared with those that are gone."""
        names = [name for name in self.common if name not in {column.before for column in key}]
        guesses = self._guesses() if key else ()
        return Comparison(
            before=self.before.sql,
            after=self.after.sql,
            key=key,
            columns=(*self.compared(names), *guesses),
            every=every,
        )

    def columns_only(self, rows: dict[Any, int]) -> DataDiff:
        """What can be said without looking at the rows."""
        new = [name for name in self._types_after if name not in self._types_before]
        order = [name for name in self._types_before if name in self._types_after]
        # One that is new may be one that is gone, under another name.
        is_private = any(name in self._private for name in self._types_before if name not in self._types_after)
        return DataDiff(
            rows_before=rows["before"],
            rows_after=rows["after"],
            compared_before=rows["before"],
            compared_after=rows["after"],
            new_columns=profiles(self.session, self.after, new, shows_values=self._shows_values and not is_private),
            gone_columns=tuple(column for column in self.before.columns if column.name not in self._types_after),
            is_reordered=order != list(self.common),
        )

    def column(self, column: ComparedColumn, row: Row = (0, 0, None, 0)) -> ColumnDiff:
        """`row`: what `matched` says of it."""
        changed, slight, largest, _ = row
        has_noise = bool(column.compared_as.tolerance)
        return ColumnDiff(
            name=column.after,
            type_before=self._types_before[column.before],
            type_after=self._types_after[column.after],
            changed=changed,
            noise=slight if has_noise else 0,
            reordered=0 if has_noise else slight,
            largest=largest,
            is_time=column.compared_as.kind == "time",
            hidden=column.hidden,
        )

    def _compared(self, before: str, after: str, *, guess: bool = False) -> ComparedColumn:
        how = self.session.dialect.types.compared_as(self._types_before[before], self._types_after[after])
        hidden = not self._shows_values or before in self._private or after in self._private
        return ComparedColumn(before=before, after=after, compared_as=how, hidden=hidden, guess=guess)

    def _guesses(self) -> tuple[ComparedColumn, ...]:
        """Columns that may be the same under another name."""
        pairs = [
            self._compared(old, new, guess=True)
            for old, type_before in self._types_before.items()
            for new, type_after in self._types_after.items()
            if old not in self._types_after and new not in self._types_before and type_before == type_after
        ]
        return tuple(pairs[:_MOST_GUESSES])


def _key(pair: _Pair, key: Key, every: int) -> tuple[tuple[ComparedColumn, ...], KeyOrigin]:
    if key.columns and all(name in pair.common for name in key.columns):
        return pair.compared(key.columns), key.origin
    # To look for one in tables of which only a sample is compared would cost more than the comparison.
    columns = found_key(pair.session, pair.all_rows) if every == 1 else ()
    return columns, "found" if columns else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matched:
    """The answer to `matched`."""

    pairs: int
    new: int
    gone: int
    new_empty: int
    gone_empty: int
    changed: int
    new_ranges: tuple[tuple[str | None, str | None], ...]
    gone_ranges: tuple[tuple[str | None, str | None], ...]
    columns: tuple[Row, ...]

    def is_exact(self, before: int, after: int) -> bool:
        """Each row stands in it once. NULL in a key is equal to nothing here, so it must not be on both sides."""
        is_once = self.pairs + self.gone == before and self.pairs + self.new == after
        return is_once and not (self.new_empty and self.gone_empty)


def _matched(pair: _Pair, comparison: Comparison) -> _Matched:
    (row,) = pair.session.rows(pair.comparing.matched(comparison))
    values = iter(row)

    def take(count: int) -> tuple[Any, ...]:
        return tuple(next(values) for _ in range(count))

    pairs, new, gone, new_empty, gone_empty, changed = take(_COUNTS)
    ranges = [tuple(take(_RANGE) for _ in comparison.key) for _ in SIDES]
    return _Matched(
        pairs=pairs,
        new=new,
        gone=gone,
        new_empty=new_empty,
        gone_empty=gone_empty,
        changed=changed,
        new_ranges=ranges[0],
        gone_ranges=ranges[1],
        columns=tuple(_measured(*take(_MEASURES)) for _ in comparison.columns),
    )


def _measured(changed: int, slight: int, largest: str | None, filled: int) -> Row:
    """Without a size of 0, which values have that differ by none: 10:00 in Seoul and the same moment in UTC."""
    return changed, slight, largest if largest is not None and Decimal(largest) else None, filled


def _by_key(pair: _Pair, comparison: Comparison, rows: dict[Any, int]) -> DataDiff:
    looked_at = rows
    if comparison.every > 1:
        looked_at = {side: pair.session.rows(pair.comparing.count_rows(comparison, side))[0][1] for side in SIDES}
    found, repeated = _matched(pair, comparison), (0, 0, 0, 0)
    if not found.is_exact(looked_at["before"], looked_at["after"]):
        comparison = replace(comparison, careful=True)
        found = _matched(pair, comparison)
        (repeated,) = pair.session.rows(pair.comparing.repeated(comparison))
    compared_before = found.pairs + found.gone + repeated[0]
    compared_after = found.pairs + found.new + repeated[1]
    if comparison.every == 1:
        # Somebody may have published in between; these numbers belong together.
        rows = {"before": compared_before, "after": compared_after}
    sure = [(column, row) for column, row in zip(comparison.columns, found.columns, strict=True) if not column.guess]
    columns = tuple(pair.column(*each) for each in sure)
    shown = _example_places(columns)
    diff = replace(
        pair.columns_only(rows),
        every=comparison.every,
        compared_before=compared_before,
        compared_after=compared_after,
        added=found.new + repeated[2],
        removed=found.gone + repeated[3],
        changed=found.changed,
        repeated_before=repeated[0],
        repeated_after=repeated[1],
        added_range=None if repeated[2] else _key_range(comparison, found.new_ranges),
        removed_range=None if repeated[3] else _key_range(comparison, found.gone_ranges),
        columns=_with_statistics(
            pair, comparison, columns, [place for place, each in enumerate(columns) if each.changed]
        ),
        renamed=_renamed(comparison, found),
        example_columns=tuple(columns[place].name for place in shown),
    )
    if not (found.new or found.gone or found.changed):
        return diff
    largest = [row[2] for row in found.columns]
    examples = pair.session.rows(pair.comparing.examples(comparison, shown, largest, _EXAMPLES, _EXAMPLE_WIDTH))
    keys = len(comparison.key)
    return replace(diff, examples=tuple(_example(row, keys, len(shown)) for row in examples))


def _by_rows(pair: _Pair, comparison: Comparison, rows: dict[Any, int]) -> DataDiff:
    looked_at = rows
    if comparison.every > 1:
        looked_at = {side: pair.session.rows(pair.comparing.count_rows(comparison, side))[0][1] for side in SIDES}
    ((added, removed),) = pair.session.rows(pair.comparing.whole_rows(comparison))
    columns = tuple(map(pair.column, comparison.columns))
    shown = _example_places(columns)
    diff = replace(
        pair.columns_only(rows),
        every=comparison.every,
        compared_before=looked_at["before"],
        compared_after=looked_at["after"],
        added=added,
        removed=removed,
        columns=columns,
        example_columns=tuple(columns[place].name for place in shown),
    )
    if not (added or removed):
        return diff
    examples = pair.session.rows(pair.comparing.whole_examples(comparison, shown, _EXAMPLES, _EXAMPLE_WIDTH))
    return replace(
        diff,
        columns=_with_statistics(pair, comparison, columns, range(len(columns))),
        examples=tuple(_whole_example(row) for row in examples),
    )


def _example_places(columns: Sequence[ColumnDiff]) -> list[int]:
    """Those that change; where none does, the first ones."""
    seen = [place for place, column in enumerate(columns) if not column.hidden]
    return ([place for place in seen if columns[place].changed] or seen)[:_EXAMPLE_COLUMNS]


def _with_statistics(
    pair: _Pair, comparison: Comparison, columns: tuple[ColumnDiff, ...], places: Sequence[int]
) -> tuple[ColumnDiff, ...]:
    asked = places[:MOST_COLUMNS]
    before, after = (statistics_of(pair.session, comparison, side, asked) for side in SIDES)
    return tuple(
        replace(column, before=before.get(place), after=after.get(place)) for place, column in enumerate(columns)
    )


def _renamed(comparison: Comparison, found: _Matched) -> tuple[tuple[str, str], ...]:
    """Each column once: the first that has the same values, some of which are not NULL."""
    pairs: dict[str, str] = {}
    for column, (changed, _, _, filled) in zip(comparison.columns, found.columns, strict=True):
        is_same = column.guess and filled and not changed
        if is_same and column.before not in pairs and column.after not in pairs.values():
            pairs[column.before] = column.after
    return tuple(pairs.items())


def _key_range(comparison: Comparison, ranges: Sequence[tuple[str | None, str | None]]) -> KeyRange | None:
    """That of the only column, or of the first one with a time."""
    for column, (first, last) in zip(comparison.key, ranges, strict=True):
        is_alone = len(comparison.key) == 1
        if first is not None and last is not None and (is_alone or column.compared_as.kind == "time"):
            days = is_alone and all(map(_DAY.fullmatch, (first, last)))
            return KeyRange(name=column.after, first=first, last=last, days=days)
    return None


def _example(row: Row, keys: int, columns: int) -> ExampleRow:
    kind, *values = row
    key, old, new = values[:keys], values[keys : keys + columns], values[keys + columns :]
    return ExampleRow(
        kind=kind,
        key=tuple(key),
        before=() if kind == "added" else tuple(old),
        after=() if kind == "removed" else tuple(new),
    )


def _whole_example(row: Row) -> ExampleRow:
    kind, *values = row
    is_new = kind == "added"
    return ExampleRow(kind=kind, key=(), before=() if is_new else tuple(values), after=tuple(values) if is_new else ())


def _some(names: Sequence[str], most: int = 20) -> str:
    rest = f" and {len(names) - most:,} more" if len(names) > most else ""
    return f"{quoted(names[:most])}{rest}" if names else "no column"
