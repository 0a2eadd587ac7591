"""Columns that each table has already."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import system_column
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize("name", ["cmax", "cmin", "ctid", "tableoid", "xmax", "xmin", "XMIN"])
def test_name_of_a_system_column(name: str, tmp_path: Path) -> None:
    assert said(system_column.RULE, tmp_path, config(f"SELECT min(a) AS {name} FROM raw_data.orders")) == [
        f"4:10+6 error: the warehouse keeps a column `{name.lower()}` of its own in each table; "
        f"fix: write `min(a) AS {name.lower()}_value`"
    ]


def test_column_that_is_selected_or_hides_behind_a_star(tmp_path: Path) -> None:
    main_sql = "WITH part AS (SELECT min(id) AS xmin FROM raw_data.a)\nSELECT p.*, b.ctid\nFROM part AS p, raw_data.b"
    assert said(system_column.RULE, tmp_path, config(main_sql)) == [
        "5:10+3 error: the warehouse keeps a column `xmin` of its own in each table; "
        "fix: write the columns that are wanted in place of `p.*`",
        "5:15+6 error: the warehouse keeps a column `ctid` of its own in each table; fix: write `b.ctid AS ctid_value`",
    ]


@pytest.mark.parametrize("name", ['"XMIN"', "xmin_value", "oid", "ymin", "xid"])
def test_other_names(name: str, tmp_path: Path) -> None:
    assert said(system_column.RULE, tmp_path, config(f"SELECT min(a) AS {name}, xmin = '1' AS b FROM raw_data.c")) == []
