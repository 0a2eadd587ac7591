"""A few rows that differ, as they are shown."""

from collections.abc import Sequence

from summary_tables.model.data_diff import ColumnDiff, ExampleRow
from summary_tables.warehouse.session.session import Row

EXAMPLES = 5
EXAMPLE_WIDTH = 200
_EXAMPLE_COLUMNS = 8


def example_places(columns: Sequence[ColumnDiff]) -> list[int]:
    """Those that change; where none does, the first ones."""
    seen = [place for place, column in enumerate(columns) if not column.hidden]
    return ([place for place in seen if columns[place].changed] or seen)[:_EXAMPLE_COLUMNS]


def example(row: Row, keys: int, columns: int) -> ExampleRow:
    kind, *values = row
    key, old, new = values[:keys], values[keys : keys + columns], values[keys + columns :]
    return ExampleRow(
        kind=kind,
        key=tuple(key),
        before=() if kind == "added" else tuple(old),
        after=() if kind == "removed" else tuple(new),
    )


def whole_example(row: Row) -> ExampleRow:
    kind, *values = row
    is_new = kind == "added"
    return ExampleRow(kind=kind, key=(), before=() if is_new else tuple(values), after=tuple(values) if is_new else ())
