"""Columns of text stand below each other, however wide their signs are."""

from summary_tables.text.columns import plain_table


def test_plain_table() -> None:
    assert plain_table(["name", "rows"], [["한국", "7"], ["x\x1b", "1,234"]], numbers=[1]) == (
        "name   rows\n"
        "한국      7\n"
        "x␛    1,234\n"
    )  # fmt: skip
