"""Columns of one name."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import duplicate_column
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize(
    "main_sql",
    [
        'SELECT id, "ID", user_id FROM raw_data.orders',
        "SELECT a.*, b.* FROM raw_data.a, raw_data.b",
        "SELECT 1 + 1, 2 + 2",
        "SELECT id FROM raw_data.a UNION ALL SELECT id FROM raw_data.b",
    ],
    ids=["case in quotes", "unknown columns", "no names", "two branches"],
)
def test_columns_of_different_names(main_sql: str, tmp_path: Path) -> None:
    assert said(duplicate_column.RULE, tmp_path, config(main_sql)) == []


def test_both_lines_are_named(tmp_path: Path) -> None:
    main_sql = "SELECT\n  a.id,\n  b.ID,\n  count(*) AS id\nFROM raw_data.a AS a, raw_data.b AS b GROUP BY 1, 2"
    assert said(duplicate_column.RULE, tmp_path, config(main_sql)) == [
        "6:5+4 error: two columns are called `id`: this one and that on line 5; a table cannot have both; "
        "fix: write `b.ID AS another_name`, or delete one of the two",
        "7:5+8 error: two columns are called `id`: this one and that on line 5; a table cannot have both; "
        "fix: write `count(*) AS another_name`, or delete one of the two",
    ]


def test_made_up_names_collide_too(tmp_path: Path) -> None:
    assert said(duplicate_column.RULE, tmp_path, config("SELECT ROUND(a), ROUND(b) FROM raw_data.orders")) == [
        "4:20+8 error: two columns are called `round`: this one and that at column 10 of this line; "
        "a table cannot have both; fix: write `ROUND(b) AS another_name`, or delete one of the two"
    ]


def test_star_over_known_columns_brings_a_second(tmp_path: Path) -> None:
    main_sql = "WITH part AS (SELECT id, n FROM raw_data.a)\nSELECT part.id, part.*\nFROM part"
    assert said(duplicate_column.RULE, tmp_path, config(main_sql)) == [
        "5:19+6 error: two columns are called `id`: this one and that at column 10 of this line; "
        "a table cannot have both; fix: write the columns that are wanted in place of `part.*`, "
        "or delete one of the two"
    ]


def test_a_column_without_words_of_its_own_gets_another_name(tmp_path: Path) -> None:
    assert [
        line.partition("fix: ")[2] for line in said(duplicate_column.RULE, tmp_path, config("SELECT id, id FROM s.t"))
    ] == ["write `id AS another_name`, or delete one of the two"]
