"""What a query says: the same facts whichever parser read it, and nothing raised whatever the text."""

import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summary_tables.model.problem import Finding
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.dialects.redshift.dialect import DIALECT as REDSHIFT
from summary_tables.sql.parser import MAX_CHARACTERS, parse
from summary_tables.sql.parsers import libpg_query, sqlglot_parser
from summary_tables.sql.query import Query, Word

DIALECTS = (POSTGRES, REDSHIFT)


def read(reader: str, sql: str) -> Query:
    """What one of the parsers says; `reader` is a dialect, or `sqlglot` for PostgreSQL without its own grammar."""
    if reader == "sqlglot":
        found: object = sqlglot_parser.read(sql, POSTGRES)
    else:
        found = parse(sql, POSTGRES if reader == "postgres" else REDSHIFT)
    assert isinstance(found, Query)
    return found


READERS = ("postgres", "redshift", "sqlglot")

TABLES = {
    "SELECT 1": [],
    "SELECT a FROM t": ["t"],
    "SELECT a FROM S.T AS x, u": ["s.t", "u"],
    "TABLE s.t": ["s.t"],
    "SELECT a FROM t JOIN (u CROSS JOIN v) ON true LEFT JOIN w USING (a)": ["t", "u", "v", "w"],
    "SELECT a FROM t, t AS again": ["t", "t"],
    "SELECT (SELECT b FROM u) FROM t WHERE EXISTS (SELECT 1 FROM v) AND a IN (SELECT 1 FROM w)": ["u", "t", "v", "w"],
    "SELECT a FROM t ORDER BY (SELECT 1 FROM x)": ["t", "x"],
    "SELECT a FROM t UNION SELECT a FROM u EXCEPT (SELECT a FROM v)": ["t", "u", "v"],
    "SELECT a FROM (SELECT a FROM t) AS q": ["t"],
    "SELECT a FROM (VALUES (1)) AS v (a)": [],
    "SELECT a FROM t, LATERAL (SELECT b FROM u WHERE u.a = t.a) AS l": ["t", "u"],
    "SELECT g FROM generate_series(1, 3) AS g": [],
    "SELECT a FROM t JOIN u ON t.a = (SELECT max(b) FROM v)": ["t", "u", "v"],
    # The name of a CTE hides a table, and only where the WITH reaches.
    "WITH x AS (SELECT a FROM t) SELECT a FROM x": ["t"],
    "WITH x AS (SELECT a FROM x) SELECT a FROM x": ["x"],
    "WITH RECURSIVE x AS (SELECT 1 AS a UNION ALL SELECT a FROM x) SELECT a FROM x": [],
    "WITH x AS (SELECT a FROM t), y AS (SELECT a FROM x) SELECT a FROM y, z": ["t", "z"],
    "WITH x AS (SELECT a FROM y), y AS (SELECT a FROM t) SELECT a FROM x, y": ["y", "t"],
    "WITH x AS (SELECT a FROM t) SELECT a FROM s.x": ["t", "s.x"],
    "WITH X AS (SELECT a FROM t) SELECT a FROM x": ["t"],
    "SELECT a FROM (WITH x AS (SELECT a FROM t) SELECT a FROM x) AS q, x": ["t", "x"],
    "WITH x AS (SELECT a FROM t) SELECT a FROM u WHERE a IN (SELECT a FROM x WHERE a IN (SELECT a FROM x))": ["t", "u"],
    "WITH x AS (WITH y AS (SELECT a FROM t) SELECT a FROM y) SELECT a FROM x, y": ["t", "y"],
    "WITH x AS (SELECT a FROM t) SELECT a FROM x UNION SELECT a FROM x": ["t"],
    "(WITH x AS (SELECT a FROM t) SELECT a FROM x) UNION SELECT a FROM x": ["t", "x"],
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("sql", TABLES)
def test_tables_read(reader: str, sql: str) -> None:
    found = read(reader, sql).tables
    assert [f"{table.schema}.{table.name}".removeprefix(".") for table in found] == TABLES[sql]
    written = [sql[table.offset : table.offset + table.length].lower() for table in found]
    assert written == TABLES[sql]


def test_place_of_a_table_counts_characters() -> None:
    sql = "SELECT '한글 😀' AS 이름 FROM 원본 . \"고객\" AS x"
    for reader in READERS:
        (table,) = read(reader, sql).tables
        assert (table.schema, table.name, table.offset, table.length) == ("원본", "고객", 25, 9)


def test_names_are_folded_as_the_warehouse_does() -> None:
    sql = 'WITH "X" AS (SELECT 1 AS "A", 2 AS B) SELECT y.*, y."A" FROM "X" AS Y, x AS z, "S"."T"'
    postgres, redshift = read("postgres", sql), read("redshift", sql)
    assert [(table.schema, table.name) for table in postgres.tables] == [("", "x"), ("S", "T")]
    assert [(table.schema, table.name) for table in redshift.tables] == [("s", "t")]
    assert [column.name for column in postgres.columns] == ["A", "b", "A"]
    assert [column.name for column in redshift.columns] == ["a", "b", "a"]
    assert read("sqlglot", sql) == postgres


def test_unnested_column_is_no_table_in_redshift() -> None:
    sql = "SELECT i.a FROM s.orders AS o, o.items AS i"
    assert [table.name for table in read("redshift", sql).tables] == ["orders"]
    assert [table.name for table in read("postgres", sql).tables] == ["orders", "items"]
    sql = "SELECT k FROM s.orders AS o, o.items AS i, UNPIVOT i AS v AT k"
    assert [table.name for table in read("redshift", sql).tables] == ["orders"]


def test_texts_are_joined_over_a_comment() -> None:
    found = read("postgres", "SELECT 'a' -- /* first */\n'b' /* -- */ AS c FROM s.t -- end")
    assert [(column.name, column.offset) for column in found.columns] == [("c", 7)]
    assert [table.name for table in found.tables] == ["t"]
    assert isinstance(parse("SELECT 'a' /* no */\n'b' AS c", POSTGRES), Finding)


def test_columns_left_out_by_exclude_are_not_known() -> None:
    sql = "SELECT a.*, b.* EXCLUDE (n) FROM (SELECT 1 AS n) a, (SELECT 2 AS n) b"
    assert read("redshift", sql).columns == ()
    assert [column.is_star for column in read("redshift", "SELECT *, 1 EXCLUDE (n) FROM t").columns] == [True]
    assert [column.name for column in read("redshift", "SELECT exclude, n FROM t").columns] == ["exclude", "n"]


COLUMNS: dict[str, list[tuple[str, str, bool, bool]]] = {
    "SELECT a AS x, t.b, c y FROM t": [("x", "a", True, False), ("b", "t.b", True, False), ("y", "c", True, False)],
    "SELECT DISTINCT a + 1, COUNT( * ) FROM t": [
        ("?column?", "a + 1", False, False),
        ("count", "COUNT( * )", False, False),
    ],
    "SELECT ALL a IS DISTINCT FROM b AS d FROM t": [("d", "a IS DISTINCT FROM b", True, False)],
    "SELECT *, t.* FROM t": [("", "*", False, True), ("", "t.*", False, True)],
    "SELECT CASE WHEN a = 1 THEN 'from' END, (SELECT 1 FROM u) AS s FROM t": [
        ("case", "CASE WHEN a = 1 THEN 'from' END", False, False),
        ("s", "(SELECT 1 FROM u)", True, False),
    ],
    "WITH x AS (SELECT b, c FROM u) SELECT a, b FROM x": [("a", "a", True, False), ("b", "b", True, False)],
    "(SELECT a FROM t) UNION SELECT b FROM u": [("a", "a", True, False)],
    "SELECT a /* , */, -- , FROM\n b FROM t": [("a", "a", True, False), ("b", "b", True, False)],
    "SELECT sum(a) OVER (PARTITION BY b ORDER BY c) total, '한글, ' || a AS \"이름\" FROM t": [
        ("total", "sum(a) OVER (PARTITION BY b ORDER BY c)", True, False),
        ("이름", "'한글, ' || a", True, False),
    ],
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("sql", COLUMNS)
def test_output_columns(reader: str, sql: str) -> None:
    found = read(reader, sql).columns
    assert [(column.name, column.text, column.is_named, column.is_star) for column in found] == COLUMNS[sql]
    assert [sql[column.offset : column.offset + column.length] for column in found] == [c[1] for c in COLUMNS[sql]]


STARS = {
    "SELECT * FROM t": [("", True)],
    "WITH x AS (SELECT a, count(*) FROM t GROUP BY a) SELECT * FROM x": [("a", False), ("count", False)],
    "WITH x AS (SELECT * FROM t) SELECT * FROM x": [("", True)],
    "WITH x (p, q) AS (SELECT a, b FROM t) SELECT x.*, 1 AS n FROM x JOIN u ON true": [
        ("p", False),
        ("q", False),
        ("n", False),
    ],
    "WITH x AS (SELECT a FROM t) SELECT * FROM x JOIN u ON true": [("", True)],
    "WITH x AS (SELECT a FROM t) SELECT * FROM x JOIN x AS y USING (a)": [("", False)],
    "SELECT * FROM (SELECT a AS m FROM t) AS q, (SELECT 1 AS n) AS r": [("m", False), ("n", False)],
    "WITH RECURSIVE x AS (SELECT 1 AS a UNION ALL SELECT a FROM x) SELECT * FROM x": [("a", False)],
    "WITH RECURSIVE x AS (SELECT * FROM x) SELECT * FROM x": [("", True)],
    "SELECT * FROM generate_series(1, 2) AS g": [("", False)],
    "WITH x AS (SELECT a FROM t), y AS (SELECT a FROM u) SELECT * FROM x JOIN y USING (a)": [("", False)],
    "WITH x AS (SELECT * FROM t), y AS (SELECT a FROM u) SELECT * FROM x JOIN y USING (a)": [("", True)],
    "WITH x AS (SELECT a FROM t) SELECT j.* FROM (x CROSS JOIN x AS y) AS j": [("", False)],
    "SELECT (r).* FROM t AS r": [("", False)],
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("sql", STARS)
def test_star_over_known_columns_is_these_columns(reader: str, sql: str) -> None:
    assert [(column.name, column.star_over_table) for column in read(reader, sql).columns] == STARS[sql]


WORDS: dict[str, tuple[list[str], list[str], list[str], list[str]]] = {
    # ORDER BY of the query, limits without order, uses of the clock, comparisons with NULL
    "SELECT a FROM t ORDER BY a": (["ORDER BY"], [], [], []),
    "SELECT a FROM t order  by a LIMIT 3": ([], [], [], []),
    "SELECT a FROM t ORDER BY a OFFSET 3": ([], [], [], []),
    "SELECT a FROM t LIMIT 3": ([], ["LIMIT"], [], []),
    "SELECT a FROM t LIMIT ALL": ([], [], [], []),
    "SELECT a FROM t LIMIT 0": ([], [], [], []),
    "SELECT a FROM t FETCH FIRST ROW ONLY": ([], ["FETCH"], [], []),
    "SELECT count(*) FROM t LIMIT 1": ([], [], [], []),
    "SELECT a FROM (SELECT a FROM t LIMIT 3) AS q ORDER BY a": (["ORDER BY"], ["LIMIT"], [], []),
    "SELECT a FROM (SELECT a FROM t ORDER BY a LIMIT 3) AS q": ([], [], [], []),
    "SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u LIMIT 1)": ([], [], [], []),
    "(SELECT a FROM t ORDER BY a) LIMIT 1": ([], [], [], []),
    "SELECT a FROM t UNION SELECT b FROM u ORDER BY a": (["ORDER BY"], [], [], []),
    "SELECT sum(a) OVER (ORDER BY b) AS s FROM t": ([], [], [], []),
    "SELECT a AS limit, b AS now FROM t": ([], [], [], []),
    "SELECT now(), CURRENT_DATE - 1, t.current_date, 'now()', \"current_date\" FROM t -- now()": (
        [],
        [],
        ["now()", "CURRENT_DATE"],
        [],
    ),
    "SELECT CURRENT_TIMESTAMP(0), 'today'::date, DATE 'now', 'now' AS n FROM t": (
        [],
        [],
        ["CURRENT_TIMESTAMP(0)", "'today'::date", "DATE 'now'"],
        [],
    ),
    "SELECT a FROM t WHERE a = NULL OR a <> null OR a != NULL OR NULL = b OR a IS NOT NULL OR b = nullif(a, 1)": (
        [],
        [],
        [],
        ["= NULL", "<> null", "!= NULL", "NULL ="],
    ),
    "SELECT a IS NULL = b AS c FROM t WHERE a IS NOT DISTINCT FROM NULL": ([], [], [], []),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("sql", WORDS)
def test_words_a_rule_speaks_of(reader: str, sql: str) -> None:
    found = read(reader, sql)
    words = ([found.order_by] if found.order_by else [], found.limits_without_order, found.current_times)
    texts = [[" ".join(word.text.split()) for word in group] for group in (*words, found.null_comparisons)]
    texts[0] = [text.upper() for text in texts[0]]
    assert tuple(texts) == WORDS[sql]
    for word in (word for group in (*words, found.null_comparisons) for word in group):
        assert sql[word.offset :].startswith(word.text)


def test_distinct_on_needs_its_order() -> None:
    assert read("postgres", "SELECT DISTINCT ON (a) a, b FROM t ORDER BY a, b").order_by is None


def test_words_of_redshift() -> None:
    found = read("redshift", "SELECT TOP 5 a, GETDATE(), SYSDATE, t.top FROM t")
    assert found.limits_without_order == (Word(text="TOP", offset=7),)
    assert [word.text for word in found.current_times] == ["GETDATE()", "SYSDATE"]
    assert [column.text for column in found.columns] == ["a", "GETDATE()", "SYSDATE", "t.top"]
    assert read("redshift", "SELECT TOP 5 a FROM t ORDER BY a").limits_without_order == ()
    assert read("redshift", "SELECT top.a FROM t top").limits_without_order == ()


ONE_ROW = {
    "SELECT count(*) FROM t": True,
    "SELECT sum(a) + 1 FROM t WHERE b": True,
    "SELECT count(*), max(a) FROM t HAVING count(*) > 1": True,
    "SELECT a FROM t": False,
    "SELECT count(*) FROM t GROUP BY a": False,
    "SELECT count(*) OVER () FROM t": False,
    "SELECT sum(count(*)) OVER () FROM t": True,
    "SELECT (SELECT count(*) FROM t) FROM u": False,
    "SELECT 1": True,
    "SELECT (SELECT count(*) FROM t) - (SELECT count(*) FROM u)": True,
    "SELECT EXISTS (SELECT 1 FROM t)": True,
    "SELECT generate_series(1, 3)": False,
    "SELECT a FROM t LIMIT 1": True,
    "SELECT a FROM t LIMIT 2": False,
    "SELECT a FROM t FETCH FIRST ROW ONLY": True,
    "SELECT a FROM t FETCH FIRST 1 ROWS ONLY": True,
    "SELECT 1 UNION SELECT 2": False,
    "SELECT n FROM (SELECT count(*) AS n FROM t) AS q": True,
    "WITH q AS (SELECT count(*) AS n FROM t) SELECT n FROM q": True,
    "WITH q AS (SELECT count(*) AS n FROM t) SELECT n FROM q CROSS JOIN u": False,
    "WITH RECURSIVE q AS (SELECT n FROM q) SELECT n FROM q": False,
    "SELECT * FROM (VALUES (1)) AS v": True,
    "SELECT * FROM (VALUES (1), (2)) AS v": False,
    "SELECT string_agg(a, ',') FROM t": True,
    "SELECT some_function(a) FROM t": False,
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("sql", ONE_ROW)
def test_returns_one_row(reader: str, sql: str) -> None:
    assert read(reader, sql).returns_one_row is ONE_ROW[sql]


NEVER_NEGATIVE = {
    "SELECT count(*) FROM t": True,
    "SELECT COUNT(DISTINCT a) AS n FROM t": True,
    "SELECT count(*) + count(a) FROM t": True,
    "SELECT count(*) - count(a) FROM t": False,
    "SELECT -count(*) FROM t": False,
    "SELECT count(*)::int FROM t": True,
    "SELECT (SELECT count(*) FROM t)": True,
    "SELECT coalesce(count(*), 0) FROM t": True,
    "SELECT 1": True,
    "SELECT -1": False,
    "SELECT 'a'": False,
    "SELECT sum(a) FROM t": False,
    "SELECT count(*), 1 FROM t": False,
    "SELECT count(*) FROM t UNION SELECT -1": False,
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("sql", NEVER_NEGATIVE)
def test_never_negative(reader: str, sql: str) -> None:
    assert read(reader, sql).never_negative is NEVER_NEGATIVE[sql]


CONSTANT = {
    "SELECT 1": True,
    "SELECT 'a' || 'b' AS c, CAST(1 AS text), coalesce(NULL, 1)": True,
    "SELECT 1 UNION SELECT 2": True,
    "SELECT a FROM t": False,
    "SELECT f()": False,
    "SELECT CURRENT_DATE": False,
    "SELECT (SELECT max(a) FROM t)": False,
    "SELECT 1 FROM (SELECT f()) AS q": False,
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("sql", CONSTANT)
def test_is_constant(reader: str, sql: str) -> None:
    assert read(reader, sql).is_constant is CONSTANT[sql]


DEEP = {
    "concatenations": "SELECT " + "a || " * 60 + "a FROM t",
    "unions": "SELECT a FROM t" + " UNION ALL SELECT a FROM t" * 300,
    "conditions": "SELECT a FROM t WHERE " + "a = 1 OR " * 3000 + "b",
    "long list": f"SELECT a FROM t WHERE a IN ({', '.join(map(str, range(8000)))})",
}


@pytest.mark.parametrize("name", DEEP)
def test_long_queries_of_people_are_read(name: str) -> None:
    assert isinstance(parse(DEEP[name], POSTGRES), Query)


TOO_DEEP = {
    "operators": "SELECT " + "1+" * 24_000 + "1",
    "parentheses": "SELECT " + "(" * 20_000 + "1" + ")" * 20_000,
    "subqueries": "SELECT * FROM " + "(SELECT * FROM " * 2_000 + "t" + ") a" * 2_000,
    "calls": "SELECT " + "f(" * 9_000 + "1" + ")" * 9_000,
    "casts": "SELECT 1" + "::int" * 9_000,
    "negations": "SELECT " + "NOT " * 12_000 + "true",
    "joins": "SELECT * FROM a" + " JOIN a ON 1=1" * 3_500,
}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", TOO_DEEP)
def test_query_nested_too_deep_is_not_judged(name: str, dialect: Dialect) -> None:
    assert len(TOO_DEEP[name]) <= MAX_CHARACTERS
    assert parse(TOO_DEEP[name], dialect) is None


def test_without_postgast_sqlglot_tells_the_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    sql = "SELECT a, count(*) AS n FROM s.t GROUP BY a"
    for dialect in DIALECTS:
        expected = parse(sql, dialect)
        with monkeypatch.context() as without:
            without.setitem(sys.modules, "postgast", None)
            libpg_query._library.cache_clear()
            parse.cache_clear()
            assert parse(sql, dialect) == expected
            # What sqlglot does not know may be right: nothing is said then.
            assert parse("SELECT a FROM t GROUP BY a WHERE b b b", dialect) is None
    libpg_query._library.cache_clear()
    parse.cache_clear()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_is_not_asked(dialect: Dialect) -> None:
    assert parse("SELECT 1 -- " + "x" * MAX_CHARACTERS, dialect) is None
    assert parse("SELECT 1\0 FROM (", dialect) is None
    assert parse("", dialect) is None
    assert parse("-- nothing", dialect) is None


PIECES = (
    "SELECT FROM WHERE ( ) , ; . * 'a' ' \" `a` [ ] { } {{ }} :: => == # // -- /* */ $$ $1 AND OR NOT CASE WHEN END "
    "JOIN ON LIMIT 5 ORDER BY GROUP UNION WITH x AS TOP QUALIFY PIVOT UNPIVOT AT CONVERT EXCLUDE MINUS IN BETWEEN "
    "INTERVAL 1 DAY CAST 한글 😀 \\' E'\\' U&'x' 1e 1a FORM ::int \n \x00 \ud800"
)
SQL = st.lists(st.sampled_from(PIECES.split(" ")), max_size=25).map(" ".join)


@settings(max_examples=300, deadline=None)
@example("SELECT a\ud800 FROM t", POSTGRES)
@example("SELECT 1 FROM t WHERE", REDSHIFT)
@given(st.one_of(SQL, st.text(max_size=60)), st.sampled_from(DIALECTS))
def test_never_raises(sql: str, dialect: Dialect) -> None:
    found = parse(sql, dialect)
    assert found is None or isinstance(found, Query | Finding)
    if isinstance(found, Finding):
        assert 0 <= found.place.offset <= len(sql)
        assert 1 <= found.place.length <= max(len(sql) - found.place.offset, 1)
        assert found.message
