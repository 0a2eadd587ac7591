"""More columns than a table can have."""

from pathlib import Path

from summary_tables.lint.rules import too_many_columns
from tests.lint.rules.one_rule import config, said


def query(number: int) -> str:
    return "SELECT\n" + ",\n".join(f"  {each} AS c{each}" for each in range(1, number + 1))


def test_as_many_as_a_table_can_have(tmp_path: Path) -> None:
    assert said(too_many_columns.RULE, tmp_path, config(query(1600))) == []


def test_one_more(tmp_path: Path) -> None:
    assert said(too_many_columns.RULE, tmp_path, config(query(1601))) == [
        "1605:5+4 error: the query gives 1,601 columns, and a table has 1,600 at most; "
        "fix: delete columns from here on, or make two tables of them"
    ]
