"""Columns that would have no name at all."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import missing_column_name
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize(
    "main_sql",
    [
        "SELECT price * amount AS revenue, 'x' AS y, COUNT(*) FROM raw_data.orders GROUP BY 1, 2",
        "SELECT * FROM raw_data.orders",
        "SELECT id FROM (SELECT id, 1 + 1 FROM raw_data.orders) AS part",
        "WITH part AS (SELECT 1 + 1) SELECT COUNT(1) FROM part",
    ],
)
def test_named_columns_and_inner_queries_are_fine(main_sql: str, tmp_path: Path) -> None:
    assert said(missing_column_name.RULE, tmp_path, config(main_sql)) == []


def test_each_nameless_column_is_said_where_it_stands(tmp_path: Path) -> None:
    main_sql = "SELECT id, price * amount,\n  -1\nFROM raw_data.orders"
    assert said(missing_column_name.RULE, tmp_path, config(main_sql)) == [
        "4:14+14 error: this column has no name, and every column of a table needs one; "
        "fix: write `price * amount AS some_name`",
        "5:5+2 error: this column has no name, and every column of a table needs one; fix: write `-1 AS some_name`",
    ]


def test_long_expression_is_not_repeated(tmp_path: Path) -> None:
    main_sql = "SELECT\n  score * 100 +\n    CASE WHEN score > 9 THEN 1 WHEN score > 6 THEN 0 END\nFROM raw_data.nps"
    assert said(missing_column_name.RULE, tmp_path, config(main_sql)) == [
        "5:5+13 error: this column has no name, and every column of a table needs one; "
        "fix: write `AS some_name` behind it"
    ]
