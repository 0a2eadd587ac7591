"""ORDER BY of a whole table."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import top_order_by
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize(
    "main_sql",
    [
        "SELECT id, ROW_NUMBER() OVER (ORDER BY ts) AS place FROM raw_data.a",
        "SELECT id FROM raw_data.a ORDER BY ts DESC LIMIT 10",
        "SELECT DISTINCT ON (id) id, channel FROM raw_data.a ORDER BY id, ts",
        "SELECT id FROM (SELECT id FROM raw_data.a ORDER BY ts) AS part",
        "SELECT STRING_AGG(name, ',' ORDER BY name) AS names FROM raw_data.a",
    ],
)
def test_order_that_means_something(main_sql: str, tmp_path: Path) -> None:
    assert said(top_order_by.RULE, tmp_path, config(main_sql)) == []


def test_brin_index_needs_the_order(tmp_path: Path) -> None:
    text = config("SELECT ts FROM raw_data.a ORDER BY ts", "indexes: [{columns: [ts], method: brin}]\n")
    assert said(top_order_by.RULE, tmp_path, text) == []


def test_order_of_a_table(tmp_path: Path) -> None:
    assert said(top_order_by.RULE, tmp_path, config("SELECT id\nFROM raw_data.a\nORDER BY id")) == [
        "6:3+8 info: ORDER BY has no effect here: the rows of a table have no order; "
        "fix: delete it; whoever reads the table sorts"
    ]
