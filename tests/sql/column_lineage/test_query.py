"""Of what the columns of a query are made: each way from a column to a result, and what is not known."""

import pytest

from summary_tables.sql.column_lineage.origins import ORDER, ROWS, ColumnUse, NotKnown, Origin, QueryOrigins
from summary_tables.sql.column_lineage.query import query_origins
from summary_tables.sql.dialects.registry import dialect_of

_NAMES = {ORDER: "ORDER", ROWS: "ROWS"}
_KNOWN = {"a.known": ("id", "x", "y")}
_POSTGRES, _REDSHIFT = dialect_of("postgres"), dialect_of("redshift")


def origins(sql: str, dialect: str = "postgres") -> QueryOrigins:
    found = query_origins(sql, dialect_of(dialect), _KNOWN.get)
    assert isinstance(found, QueryOrigins), found
    return found


def _shown(origin: Origin) -> str:
    return " ".join((*sorted(map(_use, origin.uses)), *sorted(origin.unknown)))


def _use(use: ColumnUse) -> str:
    return f"{use.table}.{_NAMES.get(use.column, use.column)}{'' if use.is_certain else '?'}"


def told(sql: str) -> dict[str, str]:
    """What each column is made of, and the rows; `?` stands behind what may be another table's."""
    found = origins(sql)
    shown = {column.name: _shown(column.value) for column in found.columns}
    others = {"others": " ".join(found.passed_on)} if not found.is_complete else {}
    return shown | others | {"rows": _shown(found.rows)}


