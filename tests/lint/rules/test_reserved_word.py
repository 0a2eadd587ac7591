"""Names that are words of SQL."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import reserved_word
from summary_tables.model.problem import Finding
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.parser import parse
from tests.lint.rules.one_rule import said

SAYS = "is a word of SQL itself: whoever reads the table would have to write it in quotes"


@pytest.mark.parametrize("name", ["order_summary", "users", "orders", "date", "count", "name", "t"])
def test_names_that_need_no_quotes(name: str, tmp_path: Path) -> None:
    text = f"table: {name}\nschema: {name}\nmain_sql: SELECT 1 AS one\n"
    assert said(reserved_word.RULE, tmp_path, text) == []
    assert not isinstance(parse(f"SELECT 1 FROM {name}", POSTGRES), Finding)


def test_names_that_do(tmp_path: Path) -> None:
    assert said(reserved_word.RULE, tmp_path, "table: order\nschema: user\nmain_sql: SELECT 1 AS one\n") == [
        f"1:8+5 error: `order` {SAYS}; fix: choose another name, such as `order_summary`",
        f"2:9+4 error: `user` {SAYS}; fix: choose another schema",
    ]


@pytest.mark.parametrize("word", sorted(reserved_word.RESERVED_WORDS))
def test_the_grammar_takes_none_of_them_for_a_schema(word: str) -> None:
    assert isinstance(parse(f"SELECT 1 FROM {word}.a", POSTGRES), Finding)
