"""Where Redshift reads values and queries otherwise than PostgreSQL."""

import pytest

from summary_tables.sql.dialects.redshift.text import backslash_literal, without_semicolon


@pytest.mark.parametrize(("text", "sql"), [("it's", "'it''s'"), ("a\\b", "'a\\\\b'"), ("\\'", "'\\\\'''")])
def test_redshift_literal(text: str, sql: str) -> None:
    assert backslash_literal(text) == sql


@pytest.mark.parametrize("query", ["SELECT 1", "SELECT 1;", "SELECT 1 ; \n;\t", "SELECT 1\n"])
def test_without_semicolon(query: str) -> None:
    assert without_semicolon(query) == "SELECT 1"


def test_a_semicolon_inside_stays() -> None:
    assert without_semicolon("SELECT ';'") == "SELECT ';'"
