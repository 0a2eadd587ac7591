"""Each mistake is named at the word that is wrong, with the word that would be right. The corpus has more."""

import re
from contextlib import suppress
from pathlib import Path

import pytest
import yaml

from summary_tables.model.problem import Finding
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.dialects.redshift.dialect import DIALECT as REDSHIFT
from summary_tables.sql.parser import parse

MISTAKES = {
    "SELECT a FROM t WHERE b = CURRENT_DATE()": ("CURRENT_DATE()", "write `CURRENT_DATE`"),
    "WITH x AS (SELECT 1 AS a), SELECT a FROM x": (",", "delete the comma"),
    "WITH x AS SELECT 1 AS a FROM t SELECT a FROM x": ("SELECT", "write `AS (SELECT ...)`"),
    "WITH x (SELECT 1 AS a) SELECT a FROM x": ("(", "write `AS (`"),
    "SELECT a FROM t GROUPBY a": ("GROUPBY", "write `GROUP BY`"),
    "SELECT a FROM t WHERE b IS NOTNULL": ("NOTNULL", "write `NOT NULL`"),
    "SELECT a FROM t ORDER BY a NULL LAST": ("NULL", "write `NULLS`"),
    "SELECT sum(a) OVER (ORDER BY b ROW BETWEEN 1 PRECEDING AND CURRENT ROW) AS c FROM t": ("ROW", "write `ROWS`"),
    "SELECT a FROM t WHERE b NOT NULL": ("NOT NULL", "write `IS NOT NULL`"),
    "SELECT a FROM t WHERE b IS NOT IN (1)": ("IS", "delete `IS`"),
    "SELECT a FROM t WHERE b IS NOT 'x'": ("IS NOT", "write `<>`"),
    "SELECT a FROM t WHERE b = 1, c = 2": (",", "write `AND` in place of the comma"),
    "SELECT a FROM t JOIN u ON t.a = u.a, t.b = u.b": (",", "write `AND` in place of the comma"),
    "SELECT EXISTS SELECT 1 FROM t": ("EXISTS", "write `EXISTS (SELECT ...)`"),
    "SELECT sum(a) FILTER WHERE b > 1 AS c FROM t": ("FILTER", "write `FILTER (WHERE ...)`"),
    "SELECT a FROM t CROSS JOIN u ON true": (
        "ON",
        "write `JOIN` in place of `CROSS JOIN`, or delete ON and what follows it",
    ),
    "SELECT rank() (PARTITION BY a) AS b FROM t": ("(", "write `OVER (`"),
    "SELECT a FROM t AS WHERE b = 1": ("AS", "write a name, or delete `AS`"),
    "SELECT a, order FROM t": ("order", 'write `"order"`, or choose another name'),
    "SELECT x.a y.b FROM t x": ("y", "write `, y`"),
    "SELECT a FROM t WHERE b IS FLASE": ("FLASE", "write `FALSE`"),
    "SELECT a FROM t WHERE b BETWEEN 1 TO 2": ("TO", "write `AND` in place of `TO`"),
    "SELECT a FROM t WHERE b > now() - INTERVAL '7' DAYS": ("INTERVAL '7' DAYS", "write `INTERVAL '7 days'`"),
    "SELECT a:b AS c FROM t": (":b", "write `::b` if it is a type, `->> 'b'` if it is a key of JSON"),
    "SELECT [a] FROM t": ("[a]", 'write "a"'),
    "SELECT * EXCEPT (a) FROM t": ("EXCEPT", "write the columns that are wanted in place of `*`"),
    "SELECT SAFE_CAST(a AS int) AS b FROM t": ("SAFE_CAST", "write `CAST`"),
    "SELECT lag(a IGNORE NULLS) OVER (ORDER BY b) AS c FROM t": (
        "IGNORE NULLS",
        "delete it; WHERE in a subquery can leave NULLs out",
    ),
    "SELECT * FROM t PIVOT (sum(a) FOR b IN ('x'))": (
        "PIVOT",
        "write one column for each value: `SUM(x) FILTER (WHERE y = 'a') AS a`",
    ),
    "SELECT a FROM t, u WHERE t.a = u.a(+)": ("(+)", "write `LEFT JOIN ... ON ...` in FROM"),
    "SELECT a FROM t, unnest(b) WITH OFFSET AS o": ("WITH OFFSET", "write `WITH ORDINALITY`, which counts from 1"),
    "SELECT a FROM t WHERE b = 1 && c = 2": ("&&", "write `AND`"),
    "SELECT a FROM t WHERE b = %s": ("%s", "write the value itself; the date of the run is `'{{ ds }}'`"),
    "SELECT a FROM t WHERE b = ?": ("?", "write the value itself; the date of the run is `'{{ ds }}'`"),
}


@pytest.mark.parametrize("sql", MISTAKES)
def test_the_wrong_word_is_named(sql: str) -> None:
    assert _found(sql, POSTGRES) == MISTAKES[sql]


def test_redshift_has_another_word() -> None:
    assert _found("SELECT * EXCEPT (a) FROM t", REDSHIFT) == ("EXCEPT", "write `EXCLUDE`")


CORPUS = Path(__file__).parents[2] / "cases" / "lint" / "invalid"
_WRITE = re.compile(r"write (?:`(?P<text>[^`]+)`|(?P<name>\"[^\"]+\"))")
_DELETE = re.compile(r"delete (?:`[^`]+`|the comma|one|it)")


def _broken() -> list[str]:
    """The queries above, and those of the corpus whose files can be read."""
    queries = list(MISTAKES)
    for path in sorted(CORPUS.glob("sql_*.yaml")):
        with suppress(yaml.YAMLError):
            queries.append(yaml.load(path.read_text("utf-8"), yaml.BaseLoader)["main_sql"])
    return [sql for sql in queries if isinstance(parse(sql, POSTGRES), Finding)]


def test_what_is_to_be_written_in_place_of_the_marked_words_fixes_the_query() -> None:
    """Done without thinking: the grammar goes on, up to a second mistake if there is one."""
    followed = 0
    for sql in _broken():
        mistake = parse(sql, POSTGRES)
        assert isinstance(mistake, Finding)
        written = _WRITE.fullmatch(mistake.fix)
        text = written["text"] or written["name"] if written else "" if _DELETE.fullmatch(mistake.fix) else None
        if text is None or "..." in text:
            continue
        followed += 1
        after = parse(sql[: mistake.place.offset] + text + sql[mistake.place.end :], POSTGRES)
        assert not isinstance(after, Finding) or after.place.offset > mistake.place.offset + len(text), (
            sql,
            mistake.fix,
        )
    assert followed >= 44


def _found(sql: str, dialect: Dialect) -> tuple[str, str]:
    found = parse(sql, dialect)
    assert isinstance(found, Finding)
    return sql[found.place.offset : found.place.end], found.fix
