"""What a real warehouse makes of wrong queries, in our words: the golden files say it query by query."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summary_tables.configs.folder import read_folder
from summary_tables.lint.dry_run.answers import explain
from summary_tables.lint.dry_run.mistake import Refused
from summary_tables.lint.dry_run.query import AskedQuery
from summary_tables.lint.dry_run.refusal import Refusal
from summary_tables.lint.dry_run.rule_ids import RULES
from summary_tables.lint.dry_run.server import Server
from summary_tables.lint.dry_run.server_catalog import ServerCatalog
from summary_tables.lint.dry_run.source_map import MappedText, Piece
from summary_tables.warehouse.session.session import open_session
from tests.golden_files import assert_golden
from tests.warehouse.postgres.database import BUILDER, READER, WAREHOUSE, Database
from tests.warehouse.postgres.dry_runs import checks, said, with_tables, write

QUERIES = {
    "tables": (
        "SELECT id FROM raw_data.npss",
        "SELECT id FROM rawdata.nps",
        "SELECT id FROM raw.nps",
        "SELECT id FROM nps",
        "SELECT id FROM sales.pay",
        "SELECT id FROM raw_data.zzz",
        'SELECT 1 AS one FROM raw_data."주문서"',
        "SELECT id FROM a.b.c",
        "SELECT raw_dta.f(1) AS x",
        "WITH monthly AS (SELECT 1 AS n) SELECT n FROM montly",
        "SELECT x.score FROM raw_data.nps a",
        "SELECT nps.score FROM raw_data.nps A",
        "SELECT z.ts FROM raw_data.session_timestamp A JOIN raw_data.user_session_channel ON true",
        "SELECT a.id FROM raw_data.nps a, (SELECT a.id) b",
        "SELECT a.id FROM raw_data.nps a JOIN raw_data.nps a ON true",
    ),
    "columns": (
        "SELECT scor FROM raw_data.nps",
        "SELECT\n  a.id,\n  a.scor\nFROM raw_data.nps a",
        "SELECT zzz FROM raw_data.nps",
        "SELECT zzz FROM raw_data.nps JOIN raw_data.session_timestamp ON true",
        "SELECT userId FROM raw_data.nps",
        "SELECT t.x FROM (SELECT 1 AS y) t",
        "SELECT x FROM (SELECT 1 AS y) t",
        "SELECT score * 2 AS twice FROM raw_data.nps WHERE twice > 2",
        "WITH a AS (SELECT e.twice FROM raw_data.nps e WHERE twice > 2) SELECT a.twice FROM a",
        'SELECT id FROM raw_data.nps WHERE created_at = "Naver"',
        'SELECT id FROM raw_data.nps WHERE created_at IN ("it\'s")',
        'SELECT "고갹" FROM raw_data."주문"',
        "SELECT 고객, 금약 FROM raw_data.주문",
        "SELECT sessionid FROM raw_data.session_timestamp A JOIN raw_data.user_session_channel B ON true",
        "SELECT n FROM (SELECT 1 AS n) a, (SELECT 2 AS n) b",
        "SELECT a.*, b.* FROM raw_data.nps a JOIN raw_data.nps b USING (id)",
        "SELECT ROW(1, 2) AS r, pg_sleep(10) AS s",
        "SELECT {{ ds_nodash }} AS b, scor FROM raw_data.nps WHERE '{{ ds }}' > created_at",
        "{% if ds > '2000' %}SELECT scor{% endif %}\nFROM raw_data.nps WHERE '{{ ds }}' <> ''",
        "{% set name = 'scor' %}SELECT {{ name }} AS a FROM raw_data.nps",
    ),
    "functions": (
        "SELECT ROUND(AVG(score)::float8, 2) AS r FROM raw_data.nps",
        "SELECT ROUND(\n  AVG(score)::float8,\n  2\n) AS r FROM raw_data.nps",
        "SELECT NVL(score, 0) AS s FROM raw_data.nps",
        "SELECT COALESE(score, 0) AS s FROM raw_data.nps",
        "SELECT to_chr(ts, 'YYYY') AS s FROM raw_data.session_timestamp",
        "SELECT DATEDIFF(day, ts, ts) AS d FROM raw_data.session_timestamp",
        "SELECT frobnicate(ts) AS d FROM raw_data.session_timestamp",
        "SELECT SUM(created_at) AS x FROM raw_data.nps",
        "SELECT LENGTH(score) AS x FROM raw_data.nps",
        "SELECT DATE_TRUNC('month', created_at) AS m FROM raw_data.nps",
        "SELECT STRING_AGG(score, ',') AS x FROM raw_data.nps",
        "SELECT TO_DATE(ts) AS d FROM raw_data.session_timestamp",
        "SELECT NOW(1) AS d",
        "SELECT score FROM raw_data.nps WHERE COUNT(1) > 1",
        "SELECT SUM(COUNT(1)) AS x FROM raw_data.nps",
        "SELECT ROW_NUMBER() OVER () AS n FROM raw_data.nps WHERE ROW_NUMBER() OVER () = 1",
    ),
    "types": (
        "SELECT id FROM raw_data.nps WHERE id = created_at",
        "SELECT id FROM raw_data.nps WHERE created_at = id",
        "SELECT id FROM raw_data.nps WHERE LEFT(created_at, 4) > id",
        "SELECT id FROM raw_data.nps WHERE created_at >= CURRENT_DATE",
        "SELECT created_at - INTERVAL '1 day' AS x FROM raw_data.nps",
        "SELECT created_at + 1 AS x FROM raw_data.nps",
        "SELECT 1 + created_at AS x FROM raw_data.nps",
        "SELECT -created_at AS x FROM raw_data.nps",
        "SELECT id || score AS x FROM raw_data.nps",
        "SELECT ts + 1 AS x FROM raw_data.session_timestamp",
        "SELECT ts = true AS x FROM raw_data.session_timestamp",
        "SELECT 'a' + 'b' AS x",
        "SELECT id FROM raw_data.nps WHERE id IN ('a', 'b')",
        "SELECT DATE '2026-13-45' AS d",
        "SELECT DATE 'yesterday morning' AS d",
        "SELECT id::nvarchar AS x, 1::int64 AS y FROM raw_data.nps",
        "SELECT id::timestmp AS x FROM raw_data.nps",
        "SELECT id::zzz AS x FROM raw_data.nps",
        "SELECT true::date AS x",
        "SELECT CASE WHEN score > 1 THEN 1 ELSE 'a'::text END AS x FROM raw_data.nps",
        "SELECT 1 AS a UNION SELECT 'a'::text",
        "SELECT id FROM raw_data.nps WHERE score",
        "SELECT NOT score AS x FROM raw_data.nps",
    ),
    "others": (
        "SELECT created_at, COUNT(1) AS n FROM raw_data.nps",
        "SELECT a.id FROM raw_data.nps a HAVING COUNT(1) > 1",
        "SELECT 1 AS a FROM raw_data.nps GROUP BY 5",
        "SELECT (SELECT id, score FROM raw_data.nps) AS x",
        "SELECT $1 AS x",
        "SELECT id FROM hidden.pay",
        "SELECT a.id FROM raw_data.nps n JOIN raw_data.secret a ON a.id = n.id",
        "SELECT {{ ds.nothing }} AS a",
        "{% set more = '1; DROP TABLE raw_data.nps' %}SELECT {{ more }} AS a",
    ),
    "right": (
        "SELECT EXTRACT(DAY FROM ts - ts) AS d, 고객 FROM raw_data.session_timestamp, raw_data.주문",
        "SELECT 1 / 0 AS x;",
        "SELECT a.id, n FROM raw_data.nps a, LATERAL (SELECT COUNT(1) AS n FROM raw_data.nps b WHERE b.id < a.id) c",
        "SELECT '{{ ds }}'::date AS d, {{ macros.ds_add(ds, 1)[:4] }} AS n, '{{ data_interval_end | ts }}' AS e",
        "{% for n in range(2) %}{{ ' UNION ALL ' if n }}SELECT {{ n }} AS n{% endfor %}",
        "SELECT * FROM raw_data.nps",
        "SELECT \"userId\" FROM raw_data.nps WHERE 'a{' <> '{schema}'",
        "VALUES (1, 'a')",
        "TABLE raw_data.nps",
    ),
}
CHECKS = (
    "SELECT COUNT(1) FROM {schema}.temp_{table}",
    "SELECT COUNT(DISTINCT ctid) FROM {schema}.temp_{table} t WHERE t.c LIKE '2026%'",
    "SELECT COUNT(1) = 0 FROM {schema}.temp_{table}",
    "SELECT MAX(idd) FROM {schema}.temp_{table}",
    "SELECT\n  MAX(d)\nFROM {schema}.temp_{table}",
    "SELECT MAX(c) FROM {schema}.temp_{table}",
    "SELECT ARRAY_AGG(id) FROM {schema}.temp_{table}",
    "SELECT CURRENT_TIMESTAMP - MAX(d) FROM {schema}.temp_{table}",
    "SELECT '12'",
    "SELECT * FROM {schema}.temp_{table}",
    "SELECT COUNT(1) - (SELECT COUNT(1) FROM raw_data.npss) FROM {schema}.temp_{table}",
    "SELECT COUNT(1) - (SELECT COUNT(1) FROM {schema}.{table}) FROM {schema}.temp_{table}",
)


@pytest.mark.parametrize("theme", QUERIES)
def test_words_for_a_query(theme: str, database: Database, tmp_path: Path) -> None:
    with_tables(database)
    folder = tmp_path / "dag_configs"
    lines = []
    for query in QUERIES[theme]:
        write(folder, query)
        lines += [query, *_indented(said(database, folder)), ""]
    assert_golden(f"dry_run/{theme}.txt", "\n".join(lines))


def test_words_for_a_check(database: Database, tmp_path: Path) -> None:
    with_tables(database)
    folder = tmp_path / "dag_configs"
    lines = []
    for query in CHECKS:
        write(folder, "SELECT id, created_at AS c, created_at::date AS d FROM raw_data.nps", rest=checks(query))
        lines += [query, *_indented(said(database, folder)), ""]
    assert_golden("dry_run/checks.txt", "\n".join(lines))


def test_input_check_is_asked_too(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "dag_configs"
    write(
        folder, "SELECT id FROM raw_data.nps", rest=checks("SELECT MAX(created) FROM raw_data.nps", role="input_check")
    )
    assert said(with_tables(database), folder) == [
        "7:18: error[warehouse-column] `raw_data.nps` has no column `created`; fix: write `created_at`"
    ]


def test_names_that_the_role_may_not_read_are_not_proposed(database: Database, tmp_path: Path) -> None:
    with_tables(database)
    database.admin(f"GRANT USAGE ON SCHEMA raw_data TO {READER}")
    folder = tmp_path / "dag_configs"
    write(folder, "SELECT id FROM raw_data.npss")
    assert said(database, folder, role=READER) == [
        "4:18: error[warehouse-table] the warehouse has no table `raw_data.npss`"
    ]


def _indented(problems: list[str]) -> list[str]:
    return [f"    {problem}" for problem in problems]


def test_server_that_speaks_another_language(database: Database, tmp_path: Path) -> None:
    """What such servers say is given here: the code is the same, names of types and signatures are never translated."""
    folder = tmp_path / "dag_configs"
    query = (
        "SELECT ROUND(AVG(score)::float8, 2) AS r FROM raw_data.nps WHERE id = created_at AND id = 'abc' GROUP BY zz"
    )
    write(folder, query)
    moment_text = {
        ("42883", "ROUND"): "round(double precision, integer) 이름의 함수가 없음",
        ("42883", "= c"): "연산자 없음: integer = character varying",
        ("22P02", "'abc'"): "ungültige Eingabesyntax für Typ integer: »abc«",
        ("42703", "zz"): "la colonne « zz » n'existe pas",
        ("42P01", "raw_data"): "Relation »raw_data.nps« existiert nicht",
        ("42601", "WHERE"): "오류가 있음",
    }
    with_tables(database)
    lines = [
        f"{state} {message}\n    {_explained(database, folder, state, message, at)}"
        for (state, at), message in moment_text.items()
    ]
    assert_golden("dry_run/other_languages.txt", "\n".join(lines) + "\n")


def _explained(database: Database, folder: Path, state: str, message: str, at: str) -> str:
    found = read_folder(folder)
    file = found.files[0]
    sql = file.main_query.text
    piece = Piece(text=sql, origin=0, length=len(sql), is_copied=True)
    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        server = Server(session)
        with server.asking():
            refusal = Refusal(sqlstate=state, message=message, hint="", offset=sql.index(at))
            asked = AskedQuery(source=file.main_query, rendered=MappedText((piece,)), sql=sql)
            refused = Refused(refusal=refusal, query=asked, catalog=ServerCatalog(server), file=file, folder=found)
            wrong = explain.mistake(refused)
    return f"{wrong.rule} {wrong.message}; fix: {wrong.fix} (at `{sql[wrong.place.offset : wrong.place.end]}`)"


def test_right_on_single_columns_is_a_right(database: Database, tmp_path: Path) -> None:
    with_tables(database)
    database.admin(f"GRANT SELECT (id) ON raw_data.secret TO {BUILDER}")
    folder = tmp_path / "dag_configs"
    write(folder, "SELECT id FROM raw_data.secret")
    assert said(database, folder) == []


def test_words_are_found_for_whatever_the_server_says(database: Database, tmp_path: Path) -> None:
    with_tables(database)
    folder = tmp_path / "dag_configs"
    write(folder, "SELECT a.\"b\", f(x, 1) FROM t a JOIN u ON a.b = 'x' AND -c IN (SELECT $1::int)")
    found = read_folder(folder)
    file = found.files[0]
    piece = Piece(text=file.main_query.text, origin=0, length=len(file.main_query.text), is_copied=True)
    asked = AskedQuery(source=file.main_query, rendered=MappedText((piece,)), sql=file.main_query.text)
    with database.connect() as connection, open_session(connection, WAREHOUSE) as session:
        server = Server(session)
        catalog = ServerCatalog(server)

        @given(
            st.sampled_from([*explain.EXPLAINED, "XX000"]),
            st.text() | st.sampled_from(["function f(a, b) does not exist", "x: integer = text"]),
            st.none() | st.integers(0, 90),
        )
        def any_refusal(state: str, message: str, offset: int | None) -> None:
            refusal = Refusal(sqlstate=state, message=message, hint="", offset=offset)
            refused = Refused(refusal=refusal, query=asked, catalog=catalog, file=file, folder=found)
            wrong = explain.mistake(refused)
            assert wrong.rule in RULES
            assert wrong.place.length >= 1

        with server.asking():
            any_refusal()
