"""What only Redshift knows makes way for something of the same length that PostgreSQL's grammar reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.sql.dialects.redshift.grammar import replaced
from summary_tables.sql.parsers.libpg_query import tree

PIECES = {
    "SELECT TOP 5 a FROM t": "SELECT       a FROM t",
    "SELECT top FROM t": "SELECT top FROM t",
    "SELECT a FROM t QUALIFY b = 1": "SELECT a FROM t HAVING  b = 1",
    "SELECT a FROM t HAVING b QUALIFY c": "SELECT a FROM t HAVING b AND     c",
    "SELECT a FROM t HAVING b UNION SELECT 1 QUALIFY c": "SELECT a FROM t HAVING b UNION SELECT 1 HAVING  c",
    "SELECT APPROXIMATE COUNT(DISTINCT a) FROM t": "SELECT             COUNT(DISTINCT a) FROM t",
    "SELECT lag(a) IGNORE NULLS OVER (ORDER BY b) FROM t": "SELECT lag(a)              OVER (ORDER BY b) FROM t",
    "SELECT * FROM t UNPIVOT INCLUDE NULLS (a FOR b IN (c)) u": f"SELECT * FROM t ,f(){' ' * 35}u",
    "SELECT v FROM t, UNPIVOT t.o AS v AT k": "SELECT v FROM t,         t.o AS v     ",
    "SELECT v FROM (SELECT 1 AS v) at, t": "SELECT v FROM (SELECT 1 AS v) at, t",
    "SELECT at.v FROM t at WHERE v": "SELECT at.v FROM t at WHERE v",
    "SELECT a AT TIME ZONE 'UTC' FROM t": "SELECT a AT TIME ZONE 'UTC' FROM t",
    "SELECT a FROM t MINUS SELECT a FROM u": "SELECT a FROM t UNION SELECT a FROM u",
    "SELECT a AS minus FROM t": "SELECT a AS minus FROM t",
    "SELECT CONVERT(varchar(10), a) FROM t": "SELECT CONVERT(x          , a) FROM t",
    "SELECT a::varchar(max) FROM t": "SELECT a::varchar(1  ) FROM t",
    "SELECT * EXCLUDE (a, b) FROM t": "SELECT *                FROM t",
    "SELECT * EXCLUDE a FROM t": "SELECT *           FROM t",
    "SELECT 'it\\'s' FROM t": "SELECT 'xxxxx' FROM t",
    "SELECT E'a\\n' FROM t": "SELECT  'xxx' FROM t",
    "SELECT a FROM #tmp": "SELECT a FROM _tmp",
    "SELECT a FROM t, u WHERE t.a = u.a(+)": "SELECT a FROM t, u WHERE t.a = u.a   ",
    "SELECT a FROM t GROUP BY ALL": "SELECT a FROM t GROUP BY x  ",
    "SELECT 'TOP 5 QUALIFY' AS \"MINUS\" -- MINUS\nFROM t": "SELECT 'TOP 5 QUALIFY' AS \"MINUS\" -- MINUS\nFROM t",
}


@pytest.mark.parametrize("sql", PIECES)
def test_replaced(sql: str) -> None:
    assert replaced(sql) == PIECES[sql]
    assert isinstance(tree(replaced(sql)), str)


@given(st.lists(st.sampled_from([*" ".join(PIECES).split(), "(", ")", "'", "\\"])).map(" ".join))
def test_length_stays(sql: str) -> None:
    assert len(replaced(sql)) == len(sql)
