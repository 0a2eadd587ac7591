"""The guard against hand-written cases, against its own rules on generated text, and against PostgreSQL itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.dialects.redshift.dialect import DIALECT as REDSHIFT
from summary_tables.sql.dialects.registry import dialect_of
from summary_tables.sql.select_only import violation, without_terminator
from tests.sql.server import session_of_a_new_server

CASES = Path(__file__).parents[1] / "cases" / "select_only"
REFUSED: dict[str, dict[str, Any]] = yaml.safe_load((CASES / "refused.yaml").read_text("utf-8"))
ALLOWED: dict[str, dict[str, str]] = yaml.safe_load((CASES / "allowed.yaml").read_text("utf-8"))
DIALECTS = (POSTGRES, REDSHIFT)

TABLES = """
CREATE TABLE t (a int, b text, ts timestamp, j jsonb, arr int[]);
CREATE TABLE keywords (a int, b text, "update" int, "insert" int, "delete" int, "into" int, "for" int, "as" int);
CREATE SCHEMA raw_data;
CREATE TABLE raw_data.user_session_channel (userid int, sessionid text, channel text);
CREATE TABLE raw_data.session_timestamp (sessionid text, ts timestamp);
CREATE TABLE raw_data.nps (id int, created_at text, score int);
"""


class Server:
    """Asks PostgreSQL what it makes of a statement. Nothing is executed."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._trees: list[str] = []
        connection.execute(TABLES)
        connection.execute("SET client_min_messages = log; SET debug_print_parse = on; SET debug_pretty_print = off")
        connection.add_notice_handler(lambda notice: self._trees.append(notice.message_detail or ""))

    def accepts(self, sql: str) -> bool:
        """Whether this is one statement that PostgreSQL can plan: a query, or one that changes data."""
        return bool(self._parse_tree(sql))

    def only_reads(self, sql: str) -> bool:
        """Whether a cursor can be declared for it, as for nothing but a query, and it locks no rows anywhere."""
        tree = self._parse_tree(f"DECLARE c CURSOR FOR {sql}")
        return bool(tree) and "ROWMARKCLAUSE" not in tree

    def _parse_tree(self, sql: str) -> str:
        self._trees.clear()
        try:
            self._connection.execute(f"EXPLAIN {sql}", binary=True)  # the protocol that takes one statement only
        except (psycopg.Error, UnicodeEncodeError):
            return ""
        return "".join(self._trees)


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """It has the tables of the cases."""
    with session_of_a_new_server(tmp_path_factory.mktemp("postgres")) as session:
        yield Server(session)


@pytest.mark.parametrize("name", REFUSED)
def test_refuses_with_reason_place_and_fix(name: str) -> None:
    case = REFUSED[name]
    before, after = case["sql"].split(">>>")
    found = violation(before + after, dialect_of(case.get("dialect", "postgres")), rendered=case.get("rendered", False))
    assert found == Finding(place=Span(len(before)), message=case["message"], fix=case["fix"])


@pytest.mark.parametrize("name", ALLOWED["postgres"])
@pytest.mark.parametrize("rendered", [False, True])
def test_lets_postgres_queries_pass(name: str, rendered: bool) -> None:
    assert violation(ALLOWED["postgres"][name], POSTGRES, rendered=rendered) is None


@pytest.mark.parametrize("name", ALLOWED["postgres"])
def test_allowed_queries_are_queries_to_postgres(name: str, postgres: Server) -> None:
    assert postgres.only_reads(ALLOWED["postgres"][name])


@pytest.mark.parametrize("name", ALLOWED["redshift"])
@pytest.mark.parametrize("rendered", [False, True])
def test_lets_redshift_queries_pass(name: str, rendered: bool) -> None:
    assert violation(ALLOWED["redshift"][name], REDSHIFT, rendered=rendered) is None


@pytest.mark.parametrize("name", ALLOWED["template"])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_lets_templates_pass_that_could_become_a_query(name: str, dialect: Dialect) -> None:
    assert violation(ALLOWED["template"][name], dialect) is None


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT 1", "SELECT 1"),
        ("\nSELECT 1 ; \n", "\nSELECT 1"),
        ("SELECT 1;;", "SELECT 1"),
        ("SELECT 1 -- why\n; /* done */ -- ;", "SELECT 1"),
        ("SELECT ';' -- ;", "SELECT ';'"),
        ("SELECT 1; SELECT 2;", "SELECT 1; SELECT 2"),
        ("SELECT 'a;", "SELECT 'a;"),
        ("-- nothing;", ""),
        ("", ""),
    ],
)
def test_without_terminator(sql: str, expected: str) -> None:
    assert without_terminator(sql, POSTGRES.lexical) == expected


