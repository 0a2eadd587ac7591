"""Shares of two whole numbers."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import whole_division
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize(
    "expression",
    [
        "COUNT(a)::float / COUNT(b)",
        "COUNT(a) / COUNT(b)::numeric",
        "1.0 * COUNT(a) / COUNT(b)",
        "(COUNT(a) / COUNT(b))::int",
        "FLOOR(COUNT(a) / COUNT(b))",
        "COUNT(a) / 7",
        "SUM(a) / COUNT(*)",
        "a / b",
        "COUNT(a) * COUNT(b)",
        "AVG(a) / COUNT(b)",
    ],
)
def test_no_whole_numbers_or_meant(expression: str, tmp_path: Path) -> None:
    assert said(whole_division.RULE, tmp_path, config(f"SELECT {expression} AS a FROM raw_data.a")) == []


@pytest.mark.parametrize(("dialect", "kind"), [("postgres", "numeric"), ("redshift", "float")])
@pytest.mark.parametrize(
    "left", ["COUNT(a)", "100 * COUNT(a)", "SUM(CASE WHEN a THEN 1 ELSE 0 END)", "SUM(a::int)", "ROUND(COUNT(a)"]
)
def test_shares_that_are_cut(left: str, dialect: str, kind: str, tmp_path: Path) -> None:
    text = config(f"SELECT\n{left}\n/ NULLIF(COUNT(*), 0){')' if 'ROUND' in left else ''} AS a\nFROM raw_data.a")
    assert said(whole_division.RULE, tmp_path, text, defaults=f"warehouse: {{dialect: {dialect}}}\n") == [
        "6:3+1 warning: both sides are whole numbers, so what is behind the point is cut off: 2 / 3 is 0; "
        f"fix: write `::{kind}` behind what stands right of `/`"
    ]
