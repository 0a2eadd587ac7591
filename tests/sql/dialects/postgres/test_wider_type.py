"""Which types hold all values of which others. On a server: `tests/warehouse/postgres/test_wider_columns.py`."""

import pytest

from summary_tables.sql.dialects.postgres.wider_type import holds

INCREASING = (
    ("smallint", "integer", "bigint", "numeric(19,0)", "numeric(21,2)", "numeric"),
    ("integer", "numeric(10,0)", "numeric(14,4)", "numeric(15,4)", "numeric"),
    ("numeric(5,2)", "numeric(6,2)", "numeric(7,3)", "numeric"),
    ("numeric(3,-2)", "numeric(5,0)", "numeric(6,1)"),
    ("character varying(8)", "character varying(16)", "text"),
    ("character varying(8)", "character varying(9)", "character varying"),
    ("real", "double precision"),
    ("bit varying(3)", "bit varying(4)", "bit varying"),
    ("timestamp(0) without time zone", "timestamp(3) without time zone", "timestamp without time zone"),
    ("timestamp(3) with time zone", "timestamp(6) with time zone"),
    ("time(0) without time zone", "time without time zone"),
    ("time(0) with time zone", "time with time zone"),
    ("interval(0)", "interval(2)", "interval"),
    ("integer[]", "bigint[]", "numeric[]"),
    ("character varying(8)[]", "text[]"),
    ('character varying(8) COLLATE "C"', 'text COLLATE "C"'),
)

APART = (
    *(
        ("integer", "numeric(9,0)"),
        ("integer", "numeric(10,1)"),
        ("bigint", "numeric(18,0)"),
        ("integer", "numeric(5,-6)"),
    ),
    *(("numeric(5,2)", "numeric(6,4)"), ("numeric(5,2)", "numeric(5,1)"), ("numeric(4,0)", "integer")),
    *(("integer", "double precision"), ("integer", "text"), ("numeric", "double precision"), ("real", "numeric")),
    *(("date", "timestamp without time zone"), ("timestamp without time zone", "timestamp with time zone")),
    *(("character(2)", "character(3)"), ("character(2)", "text"), ("character varying(8)", "character(16)")),
    *(("bit(2)", "bit(3)"), ("json", "jsonb"), ("integer", "integer[]"), ("boolean", "integer"), ("uuid", "text")),
    *(("text", 'text COLLATE "C"'), ('character varying(8) COLLATE "C"', "character varying(9)")),
    *(("raw_data.mood", "text"), ("interval day to second", "interval"), ("time without time zone", "interval")),
)


@pytest.mark.parametrize("types", INCREASING, ids=str)
def test_each_type_holds_those_before_it(types: tuple[str, ...]) -> None:
    for place, wide in enumerate(types):
        assert [holds(wide, narrow) for narrow in types] == [number <= place for number in range(len(types))]


@pytest.mark.parametrize("types", APART, ids=str)
def test_neither_holds_the_other(types: tuple[str, str]) -> None:
    narrow, wide = types
    assert not holds(wide, narrow)


def test_spellings_of_one_type() -> None:
    assert holds("text", "character varying")
    assert holds("character varying", "text")
    assert holds("raw_data.mood", "raw_data.mood")
