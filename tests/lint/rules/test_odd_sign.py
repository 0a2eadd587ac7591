"""Signs of another keyboard, and as web pages spell them."""

from pathlib import Path

import pytest

from summary_tables.lint.rules import odd_sign
from tests.lint.rules.one_rule import config, said


@pytest.mark.parametrize(
    "main_sql",
    [
        "SELECT a, b",
        "SELECT 'a\uff0cb &lt;' AS c -- d \u2265 e",
        'SELECT 1 AS "a\u00d7b"',
        "SELECT 매출\uff08원\uff09 FROM s.t",
    ],
    ids=["ordinary", "in texts and comments", "in a name in quotes", "in a Korean name"],
)
def test_where_they_do_no_harm(main_sql: str, tmp_path: Path) -> None:
    assert said(odd_sign.RULE, tmp_path, config(main_sql)) == []


@pytest.mark.parametrize(
    ("character", "written"), [("\uff0c", ","), ("\u2265", ">="), ("\u2260", "<>"), ("\uff08", "("), ("\u00d7", "*")]
)
def test_a_sign(character: str, written: str, tmp_path: Path) -> None:
    assert said(odd_sign.RULE, tmp_path, config(f"SELECT a {character} b")) == [
        f"4:12+1 error: `{character}` (U+{ord(character):04X}) is no sign of SQL; the warehouse takes it for a letter; "
        f"fix: write `{written}`"
    ]


@pytest.mark.parametrize(("spelt", "written"), [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("&#39;", "'")])
def test_what_a_web_page_spells(spelt: str, written: str, tmp_path: Path) -> None:
    assert said(odd_sign.RULE, tmp_path, config(f"SELECT a {spelt} b")) == [
        f"4:12+{len(spelt)} error: `{spelt}` is how a web page spells `{written}`; SQL has the sign itself; "
        f"fix: write `{written}`"
    ]
