"""Names cannot break out of their quotes."""

import sqlglot
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.sql.quoting import column_list, identifier, qualified, schema_and_name

_TEXT = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)


def test_names() -> None:
    assert qualified('a"b', "C d") == '"a""b"."C d"'


@given(_TEXT)
def test_a_name_is_one_token(name: str) -> None:
    tokens = sqlglot.tokenize(identifier(name), read="postgres")
    assert [token.text for token in tokens] == [name]


def test_column_list() -> None:
    assert column_list(("a", 'b "c"')) == '"a", "b ""c"""'


@given(_TEXT, _TEXT)
def test_names_come_back(schema: str, name: str) -> None:
    assert schema_and_name(qualified(schema, name)) == (schema, name)


def test_names_that_people_write() -> None:
    assert schema_and_name("한글 스키마.내 표") == ("한글 스키마", "내 표")
    assert schema_and_name('raw_data."a.b"') == ("raw_data", "a.b")
    assert schema_and_name("raw_data.a.b") == ("raw_data", "a.b")
    assert [schema_and_name(written) for written in ("", "nps", ".nps", "raw_data.", '"a.b"')] == [None] * 5
