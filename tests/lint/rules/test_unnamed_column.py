"""Columns whose name the warehouse would make up."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import unnamed_column
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize(
    "main_sql",
    [
        "SELECT COUNT(1) AS n, a.id, created_at::date FROM raw_data.orders AS a GROUP BY 2, 3",
        "SELECT 1 + 1",
        "SELECT ROUND(a), ROUND(b) FROM raw_data.orders",
        "SELECT * FROM raw_data.orders",
        'WITH x AS (SELECT a::text, "Net Amount"::numeric, (b)::int, o.c::date FROM raw_data.o) SELECT * FROM x',
        'SELECT "Net Amount"::numeric, (b)::int, (o.c)::text::date, d COLLATE "C", (e).f FROM raw_data.o',
    ],
    ids=["named", "no name at all", "one name twice", "star", "star over casts", "casts"],
)
def test_what_is_named_or_for_another_rule(main_sql: str, tmp_path: Path) -> None:
    assert said(unnamed_column.RULE, tmp_path, config(main_sql)) == []


def test_made_up_name_is_shown(tmp_path: Path) -> None:
    main_sql = "SELECT\n  created_at,\n  ROUND(AVG(score), 2),\n  COUNT(*)\nFROM raw_data.nps GROUP BY 1"
    assert said(unnamed_column.RULE, tmp_path, config(main_sql)) == [
        "6:5+20 warning: this column has no name; the table would call it `round`; "
        "fix: write `ROUND(AVG(score), 2) AS some_name`",
        "7:5+8 warning: this column has no name; the table would call it `count`; fix: write `COUNT(*) AS some_name`",
    ]
