"""What is said of columns that no table can have."""

import pytest

from summary_tables.warehouse.session.query_guard import column_problem


@pytest.mark.parametrize(
    ("columns", "words"),
    [
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
