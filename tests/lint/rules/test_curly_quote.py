"""Quotes that a word processor made."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import curly_quote
from tests.lint.rules.one_rule import config, said

LEFT, RIGHT, LEFT_DOUBLE, RIGHT_DOUBLE = "\u2018", "\u2019", "\u201c", "\u201d"


@pytest.mark.parametrize(
    "main_sql",
    [
        "SELECT 'straight' AS one",
        f"SELECT 'it{RIGHT}s {LEFT_DOUBLE}fine{RIGHT_DOUBLE}' AS one -- {LEFT}so is this{RIGHT}",
        f"SELECT 1 AS user{RIGHT}s",
    ],
    ids=["straight", "in texts and comments", "inside a name"],
)
def test_where_they_do_no_harm(main_sql: str, tmp_path: Path) -> None:
    assert said(curly_quote.RULE, tmp_path, config(main_sql)) == []


WORDS = "is a curly quote; the warehouse takes it for a letter; fix: write"


@pytest.mark.parametrize(
    ("main_sql", "expected"),
    [
        (
            f"SELECT a FROM s.t WHERE b = {LEFT}Organic search{RIGHT}",
            f"4:31+16 error: `{LEFT}` {WORDS} 'Organic search'",
        ),
        (f"SELECT a AS {LEFT_DOUBLE}Total{RIGHT_DOUBLE}", f'4:15+7 error: `{LEFT_DOUBLE}` {WORDS} "Total"'),
        (f"SELECT a = {LEFT_DOUBLE}x{RIGHT_DOUBLE} AS b", f"4:14+3 error: `{LEFT_DOUBLE}` {WORDS} 'x'"),
        (f"SELECT {LEFT}a AS b", f"4:10+1 error: `{LEFT}` {WORDS} ' around texts and \" around names"),
    ],
)
def test_what_to_write(main_sql: str, expected: str, tmp_path: Path) -> None:
    assert said(curly_quote.RULE, tmp_path, config(main_sql)) == [expected]
