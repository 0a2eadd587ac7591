"""SQL is split as PostgreSQL's scanner splits it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.dialects.redshift.dialect import DIALECT as REDSHIFT
from summary_tables.sql.tokens.lexical import Lexical
from summary_tables.sql.tokens.tokens import TOP, tokens

TOKENS: dict[str, list[tuple[str, str]]] = {
    'SELECT a.select FROM "T"': [
        ("word", "SELECT"),
        ("word", "A"),
        ("mark", "."),
        ("name", "select"),
        ("word", "FROM"),
        ("name", '"T"'),
    ],
    "'a''b' E'\\'' $x$ ' $x$ U&'a' N'b'": [("string", t) for t in ("'a''b'", "E'\\''", "$x$ ' $x$", "U&'a'", "N'b'")],
    "1.5e3 .5 $1 1_0": [("number", t) for t in ("1.5e3", ".5", "$1", "1_0")],
    "a--b\n/* /* x */ */c": [("word", "A"), ("word", "C")],
    "a=-1": [("word", "A"), ("operator", "="), ("operator", "-"), ("number", "1")],
    "a@-1": [("word", "A"), ("operator", "@-"), ("number", "1")],
    "2*/*x*/3": [("number", "2"), ("operator", "*"), ("number", "3")],
    "a::int:=b": [("word", "A"), ("mark", "::"), ("word", "INT"), ("mark", ":="), ("word", "B")],
    "{a}": [("other", "{"), ("word", "A"), ("other", "}")],
    "a 'b": [("word", "A"), ("open", "'b")],
    "a /* b": [("word", "A"), ("open", "/* b")],
    "$$ a": [("open", "$$ a")],
    "한글 이름": [("word", "한글"), ("word", "이름")],
}


@pytest.mark.parametrize("sql", TOKENS)
def test_tokens(sql: str) -> None:
    assert [(token.kind, token.key) for token in tokens(sql, POSTGRES.lexical)] == TOKENS[sql]


def test_backslash_escapes_in_redshift() -> None:
    sql = "'\\' '"
    assert [token.key for token in tokens(sql, REDSHIFT.lexical)] == ["'\\' '"]
    assert [token.kind for token in tokens(sql, POSTGRES.lexical)] == ["string", "open"]


def test_groups() -> None:
    found = tokens("f(a[1], (b)) c)", POSTGRES.lexical)
    groups = [(token.key, found[token.group].key if token.group != TOP else "") for token in found]
    keys, around = zip(*groups, strict=True)
    assert "".join(keys) == "F(A[1],(B))C)"
    assert ["".join(group) for group in around] == ["", "", "(", "(", "[", "(", "(", "(", "(", "(", "", "", ""]


@given(
    st.text(alphabet="a1 '\"$.()[]{}-/*+;:#\\\n한", max_size=40), st.sampled_from([POSTGRES.lexical, REDSHIFT.lexical])
)
def test_tokens_cover_the_text_in_order(sql: str, lexical: Lexical) -> None:
    position = 0
    for token in tokens(sql, lexical):
        assert position <= token.start < token.end <= len(sql)
        assert token.key == sql[token.start : token.end].upper() or token.key == sql[token.start : token.end]
        position = token.end