CASES: dict[str, dict[str, str]] = {
    "SELECT day, count(*) AS n, sum(v) FROM raw.t WHERE k > 1 GROUP BY 1 HAVING max(h) > 1": {
        "day": "raw.t.day",
        "n": "",
        "sum": "raw.t.v",
        "rows": "raw.t.ROWS raw.t.day raw.t.h raw.t.k",
    },
    "SELECT x AS k, count(*) AS n FROM a.known GROUP BY ROLLUP (1)": {
        "k": "a.known.x",
        "n": "",
        "rows": "a.known.ROWS a.known.x",
    },
    "WITH c AS (SELECT * FROM raw.t) SELECT c.q, x + 1 AS z FROM c JOIN a.known USING (id)": {
        "q": "raw.t.q",
        "z": "a.known.x",
        "rows": "a.known.ROWS a.known.id raw.t.ROWS raw.t.id",
    },
    "SELECT * FROM raw.t": {"others": "raw.t", "rows": "raw.t.ROWS"},
    "SELECT * FROM a.known k, unnest(ARRAY[k.x]) AS u (e)": {
        "id": "a.known.id",
        "x": "a.known.x",
        "y": "a.known.y",
        "e": "a.known.x",
        "others": "",
        "rows": "a.known.ROWS a.known.x",
    },
    # Of two tables whose columns nobody knows; of one where the other one has it.
    "SELECT c, x FROM raw.one, raw.two": {
        "c": "raw.one.c? raw.two.c?",
        "x": "raw.one.x? raw.two.x?",
        "rows": "raw.one.ROWS raw.two.ROWS",
    },
    "SELECT c, x FROM raw.one, a.known": {"c": "raw.one.c", "x": "a.known.x", "rows": "a.known.ROWS raw.one.ROWS"},
    # ON sees both sides of its own join alone.
    "SELECT 1 AS one FROM a.known, raw.one JOIN raw.two ON one.id = x": {
        "one": "",
        "rows": "a.known.ROWS raw.one.ROWS raw.one.id raw.one.x? raw.two.ROWS raw.two.x?",
    },
    "SELECT x FROM a.known UNION SELECT b FROM raw.t": {
        "x": "a.known.x raw.t.b",
        "rows": "a.known.ROWS a.known.x raw.t.ROWS raw.t.b",
    },
    "SELECT x FROM a.known UNION ALL SELECT b FROM raw.t WHERE c": {
        "x": "a.known.x raw.t.b",
        "rows": "a.known.ROWS raw.t.ROWS raw.t.c",
    },
    "WITH RECURSIVE w AS (SELECT 1 AS n UNION ALL SELECT n + id FROM w, a.known WHERE x < 9) SELECT n FROM w": {
        "n": "a.known.ORDER a.known.ROWS a.known.id a.known.x",
        "rows": "a.known.ORDER a.known.ROWS a.known.id a.known.x",
    },
    "SELECT row_number() OVER w AS r FROM raw.t WINDOW w AS (PARTITION BY p ORDER BY o)": {
        "r": "raw.t.ORDER raw.t.o raw.t.p",
        "rows": "raw.t.ROWS",
    },
    "SELECT rank() OVER (ORDER BY o) AS r, array_agg(x) OVER () AS l FROM raw.t ORDER BY q": {
        "r": "raw.t.o",
        "l": "raw.t.ORDER raw.t.o raw.t.x",
        "rows": "raw.t.ROWS",
    },
    "SELECT o FROM (SELECT * FROM raw.t ORDER BY p) AS s LIMIT 3": {
        "o": "raw.t.o",
        "rows": "raw.t.ORDER raw.t.ROWS raw.t.p",
    },
    "SELECT (SELECT max(x) FROM a.known WHERE known.id = t.id) AS m FROM raw.t": {
        "m": "a.known.ROWS a.known.id a.known.x raw.t.id",
        "rows": "raw.t.ROWS",
    },
    "SELECT count(*) AS n FROM a.known WHERE EXISTS (SELECT * FROM raw.t WHERE t.id = known.id)": {
        "n": "",
        "rows": "a.known.ROWS a.known.id raw.t.ROWS raw.t.id",
    },
    "SELECT DISTINCT ON (id) x FROM a.known ORDER BY id, y DESC": {
        "x": "a.known.x",
        "rows": "a.known.ORDER a.known.ROWS a.known.id a.known.y",
    },
    "SELECT s.v FROM raw.t JOIN LATERAL (SELECT max(x) AS v FROM a.known k WHERE k.id = t.id) s ON true": {
        "v": "a.known.x",
        "rows": "a.known.ROWS a.known.id raw.t.ROWS raw.t.id",
    },
    "SELECT to_json(k) AS j, k.y FROM a.known AS k": {
        "j": "a.known.id a.known.x a.known.y",
        "y": "a.known.y",
        "rows": "a.known.ROWS",
    },
    "SELECT to_json(t) AS j FROM raw.t": {"j": "raw.t.*? raw.t.t?", "rows": "raw.t.ROWS"},
    "SELECT g, y FROM a.known, generate_series(1, x) AS g": {
        "g": "a.known.x",
        "y": "a.known.y",
        "rows": "a.known.ROWS a.known.x",
    },
    "SELECT unnest(ARRAY[x, y]) AS u, id FROM a.known": {
        "u": "a.known.x a.known.y",
        "id": "a.known.id",
        "rows": "a.known.ROWS a.known.x a.known.y",
    },
    "SELECT x, '{{ ds }}' AS d, {{ ds_nodash }} AS n FROM a.known WHERE y > {{ ds_nodash }}": {
        "x": "a.known.x",
        "d": "",
        "n": "",
        "rows": "a.known.ROWS a.known.y",
    },
    "SELECT id FROM raw.events_{{ ds_nodash }}": {
        "id": "raw.events_{{ ds_nodash }}.id",
        "rows": "raw.events_{{ ds_nodash }}.ROWS",
    },
    "SELECT a.of_mine(x) AS f, lower(y) AS g FROM a.known": {
        "f": "a.known.x `a.of_mine` may read tables itself",
        "g": "a.known.y",
        "rows": "a.known.ROWS a.known.x `a.of_mine` may read tables itself",
    },
}


@pytest.mark.parametrize("sql", CASES)
def test_what_columns_are_made_of(sql: str) -> None:
    assert told(sql) == CASES[sql]


