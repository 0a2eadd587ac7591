"""Names of columns in queries, beside tables of which some are known. `test_known_sources` asks a server, too."""

import pytest

from summary_tables.sql.column_names import ColumnNames, column_names
from summary_tables.sql.dialects.registry import dialect_of

TABLES = {("shop", "orders"): ("id", "day", "amount"), ("shop", "items"): ("id", "order_id", "name")}


def _names(query: str, dialect: str = "postgres") -> ColumnNames:
    return column_names(query, dialect_of(dialect), lambda schema, name: TABLES.get((schema, name)))


def _wrong(query: str, dialect: str = "postgres") -> list[tuple[str, str]]:
    """The kind of each wrong name, and the word that begins there."""
    return [(wrong.kind, query[wrong.offset :].split()[0]) for wrong in _names(query, dialect).wrong]


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("SELECT dey FROM shop.orders", [("missing", "dey")]),
        ("SELECT o.dey , x.day FROM shop.orders o", [("missing", "o.dey"), ("no table", "x.day")]),
        ("SELECT id FROM shop.orders JOIN shop.items ON TRUE", [("ambiguous", "id")]),
        ("SELECT '한글' AS a, dey FROM shop.orders", [("missing", "dey")]),
        ("SELECT amount AS a FROM shop.orders WHERE a > 1", [("missing", "a")]),
        ("SELECT amount AS a FROM shop.orders HAVING a > 1", [("missing", "a")]),
        ("SELECT day FROM shop.orders GROUP BY ROLLUP (dey )", [("missing", "dey")]),
        ("SELECT day FROM shop.orders UNION SELECT name FROM shop.items ORDER BY amount", [("missing", "amount")]),
        ("WITH w AS (SELECT id AS a FROM shop.orders) SELECT id FROM w", [("missing", "id")]),
        ("WITH w (a, b) AS (SELECT id, day FROM shop.orders) SELECT b, day FROM w", [("missing", "day")]),
        ("SELECT q.day FROM (VALUES (1)) AS q (a)", [("missing", "q.day")]),
        (
            "SELECT (SELECT name FROM shop.items WHERE order_id = orders.idd ) FROM shop.orders",
            [("missing", "orders.idd")],
        ),
        ("SELECT 1 FROM shop.orders o, (SELECT o.id ) q", [("no table", "o.id")]),
        ("SELECT g.b FROM GENERATE_SERIES(1, 2) AS g (a)", [("missing", "g.b")]),
        ("SELECT SUM(amount) OVER (ORDER BY dey ) FROM shop.orders", [("missing", "dey")]),
        ("SELECT x.* FROM shop.orders o", [("no table", "x.*")]),
    ],
)
def test_wrong(query: str, wrong: list[tuple[str, str]]) -> None:
    assert _wrong(query) == wrong


@pytest.mark.parametrize(
    "query",
    [
        "SELECT anything FROM shop.unknown",
        "SELECT anything, o.id FROM shop.orders o, shop.unknown",
        "SELECT anything FROM shop.orders, UNNEST(ARRAY[1]) AS u",
        "SELECT anything FROM shop.orders NATURAL JOIN shop.unknown",
        "SELECT f.anything FROM JSONB_TO_RECORDSET('[]') AS f (anything text)",
        "WITH w AS (SELECT * FROM shop.unknown) SELECT anything FROM w",
        "SELECT amount AS a FROM shop.orders GROUP BY a ORDER BY a",
        "SELECT DISTINCT ON (a) amount AS a FROM shop.orders ORDER BY a",
        "SELECT id, day, name FROM shop.orders JOIN shop.items USING (id)",
        "SELECT j.day FROM (shop.orders o JOIN shop.items i ON i.order_id = o.id) AS j",
        "SELECT o, o.ctid, xmin, o.count FROM shop.orders o",
        "SELECT orders.id, shop.orders.id FROM shop.orders",
        "SELECT x::geometry(Point, 4326) FROM (SELECT id AS x FROM shop.orders) q",
        "SELECT o.id, q.n FROM shop.orders o, LATERAL (SELECT o.day AS n) q",
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT n FROM r",
        "SELECT FROM WHERE dey",
        "SELECT 1; SELECT dey FROM shop.orders",
        f"SELECT {'(' * 3000}1{')' * 3000}",
    ],
)
def test_silent_where_it_is_right_or_not_certain(query: str) -> None:
    assert _wrong(query) == []


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT *, 1 AS x FROM shop.orders", ("id", "day", "amount", "x")),
        ("SELECT i.*, MAX(day) FROM shop.orders JOIN shop.items i USING (id)", ("id", "order_id", "name", "max")),
        ("SELECT * FROM shop.orders JOIN shop.items USING (id)", ("id", "day", "amount", "order_id", "name")),
        ("SELECT * FROM shop.unknown", None),
        ("VALUES (1, 2)", ("column1", "column2")),
        ("SELECT day FROM shop.orders UNION SELECT name FROM shop.items", ("day",)),
    ],
)
def test_columns_of_the_result(query: str, columns: tuple[str, ...] | None) -> None:
    assert _names(query).columns == columns


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ('SELECT "DEY" FROM "SHOP"."ORDERS"', [("missing", '"DEY"')]),
        ('SELECT "ID", dey FROM shop.orders', [("missing", "dey")]),
        ("SELECT amount AS a, a * 2 AS b FROM shop.orders WHERE b > 1", []),
        ("SELECT amount.key FROM shop.orders", []),
        ("SELECT id FROM shop.orders QUALIFY ROW_NUMBER() OVER (ORDER BY dey ) = 1", [("missing", "dey")]),
    ],
)
def test_redshift(query: str, wrong: list[tuple[str, str]]) -> None:
    assert _wrong(query, "redshift") == wrong
