import pytest

from summary_tables.sql.type_names import short


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("integer", "integer"),
        ("character varying", "varchar"),
        ("character varying(5)[]", "varchar(5)[]"),
        ("character(3)", "char(3)"),
        ("timestamp(3) without time zone", "timestamp(3)"),
        ("timestamp with time zone", "timestamptz"),
        ("time with time zone", "timetz"),
        ("unknown", "a text in quotes"),
        ('"any"', "anything"),
        ('"char"', '"char"'),
        ("numeric(12,2)", "numeric(12,2)"),
    ],
)
def test_short(name: str, words: str) -> None:
    assert short(name) == words
