"""Dashes that a word processor made longer."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import long_dash
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize(
    "main_sql",
    ["SELECT a - b AS c", "SELECT 'a \u2013 b' AS c -- d \u2013 e", 'SELECT 1 AS "a\u2013b"', "SELECT 1 AS 월\u2013일"],
    ids=["ordinary", "in texts and comments", "in a name in quotes", "in a Korean name"],
)
def test_where_they_do_no_harm(main_sql: str, tmp_path: Path) -> None:
    assert said(long_dash.RULE, tmp_path, config(main_sql)) == []


@pytest.mark.parametrize(
    ("main_sql", "expected"),
    [
        ("SELECT a \u2013b AS c", ("4:12+1", "2013", "-")),
        ("SELECT a\u2212b AS c", ("4:11+1", "2212", "-")),
        ("SELECT a AS c\n\u2014 from here on\nFROM s.t", ("5:3+1", "2014", "--")),
    ],
)
def test_what_to_write(main_sql: str, expected: tuple[str, str, str], tmp_path: Path) -> None:
    place, code, written = expected
    assert said(long_dash.RULE, tmp_path, config(main_sql)) == [
        f"{place} error: `{chr(int(code, 16))}` (U+{code}) is not a minus; the warehouse takes it for a letter; "
        f"fix: write `{written}`"
    ]