NOT_KNOWN = {
    "SELECT nope FROM a.known": "`nope` is no column that is known",
    "SELECT z.x FROM a.known": "`z` is nothing that the query reads",
    "SELECT known.nope FROM a.known": "`known.nope` is no column that is known",
    "SELECT (x).* FROM raw.t": "a value of several parts is taken apart by `.*`",
    "SELECT x FROM": "the query cannot be read",
    "DELETE FROM raw.t": "the query cannot be read",
    "SELECT x\0": "the query cannot be read",
    "SELECT 1 FROM a.known WHERE {% if ds %} x {% endif %}": (
        "only a run knows what its `{% ... %}` and `{{ ... }}` make of the SQL"
    ),
    "SELECT {{ 'x, y' }} FROM raw.t": "only a run knows what its `{% ... %}` and `{{ ... }}` make of the SQL",
    "{% set c = 'x' %}SELECT {{ c }} AS c FROM raw.t": "only a run knows the name of a column",
    "WITH RECURSIVE c AS (SELECT 1 AS n UNION ALL SELECT n FROM c) SEARCH DEPTH FIRST BY n SET o SELECT n FROM c": (
        "`c` of WITH is more than a query"
    ),
    f"SELECT {'(' * 400}x{')' * 400 + ' + 1' * 400} FROM raw.t": "the query is nested too deep",
    f"SELECT 1 -- {'x' * 50_000}": "the query is too long to be looked into",
}


@pytest.mark.parametrize("sql", NOT_KNOWN, ids=range(len(NOT_KNOWN)))
def test_what_is_not_known(sql: str) -> None:
    assert query_origins(sql, _POSTGRES, _KNOWN.get) == NotKnown(NOT_KNOWN[sql])


def test_redshift() -> None:
    sql = 'SELECT "X" + 1 AS b, b * 2 AS c FROM raw.t'
    found = query_origins(sql, _REDSHIFT, _KNOWN.get)
    assert isinstance(found, QueryOrigins)
    # An alias means something in the rest of the select list there, unless the table has the column.
    assert [_shown(column.value) for column in found.columns] == ["raw.t.x", "raw.t.b? raw.t.x?"]
    own = "SELECT TOP 5 x FROM raw.t"
    reason = "the query is written in words that only Redshift has"
    assert query_origins(own, _REDSHIFT, _KNOWN.get) == NotKnown(reason)
    assert query_origins("SELECT o.id FROM raw.orders o, o.items i", _REDSHIFT, _KNOWN.get) == NotKnown(
        "`items` in FROM may be a column"
    )


SAME = [
    ("SELECT x AS n FROM a.known", "select  known.x as n -- it\nfrom a.known"),
    (
        "WITH c AS (SELECT x, y FROM a.known) SELECT x AS n FROM c",
        "WITH d AS (SELECT k.x FROM a.known AS k) SELECT d.x AS n FROM d",
    ),
]
OTHER = [
    ("SELECT x + 1 AS n FROM a.known", "SELECT x + 2 AS n FROM a.known"),
    (
        "WITH c AS (SELECT x FROM a.known) SELECT x AS n FROM c",
        "WITH c AS (SELECT y AS x FROM a.known) SELECT x AS n FROM c",
    ),
    ("SELECT '{{ ds }}' AS n FROM a.known", "SELECT '{{ ts }}' AS n FROM a.known"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_is_the_same(one: str, other: str) -> None:
    first, second = origins(one), origins(other)
    assert (first.columns, first.rows) == (second.columns, second.rows)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_what_is_not_the_same(one: str, other: str) -> None:
    first, second = origins(one), origins(other)
    assert first.columns[0].value.definition != second.columns[0].value.definition


def test_a_filter_changes_which_rows_there_are_and_no_column() -> None:
    one, other = origins("SELECT x FROM a.known WHERE y > 1"), origins("SELECT x FROM a.known WHERE y > 2")
    assert one.columns == other.columns
    assert one.rows.definition != other.rows.definition
