"""What differs between rows that nothing tells apart: they are compared as wholes."""

from dataclasses import replace

from summary_tables.model.data_diff import DataDiff
from summary_tables.sql.statements.comparing import Comparison
from summary_tables.warehouse.data_diff.column_statistics import with_statistics
from summary_tables.warehouse.data_diff.examples import EXAMPLE_WIDTH, EXAMPLES, example_places, whole_example
from summary_tables.warehouse.data_diff.pair import Counts, Pair


def by_rows(pair: Pair, comparison: Comparison, rows: Counts) -> DataDiff:
    """A row is the same where all of it is. Raises `WarehouseError`."""
    looked_at = pair.looked_at(comparison, rows)
    ((added, removed),) = pair.session.rows(pair.comparing.whole_rows(comparison))
    columns = tuple(map(pair.column, comparison.columns))
    shown = example_places(columns)
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
    examples = pair.session.rows(pair.comparing.whole_examples(comparison, shown, EXAMPLES, EXAMPLE_WIDTH))
    return replace(
        diff,
        columns=with_statistics(pair.session, comparison, columns, range(len(columns))),
        examples=tuple(whole_example(row) for row in examples),
    )
