"""Names that a query's columns need."""

import pytest

from summary_tables.warehouse.session.query_guard import column_problem


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        (("a", "b"), ""),
        (("a", "A"), ""),
        ((), "The query returns no columns."),
        (("a", "?column?"), "Column 2 of the query has no name; write ... AS name."),
        (("?column?", "?column?"), "Column 1 of the query has no name; write ... AS name."),
        (
            ("n", "day", "n", "n"),
            'Columns 1 and 3 and 4 of the query are all called "n"; write ... AS another_name.',
        ),
        (("n", "n"), 'Columns 1 and 2 of the query are both called "n"; write ... AS another_name.'),
    ],
)
def test_column_problem(columns: tuple[str, ...], problem: str) -> None:
    assert column_problem(columns) == problem
