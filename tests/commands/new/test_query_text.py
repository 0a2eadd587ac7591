"""A query from elsewhere means the same afterwards, without `;` and without indentation of the whole."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summary_tables.commands.new.query_text import tidied
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.dialects.redshift.dialect import DIALECT as REDSHIFT


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("SELECT 1;", "SELECT 1"),
        ("SELECT 1 ; ;\n", "SELECT 1"),
        ("SELECT 1; -- done;", "SELECT 1 -- done;"),
        ("SELECT 1; SELECT 2;", "SELECT 1; SELECT 2"),
        ("\n   SELECT a,\n     b  \n   FROM c;\n  ", "SELECT a,\n  b\nFROM c"),
        ("\n  \n\tSELECT a\n\tFROM c", "SELECT a\nFROM c"),
        ("SELECT a,\n         b\n       FROM c", "SELECT a,\n  b\nFROM c"),
        ("SELECT a\r\n  FROM c;\r\n", "SELECT a\nFROM c"),
        ("\ufeff\r\nSELECT a\r\n", "SELECT a"),
        ("SELECT -- it's\n    a\n    FROM c", "SELECT -- it's\na\nFROM c"),
        ("SELECT /* it's */\n    a\n    FROM c", "SELECT /* it's */\na\nFROM c"),
        ("\n  SELECT 'a  \n    b' AS c;", "  SELECT 'a  \n    b' AS c"),
        ("  SELECT $$a\n    b$$ AS c", "  SELECT $$a\n    b$$ AS c"),
        ("SELECT '100%%' LIKE '%;'", "SELECT '100%%' LIKE '%;'"),
        ("", ""),
        (" ; \n", ""),
    ],
)
def test_tidied(written: str, expected: str) -> None:
    assert tidied(written, POSTGRES) == expected


def test_backslash_before_a_quote_is_redshifts() -> None:
    sql = "  SELECT 'it\\'s\n    b' AS c"
    assert tidied(sql, REDSHIFT) == sql


SQL = st.text(alphabet="ab;'\"-/*$\n \t1,(")


@settings(deadline=None)
@given(SQL)
def test_nothing_but_blanks_and_semicolons_goes(sql: str) -> None:
    once = tidied(sql, POSTGRES)
    assert re.sub(r"[\s;]", "", once) == re.sub(r"[\s;]", "", sql)
    assert tidied(once, POSTGRES) == once or "'" in once or '"' in once or "$" in once


@settings(deadline=None)
@given(SQL, st.sampled_from(["'", '"', "$$"]))
def test_text_over_several_lines_stays_as_it_is(text: str, quote: str) -> None:
    inner = text.replace("'", "").replace('"', "").replace("$", "")
    literal = f"{quote}x\n{inner}\n  x{quote}"
    assert literal in tidied(f"\n   SELECT a,\n     {literal}\n   FROM b;\n", POSTGRES)
