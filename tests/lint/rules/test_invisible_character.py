"""Characters in SQL that nobody sees."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import invisible_character
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize(
    "main_sql",
    [
        "SELECT 1 AS one",
        "SELECT 'a\u00a0b' AS note, 1 AS \"c\u00a0d\" -- e\u00a0f\n/* g\u200bh */",
        "SELECT $$a\u00a0b$$ AS one, $x$c\u3000$x$ AS two, E'it\\'s\u00a0' AS three",
        "SELECT 1 AS \U0001f468\u200d\U0001f469\u200d\U0001f467",
        "SELECT '월간\u3000활성' AS 월간",
        "SELECT '{{\u00a0ds }}' AS day, {{\u00a0ds_nodash }} AS number",
    ],
    ids=["none", "in texts and comments", "in other texts", "in one picture", "in Korean text", "in a template piece"],
)
def test_where_they_do_no_harm(main_sql: str, tmp_path: Path) -> None:
    assert said(invisible_character.RULE, tmp_path, config(main_sql)) == []


@pytest.mark.parametrize(
    ("main_sql", "expected"),
    [
        (
            "SELECT\u00a01 AS one",
            "4:9+1 error: a no-break space (U+00A0) stands here; the warehouse takes it for a letter; "
            "fix: write an ordinary space",
        ),
        (
            "SELECT 1 AS one\nFROM\u3000raw_data.nps\u3000AS n",
            "5:7+1 error: a full-width space (U+3000) stands here; the warehouse takes it for a letter; "
            "there are 2 in this query; fix: write an ordinary space",
        ),
        (
            "SELECT 'it\u00a0s' AS one,\u200b 2 AS two",
            "4:24+1 error: a zero-width space (U+200B) stands here; the warehouse takes it for a letter; "
            "fix: delete it",
        ),
    ],
)
def test_each_query_is_told_once(main_sql: str, expected: str, tmp_path: Path) -> None:
    assert said(invisible_character.RULE, tmp_path, config(main_sql)) == [expected]


def test_backslash_escapes_in_texts_of_redshift(tmp_path: Path) -> None:
    file = config("SELECT 'it\\'s\u00a0' AS one")
    assert said(invisible_character.RULE, tmp_path, file, defaults="warehouse: {dialect: redshift}\n") == []
