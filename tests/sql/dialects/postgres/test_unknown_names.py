"""Which functions and types of a query PostgreSQL does not have itself."""

import pytest

from summary_tables.sql.dialects.registry import dialect_of
from summary_tables.sql.parser import parse
from summary_tables.sql.query import Query


def names(sql: str, dialect: str = "postgres") -> list[tuple[str, str]]:
    found = parse(sql, dialect_of(dialect))
    assert isinstance(found, Query), found
    return [(name.kind, name.word.text) for name in found.unknown_names]


def test_those_of_other_databases() -> None:
    sql = "SELECT a::variant, CAST(b AS int64), to_date(c), 'ä', \"Split\"(d, 1), x::number(10, 2)[] FROM flatten(e)"
    expected = ["type variant", "type int64", 'function "Split"', "type number", "function flatten"]
    assert [f"{kind} {word}" for kind, word in names(sql)] == expected


@pytest.mark.parametrize(
    "expression",
    [
        "COUNT(*), SUM(a) OVER (), COALESCE(a, 1), GREATEST(1, 2), NULLIF(a, b), GROUPING(a), XMLELEMENT(NAME foo)",
        "EXTRACT(YEAR FROM d), TRIM(BOTH ' ' FROM a), POSITION('a' IN b), SUBSTRING(a FROM 1 FOR 2), NORMALIZE(a)",
        "OVERLAY(a PLACING b FROM 1), a COLLATE \"C\", a SIMILAR TO b, (a, b) OVERLAPS (c, d), d AT TIME ZONE 'UTC'",
        "INTERVAL '1 day', DATE '2026-01-01', CURRENT_DATE, LOCALTIMESTAMP, a IS JSON",
        "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY a)",
        'a::varchar(20), a::double precision, a::text[], a::"char", a::bit(3), a::timestamptz, a::decimal(3, 1)',
        "tools.split(a), a::tools.variant, ARRAY(SELECT 1), ROW(1, 2), EXISTS (SELECT 1)",
    ],
)
def test_what_it_has_and_what_is_somebodys(expression: str) -> None:
    assert names(f"SELECT {expression} FROM generate_series(1, 2), unnest(b)") == []


def test_those_of_redshift_are_not_known() -> None:
    assert names("SELECT a::super, listagg(b) FROM t", "redshift") == []
