"""The names of output columns are those that a real PostgreSQL gives them."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.parser import parse
from summary_tables.sql.parsers import sqlglot_parser
from summary_tables.sql.query import Query
from tests.sql.server import session_of_a_new_server

TABLES = """
CREATE TYPE place AS (city text, zip text);
CREATE TABLE t (a int, b text, d date, ts timestamp, j jsonb, arr int[], "Mixed" int, p place);
CREATE SCHEMA s;
CREATE FUNCTION s.My_Function(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
"""

QUERIES = (
    'SELECT a, t.b, "Mixed", a AS n, a m, a AS "With Space", (a), t.* FROM t',
    "SELECT count(*), COUNT(DISTINCT a), sum(a) FILTER (WHERE a > 1), s.my_function(1), "
    "percentile_cont(0.5) WITHIN GROUP (ORDER BY a) FROM t",
    "SELECT rank() OVER (ORDER BY a), sum(a) OVER w FROM t WINDOW w AS (PARTITION BY b)",
    "SELECT 1, 'x', NULL, TRUE, 1.5, -1, a + 1, a || b, NOT TRUE, a > 1, a IS NULL FROM t",
    "SELECT a BETWEEN 1 AND 2, a IN (1, 2) FROM t",
    "SELECT a::text, '1'::int, CAST(1 AS bigint), CAST(a AS numeric(10, 2)), 'x'::varchar(3), '2026-01-01'::date, "
    "(a + 1)::float8, 1::double precision, 'c'::char, '{1}'::int[], now()::timestamptz FROM t",
    "SELECT DATE '2026-01-01', TIMESTAMP '2026-01-01', INTERVAL '1 day', TIMESTAMP WITH TIME ZONE '2026-01-01'",
    "SELECT CASE WHEN a = 1 THEN 2 END, CASE WHEN a = 1 THEN 2 ELSE a END, CASE WHEN a = 1 THEN 2 ELSE 3 END, "
    "CASE WHEN a = 1 THEN 2 ELSE abs(a) END, CASE WHEN a = 1 THEN 2 ELSE a::bigint END FROM t",
    "SELECT COALESCE(a, 1), NULLIF(a, 1), GREATEST(a, 1), LEAST(a, 1) FROM t",
    "SELECT ARRAY[1, 2], ARRAY(SELECT 1), ROW(1, 2), (1, 2), EXISTS (SELECT 1), (SELECT max(a) FROM t), (SELECT 1), "
    "(SELECT a AS n FROM t LIMIT 1), a = ANY (SELECT 1) FROM t",
    'SELECT arr[1], (p).city, (p).zip::int, b COLLATE "C", arr[1:2] FROM t',
    "SELECT CURRENT_DATE, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP(0), LOCALTIME, CURRENT_USER, now()",
    "SELECT extract(year FROM ts), position('a' IN b), substring(b FROM 1 FOR 2), trim(b), trim(BOTH 'x' FROM b), "
    "overlay(b PLACING 'x' FROM 1), ts AT TIME ZONE 'UTC', b LIKE 'x' FROM t",
    "SELECT grouping(a) FROM t GROUP BY a",
    "SELECT a FROM t UNION SELECT 1",
    "SELECT 1 UNION ALL SELECT a FROM t",
    "WITH x AS (SELECT a, count(*), b AS n FROM t GROUP BY 1, 3) SELECT * FROM x",
    "WITH x (one, two) AS (SELECT a, b FROM t) SELECT x.*, 1 AS three FROM x",
    "SELECT * FROM (SELECT a, upper(b) FROM t) AS q (first)",
    "SELECT q.*, r.a FROM (SELECT a, b FROM t) q JOIN (SELECT * FROM (SELECT d AS a FROM t) AS z) r ON true",
    "VALUES (1, 'a')",
    "SELECT v.* FROM (VALUES (1, 'a')) AS v (n)",
    "SELECT DISTINCT ON (a) b, upper(b) FROM t ORDER BY a",
    'SELECT "A".a, "A".b AS "B" FROM t AS "A"',
    "SELECT j ->> 'a', j #> '{a}', j -> 'a' -> 'b' FROM t",
)
ONLY_POSTGRES = (
    "SELECT JSON_VALUE(j, '$.a'), JSON_OBJECT('a': 1), JSON_EXISTS(j, '$') FROM t",
    "SELECT CURRENT_SCHEMA, SESSION_USER, USER",
    "SELECT a AS \"한글\", b 이름, '값'::text, d AS d FROM t",
)


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[psycopg.Connection[Any]]:
    with session_of_a_new_server(tmp_path_factory.mktemp("postgres")) as connected:
        connected.execute(TABLES.encode())
        yield connected


def names(connection: psycopg.Connection[Any], query: str) -> list[str]:
    return [column.name for column in connection.execute(query.encode()).description or ()]


def expanded(connection: psycopg.Connection[Any], query: Query | None) -> list[str]:
    """The names, with those of table `t` for a star."""
    assert isinstance(query, Query)
    stars = names(connection, "SELECT * FROM t")
    return [name for column in query.columns for name in (stars if column.is_star else [column.name])]


@pytest.mark.parametrize("query", [*QUERIES, *ONLY_POSTGRES])
def test_grammar_of_postgresql(connection: psycopg.Connection[Any], query: str) -> None:
    found = parse(query, POSTGRES)
    assert isinstance(found, Query)
    assert expanded(connection, found) == names(connection, query)


@pytest.mark.parametrize("query", QUERIES)
def test_sqlglot(connection: psycopg.Connection[Any], query: str) -> None:
    assert expanded(connection, sqlglot_parser.read(query, POSTGRES)) == names(connection, query)


LEAVES = (
    "b",
    "t.b",
    "'x'",
    "NULL",
    '"Mixed"::text',
    "a::varchar(3)",
    "(p).city",
    "CURRENT_USER",
    "d::text",
    "TEXT 'x'",
)
WRAPPED = (
    "({0})", "({0})::text", "CAST({0} AS varchar)", "({0})::varchar(9)::text", "upper({0})", "pg_catalog.lower({0})",
    "COALESCE({0}, {1})", "NULLIF({0}, {1})", "GREATEST({0}, {1})", "CASE WHEN a = 1 THEN {0} ELSE {1} END",
    "CASE WHEN a = 1 THEN {0} END", '({0}) COLLATE "C"', "({0}) || ({1})", "(SELECT {0})", "(SELECT {0} AS n)",
    "(SELECT {0} UNION ALL SELECT {1} LIMIT 1)", "(VALUES ({0}))", "(ARRAY[{0}])[1]", "ARRAY[{0}]::text", "trim({0})",
    "substring({0} FROM 1 FOR 2)", "ROW({0}, {1})::text", "(EXISTS (SELECT {0}))::text", "max({0}) OVER ()",
    "(({0}) IS NULL)::text", "(({0}) LIKE {1})::text", "(ARRAY[{0}])[1]::text", "overlay({0} PLACING 'x' FROM 1)",
)  # fmt: skip
QUERY_OF = (
    "SELECT {0} FROM t",
    "WITH x AS (SELECT {0}, 1 AS one FROM t) SELECT * FROM x",
    "SELECT q.* FROM (SELECT {0} FROM t) AS q",
    "WITH x AS (SELECT {0} FROM t), y AS (SELECT * FROM x) SELECT * FROM y UNION SELECT 'x'",
)
EXPRESSIONS = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.builds(str.format, st.sampled_from(WRAPPED), inner, inner),
    max_leaves=6,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(expression=EXPRESSIONS, query_of=st.sampled_from(QUERY_OF))
def test_any_expression_has_the_name_that_the_server_gives_it(
    connection: psycopg.Connection[Any], expression: str, query_of: str
) -> None:
    query = query_of.format(expression)
    found = parse(query, POSTGRES)
    assert isinstance(found, Query)
    assert [column.name for column in found.columns] == names(connection, query)


@pytest.mark.parametrize(
    "cast", ["{}", "({})", "{}::text", "({})::text::int", "CAST({} AS text)", 'CAST({} AS text) COLLATE "C"']
)
@pytest.mark.parametrize("column", ["a", "t.b", '"Mixed"', "(p).city"])
def test_a_column_that_is_cast_keeps_a_name_that_somebody_chose(column: str, cast: str) -> None:
    for query in QUERY_OF[:3]:
        sql = query.format(cast.format(column))
        for found in (parse(sql, POSTGRES), sqlglot_parser.read(sql, POSTGRES)):
            assert isinstance(found, Query)
            assert [item.is_named for item in found.columns][:1] == [True], sql
