"""SQL in pieces of one colour each."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.sql.dialects.registry import NAMES, dialect_of
from summary_tables.sql.tokens.highlighted import Piece, highlighted


def pieces(sql: str) -> list[Piece]:
    return list(highlighted(sql, dialect_of("postgres").lexical))


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("select 1", [("keyword", "select"), ("plain", " "), ("number", "1")]),
        ("'it''s' -- why", [("string", "'it''s'"), ("plain", " "), ("comment", "-- why")]),
        ("a.date /* b */", [("plain", "a."), ("keyword", "date"), ("plain", " "), ("comment", "/* b */")]),
        ('"SELECT"', [("plain", '"SELECT"')]),
        ("{{ ds }} x", [("template", "{{ ds }}"), ("plain", " x")]),
        ("FROM {schema}.t", [("keyword", "FROM"), ("plain", " "), ("template", "{schema}"), ("plain", ".t")]),
        ("$$ a $$ 'open", [("string", "$$ a $$"), ("plain", " "), ("string", "'open")]),
        ("", []),
    ],
)
def test_pieces(sql: str, expected: list[tuple[str, str]]) -> None:
    assert pieces(sql) == expected


@pytest.mark.parametrize("dialect", NAMES)
@given(sql=st.text(alphabet=st.sampled_from("SELECT from'\"$-/*{}\\#é한🎉;\n\x00"), max_size=40))
def test_nothing_is_lost_and_neighbours_differ(dialect: str, sql: str) -> None:
    found = list(highlighted(sql, dialect_of(dialect).lexical))
    assert "".join(piece.text for piece in found) == sql
    assert all(piece.text for piece in found)
    assert all(one.kind != other.kind for one, other in pairwise(found))
