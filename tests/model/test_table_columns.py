"""What is said of columns that no table can have."""

import pytest

from summary_tables.model.table_columns import column_problem


@pytest.mark.parametrize(
    ("columns", "words"),
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
        (("a", "xmin"), "The warehouse keeps a column `xmin` of its own in each table; write ... AS another_name."),
        (
            tuple(f"c{number}" for number in range(1601)),
            "The query gives 1,601 columns, and a table has 1,600 at most.",
        ),
        (tuple(f"c{number}" for number in range(1600)), ""),
    ],
)
def test_problem_of_columns(columns: tuple[str, ...], words: str) -> None:
    assert column_problem(columns) == words
