"""What differs between rows that belong together by a key."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from summary_tables.model.data_diff import DataDiff, ExampleRow, KeyRange
from summary_tables.sql.statements.comparing import SIDES, Comparison
from summary_tables.warehouse.data_diff.column_statistics import with_statistics
from summary_tables.warehouse.data_diff.examples import EXAMPLE_WIDTH, EXAMPLES, example, example_places
from summary_tables.warehouse.data_diff.pair import Counts, Pair
from summary_tables.warehouse.session.session import Row

MOST_COMPARED = 400
"""Columns, of which each is four in the answer to `matched`: PostgreSQL has room for 1,664."""
_COUNTS, _RANGE, _MEASURES = 6, 2, 4
"""How many values the answer to `matched` has before the key, for a column of the key on a side, for a column."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def by_key(pair: Pair, comparison: Comparison, rows: Counts) -> DataDiff:
    """Rows belong together that have the same key. Raises `WarehouseError`."""
    found, repeated = _matched(pair, comparison), (0, 0, 0, 0)
    if not found.is_exact(pair.looked_at(comparison, rows)):
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
    shown = example_places(columns)
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
        columns=with_statistics(
            pair.session, comparison, columns, [place for place, each in enumerate(columns) if each.changed]
        ),
        renamed=_renamed(comparison, found),
        example_columns=tuple(columns[place].name for place in shown),
    )
    is_same = not (found.new or found.gone or found.changed)
    return diff if is_same else replace(diff, examples=_examples(pair, comparison, found, shown))


def _examples(pair: Pair, comparison: Comparison, found: "_Matched", shown: Sequence[int]) -> tuple[ExampleRow, ...]:
    largest = [row[2] for row in found.columns]
    rows = pair.session.rows(pair.comparing.examples(comparison, shown, largest, EXAMPLES, EXAMPLE_WIDTH))
    return tuple(example(row, len(comparison.key), len(shown)) for row in rows)


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

    def is_exact(self, looked_at: Counts) -> bool:
        """Each row stands in it once. NULL in a key is equal to nothing here, so it must not be on both sides."""
        is_once = (self.pairs + self.gone, self.pairs + self.new) == (looked_at["before"], looked_at["after"])
        return is_once and not (self.new_empty and self.gone_empty)


def _matched(pair: Pair, comparison: Comparison) -> _Matched:
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
