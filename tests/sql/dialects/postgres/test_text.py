"""Names and values cannot break out of their quotes."""

from datetime import datetime, timedelta, timezone

import pytest
import sqlglot
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.sql.dialects.postgres.text import (
    identifier,
    literal,
    qualified,
    timestamp,
)

_TEXT = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)


@pytest.mark.parametrize(
    ("text", "sql"),
    [("a", "'a'"), ("it's", "'it''s'"), ("a\\b", " E'a\\\\b'"), ("\\'", " E'\\\\'''"), ("", "''"), ("100%", "'100%'")],
)
def test_literal(text: str, sql: str) -> None:
    assert literal(text) == sql


def test_names() -> None:
    assert qualified('a"b', "C d") == '"a""b"."C d"'


@given(_TEXT)
def test_a_name_is_one_token(name: str) -> None:
    tokens = sqlglot.tokenize(identifier(name), read="postgres")
    assert [token.text for token in tokens] == [name]


def test_timestamp_is_utc() -> None:
    moment = datetime(2026, 11, 22, 12, 0, 0, 5, tzinfo=timezone(timedelta(hours=9)))
    assert timestamp(moment) == "TIMESTAMPTZ '2026-11-22 03:00:00.000005+00'"
