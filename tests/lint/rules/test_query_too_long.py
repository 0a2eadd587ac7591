"""A query that is too long to be read is named once."""

from pathlib import Path

from summary_tables.lint.rules import query_too_long, sql_syntax
from summary_tables.sql.parser import MAX_CHARACTERS
from tests.lint.rules.one_rule import config, said


def long_query(characters: int) -> str:
    return "SELECT FORM a".ljust(characters - 1, "x")


def test_query_of_the_most_characters_is_read(tmp_path: Path) -> None:
    assert said(query_too_long.RULE, tmp_path, config(long_query(MAX_CHARACTERS))) == []
    assert len(said(sql_syntax.RULE, tmp_path, config(long_query(MAX_CHARACTERS - 20) + " FROM"))) == 1


def test_longer_query_is_not(tmp_path: Path) -> None:
    text = config(long_query(MAX_CHARACTERS + 1))
    assert said(sql_syntax.RULE, tmp_path, text) == []
    assert said(query_too_long.RULE, tmp_path, text) == [
        "3:11+1 info: the SQL has 50,001 characters; lint reads the SQL of up to 50,000; "
        "fix: leave it as it is, or build part of it as a summary table of its own"
    ]
