"""Names cannot break out of their quotes."""

import sqlglot
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.sql.quoting import column_list, identifier, qualified

_TEXT = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)


def test_names() -> None:
    assert qualified('a"b', "C d") == '"a""b"."C d"'


@given(_TEXT)
def test_a_name_is_one_token(name: str) -> None:
    tokens = sqlglot.tokenize(identifier(name), read="postgres")
    assert [token.text for token in tokens] == [name]


def test_column_list() -> None:
    assert column_list(("a", 'b "c"')) == '"a", "b ""c"""'