@pytest.mark.parametrize("name", ALLOWED["postgres"])
def test_text_can_follow_a_query_without_its_terminator(name: str, postgres: Server) -> None:
    bare = without_terminator(ALLOWED["postgres"][name], POSTGRES.lexical)
    assert postgres.only_reads(f"SELECT 1 FROM (\n{bare}\n) AS wrapped")


WORDS = st.sampled_from(
    """a t k keywords update delete insert merge into for as with set using select from values table where share key no
    of recursive materialized search cycle depth first by substring returning only default true 1 0 2. .5 $1 and or
    union all order limit null not in exists""".split()  # noqa: SIM905 a list would take fifty lines
)
MARKS = st.sampled_from(
    ["(", ")", "((", "))", ",", ".", ";", "=", "*", "+", "-", "/", "::", "'", '"', "$", "$$", "$a$"]
)
TEXTS = st.sampled_from(
    ["''", "'a'", "E'\\''", '"x"', "$$;$$", "-- ;\n", "/* ( */", "/* /* */", "{{", "}}", "{%", "%}"]
)
GAPS = st.sampled_from([" ", " ", " ", "", "\n", "/**/", "--\n"])
SOUP = st.lists(st.tuples(st.one_of(WORDS, WORDS, MARKS, TEXTS), GAPS)).map(lambda x: "".join(a + b for a, b in x))


@given(sql=st.one_of(st.text(), SOUP), dialect=st.sampled_from(DIALECTS), rendered=st.booleans())
def test_never_raises_and_points_into_the_text(sql: str, dialect: Dialect, rendered: bool) -> None:
    found = violation(sql, dialect, rendered=rendered)
    assert found is None or (0 <= found.place.offset <= len(sql) and found.message and found.fix)
    assert sql.startswith(without_terminator(sql, dialect.lexical))


