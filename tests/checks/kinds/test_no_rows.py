"""How many rows a query found that must find none."""

from summary_tables.checks import MOST_ROWS
from summary_tables.checks.kinds.no_rows import NoRows

CHECK = NoRows(query="SELECT a FROM b ; \n;")


def test_rows_are_shown_as_far_as_they_were_read() -> None:
    rows = [(number, "x") for number in range(1, MOST_ROWS + 1)]
    shown = "(1, x), (2, x), (3, x), (4, x), (5, x)"
    assert [CHECK.judge(rows[:count]).actual for count in (0, 1, 5, 6)] == [
        "none",
        "1 row: (1, x)",
        f"5 rows: {shown}",
        f"more than 5 rows, such as {shown}",
    ]


def test_without_samples_they_are_counted() -> None:
    bare = CHECK.without_samples()
    assert bare.sql == "SELECT COUNT(1) AS found FROM (\nSELECT a FROM b\n) AS found_rows"
    assert [bare.judge(((count,),)).actual for count in (0, 1, 2000)] == ["none", "1 row", "2,000 rows"]