REPEATED = (
    *("'", '"', "$", "$a", "$a$", "$a$ $b$", "/*", "/* ", "*/", "--", "(", "( ", ")", ";", "'';", "as "),
    *("{{", "{{'", "{%", "{#", "{{}}", "{%%", "{##", "\\'", "E'", "E'a'\n", "E'a'--\n", "U&'"),
    *("a", "a.", "1", "1.", ".1", "1_", " ", "/**/", "/*/**/*/", "\0"),
)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("repeated", REPEATED)
def test_much_of_the_same_is_judged_in_linear_time(repeated: str, dialect: Dialect) -> None:
    """Were the time quadratic, this would take an hour."""
    sql = "SELECT " + repeated * (200_000 // len(repeated))
    violation(sql, dialect, rendered=True)
    violation(sql + "'", dialect)


QUERIES = st.sampled_from(sorted(ALLOWED["postgres"].values()))


@given(queries=st.lists(QUERIES, min_size=2, max_size=4), gap=st.sampled_from([";", " ; ", ";\n-- more\n"]))
def test_several_queries_are_always_refused(queries: list[str], gap: str) -> None:
    found = violation(
        gap.join(without_terminator(query, POSTGRES.lexical) for query in queries), POSTGRES, rendered=True
    )
    assert found
    assert found.message == "one query only; a second statement starts here"


CONTENT = st.text(st.characters(codec="utf-8", exclude_characters="\0")) | SOUP
QUOTES = {
    "string": lambda text: "'" + text.replace("'", "''") + "'",
    "escape string": lambda text: "E'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'",
    "name": lambda text: '"' + text.replace('"', '""') + '"',
    "dollar quote": lambda text: "$q$" + text.replace("$", "") + "$q$",
    "line comment": lambda text: "--" + text.replace("\n", "").replace("\r", "") + "\n",
    "comment": lambda text: "/*" + text.replace("*", "").replace("/", "") + "*/",
}
AROUND = st.sampled_from(
    [
        "SELECT 1, {} FROM t",
        "SELECT {} AS x",
        "SELECT {}",
        "SELECT {}; DELETE FROM t",
        "WITH x AS ({} DELETE FROM t)",
        "({}",
    ]
)


@given(content=CONTENT, quote=st.sampled_from(sorted(QUOTES)), around=AROUND)
def test_what_stands_in_quotes_and_comments_does_not_matter(content: str, quote: str, around: str) -> None:
    full, empty = (
        violation(around.replace("{}", QUOTES[quote](text)), POSTGRES, rendered=True) for text in (content, "")
    )
    assert (full and full.message) == (empty and empty.message)


NAME = st.sampled_from(
    ["a", "update", "delete", "insert", "k.into", "k.for", "k.as", "1", "length(substring(b for a))"]
)
LABEL = st.sampled_from(["", " AS x", " AS into", " AS as", " AS for", " update", " AS update", " delete"])
# No table is called as a CTE is: PostgreSQL lets FOR UPDATE of a CTE pass without any lock.
TABLE = st.sampled_from(["keywords k", "keywords AS k", "keywords AS update", "t k"])
LOCK = st.sampled_from(
    [*[""] * 8, " LIMIT 1", " FOR UPDATE", " FOR UPDATE OF k", " FOR SHARE", " FOR KEY SHARE", " FOR READ ONLY"]
)
INTO = st.sampled_from([*[""] * 9, " INTO new_table"])
CHANGES = st.sampled_from(
    [
        "DELETE FROM keywords RETURNING a",
        "DELETE FROM keywords",
        "UPDATE keywords SET a = 1 RETURNING a",
        "UPDATE keywords update SET delete = 1",
        "INSERT INTO keywords (a) VALUES (1) RETURNING a",
        "INSERT INTO keywords (delete) SELECT 1",
    ]
)
CTE_NAME = st.sampled_from(["x (a)", "update (a)", "delete (a)", "values (a)", "RECURSIVE x (a)", "c"])
CTE_BODY = st.sampled_from([" AS ({})", " AS MATERIALIZED ({})", " AS NOT MATERIALIZED({})", " AS/**/({})"])
LOOP = "RECURSIVE x (a, delete) AS (SELECT 1, 2 UNION ALL SELECT a, 2 FROM x)"
AFTER_LOOP = st.sampled_from(
    [
        "",
        " SEARCH DEPTH FIRST BY a, delete SET update",
        " CYCLE a SET update USING insert",
        ' CYCLE a, delete SET b USING "c d"',
    ]
)


@st.composite
def selects(draw: st.DrawFn, depth: int) -> str:
    """A SELECT of one column; deeper ones read from queries."""
    query = queries(depth - 1) if depth else st.just("SELECT 1")
    column, table = draw(NAME | query.map("({})".format)), draw(TABLE | query.map("({}) k".format))
    return f"SELECT {column}{draw(LABEL)}{draw(INTO)} FROM {table}{draw(LOCK)}"


@st.composite
def withs(draw: st.DrawFn, depth: int) -> str:
    """One or two CTEs and a statement; each of them may change data."""
    statement = queries(depth - 1) | queries(depth - 1) | CHANGES
    cte = st.tuples(CTE_NAME, CTE_BODY, statement).map(lambda parts: parts[0] + parts[1].format(parts[2]))
    first = draw(cte | cte | AFTER_LOOP.map(LOOP.__add__))
    second = draw(st.just("") | cte.filter(lambda text: "RECURSIVE" not in text).map(", {}".format))
    return f"WITH {first}{second} {draw(statement)}"


@st.composite
def queries(draw: st.DrawFn, depth: int) -> str:
    """What looks like a query; PostgreSQL may see it otherwise."""
    if not depth:
        return draw(selects(0))
    union = st.tuples(selects(depth), selects(depth)).map(" UNION ALL ".join)
    return draw(selects(depth) | withs(depth) | withs(depth).map("({})".format) | union)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(sql=queries(2) | CHANGES)
@example(sql="WITH RECURSIVE x (a) AS (SELECT 1 UNION ALL SELECT a FROM x) CYCLE a SET b USING c DELETE FROM t")
@example(sql="WITH x AS (WITH y AS (SELECT 1) DELETE FROM t RETURNING a) SELECT 1")
def test_judges_statements_as_postgres_does(sql: str, postgres: Server) -> None:
    if postgres.accepts(sql):
        assert (violation(sql, POSTGRES, rendered=True) is None) == postgres.only_reads(sql), sql


@settings(max_examples=200, deadline=None)
@given(sql=SOUP.map("SELECT a {} FROM t".format) | SOUP.map("WITH x AS ({} SELECT 1".format) | SOUP)
def test_nothing_that_changes_data_passes(sql: str, postgres: Server) -> None:
    if violation(sql, POSTGRES, rendered=True) is None:
        assert not postgres.accepts(sql) or postgres.only_reads(sql), sql
