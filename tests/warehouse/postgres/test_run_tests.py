"""Tests of queries on a real server: values of every kind, what is wrong with a test, and that nothing is left."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from textwrap import indent

import psycopg
import pytest

from demo.embedded_postgres import EmbeddedPostgres
from summary_tables.commands.query_tests.report import difference_table
from summary_tables.commands.query_tests.result import QueryTestCase, QueryTestResult
from summary_tables.commands.query_tests.run_tests import run_tests
from summary_tables.commands.query_tests.source_columns import Types
from summary_tables.configs.folder import read_folder
from summary_tables.lint.facts.query_tests import query_tests
from summary_tables.warehouse.session.driver import of_database
from summary_tables.warehouse.session.own_database import own_databases
from tests.warehouse.postgres.database import PASSWORD

_ROLE = "query_tester"
_CATALOG = (
    "SELECT oid, relname, relkind::text FROM pg_class UNION ALL SELECT oid, nspname, '' FROM pg_namespace "
    "UNION ALL SELECT oid, typname, '' FROM pg_type ORDER BY 1"
)
_KNOWN: Mapping[str, Types] = {"raw.known": {"id": "integer", "name": "character varying(3)", "at": "timestamp"}}
_names = count(1)


@pytest.fixture(scope="module")
def address(server: EmbeddedPostgres) -> Iterator[str]:
    """Two databases of a role that owns nothing else."""
    with server.connect() as connection:
        connection.execute(f"CREATE ROLE {_ROLE} LOGIN PASSWORD '{PASSWORD}'".encode())
        for number in (1, 2):
            connection.execute(f"CREATE DATABASE query_tests_{number} OWNER {_ROLE} STRATEGY file_copy".encode())
    yield server.uri("query_tests_1", _ROLE, PASSWORD)
    with server.connect() as connection:
        for number in (1, 2):
            connection.execute(f"DROP DATABASE query_tests_{number} WITH (FORCE)".encode())
        connection.execute(f"DROP ROLE {_ROLE}".encode())


def results(address: str, folder: Path, main_sql: str, tests: str, more: str = "") -> tuple[QueryTestResult, ...]:
    folder = folder / "dag_configs"
    folder.mkdir(exist_ok=True)
    text = f"table: t\nschema: analytics\n{more}main_sql: |\n{indent(main_sql, '  ')}\ntests:\n{tests}"
    (folder / "t.yaml").write_text(text, "utf-8")
    [file] = read_folder(folder).files
    cases = [QueryTestCase(file=file, index=index, test=test) for index, test in enumerate(query_tests(file))]
    return run_tests(address, cases, _KNOWN)


def said(address: str, folder: Path, main_sql: str, test: str, more: str = "") -> str:
    """What the one test `test`, the keys below its name, comes to: empty where it passes."""
    [result] = results(address, folder, main_sql, f"  - name: x\n{indent(test, '    ')}\n", more)
    if result.problem:
        problem = result.problem
        fix = f"; fix: {problem.fix}" if problem.fix else ""
        return f"{problem.line}:{problem.column}+{problem.length} {problem.message}{fix}"
    return difference_table(result.difference) if result.difference else ""


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("1::smallint", "1"),
        ("1::smallint", "1.0"),
        ("100::numeric(10,2)", "100"),
        ("0.1::float8", "0.1"),
        ("2::bigint", '"2"'),
        ("1.5::real", "1.50"),
        ("'NaN'::float8", "NaN"),
        ("NULL::integer", "null"),
        ("TRUE", "true"),
        ("FALSE", '"no"'),
        ("'t'::text", "t"),
        ("'1'::text", "1"),
        ("'1.0'::text", "1.0"),
        ("''", '""'),
        ("'한국어 😀 it''s 100% $1 \\'", "'한국어 😀 it''s 100% $1 \\'"),
        ("DATE '2026-01-31'", "2026-01-31"),
        ("TIMESTAMP '2026-01-31 00:00'", '"2026-01-31"'),
        ("TIMESTAMPTZ '2026-01-31 00:00+00'", '"2026-01-31 09:00:00+09"'),
        ("'ab'::char(5)", "ab"),
        ("'abc'::varchar(2)", "ab"),
        ("INTERVAL '1 day'", "1 day"),
        ("ARRAY[1,2]", '"{1,2}"'),
        ("'{\"a\": 1}'::jsonb", "'{\"a\":1}'"),
    ],
)
def test_values_that_are_the_same(address: str, tmp_path: Path, column: str, expected: str) -> None:
    assert said(address, tmp_path, f"SELECT {column} AS a", f"expect: [{{a: {expected}}}]") == ""


@pytest.mark.parametrize(
    ("column", "expected", "shown"),
    [
        ("'a '", "a", "missing       a\nnot expected  'a '\n"),
        ("NULL::text", '""', "missing       ''\nnot expected  NULL\n"),
        ("'abc'::varchar(3)", "abcd", "missing       abcd\nnot expected  abc\n"),
        ("1.01::numeric(3,2)", "1.014", "missing       1.014\nnot expected  1.01\n"),
        ("1", "1.5", "missing       1.5\nnot expected  1\n"),
        ("1.00", "1.001", "missing       1.001\nnot expected  1.00\n"),
        ("'ab\tc' || chr(8203)", "ab", "missing       ab\nnot expected  ab    c<U+200B>\n"),
    ],
)
def test_values_that_are_not(address: str, tmp_path: Path, column: str, expected: str, shown: str) -> None:
    found = said(address, tmp_path, f"SELECT {column} AS a", f"expect: [{{a: {expected}}}]")
    assert found == f"              a\n{shown}"


def test_tables_that_are_known_given_and_empty(address: str, tmp_path: Path) -> None:
    main_sql = """\
SELECT k.name, g.n / 2 AS half, (SELECT COUNT(1) FROM "Odd Schema"."odd ""table") AS odd, e.at
FROM raw.known k JOIN other.given g ON g.id = k.id LEFT JOIN raw.empty e ON e.id = k.id"""
    test = """\
given:
  raw.known:
    - {id: 1, name: 한국어}
    - {id: 2}
  other.given:
    - {id: 1, n: 5}
    - {id: 2, n: 4.5}
  Odd Schema.odd "table: [{}, {}]
types:
  raw.empty: {id: integer, at: timestamp with time zone}
  Odd Schema.odd "table: {a: "numeric(10, 2)"}
expect:
  - {half: 2.5, name: 한국어, odd: 2, at: null}
  - {half: 2.25, name: null, odd: 2, at: null}"""
    assert said(address, tmp_path, main_sql, test) == ""


@pytest.mark.parametrize(
    ("more", "date", "expected"),
    [
        ("", "", "2026-01-01 2026-01-01"),
        ('schedule: "0 3 * * *"\n', 'date: "2026-03-31"\n', "2026-03-31 2026-04-01"),
        ("schedule: '@monthly'\n", 'date: "2026-03-31"\n', "2026-03-31 2026-03-01"),
    ],
)
def test_dates_of_the_run(address: str, tmp_path: Path, more: str, date: str, expected: str) -> None:
    main_sql = "SELECT '{{ ds }} {{ data_interval_end | ds }}' AS days"
    assert said(address, tmp_path, main_sql, f"{date}expect: [{{days: {expected}}}]", more) == ""


def test_no_row_is_expected_and_one_comes_out(address: str, tmp_path: Path) -> None:
    assert said(address, tmp_path, "SELECT 1 AS a, 'x' AS b", "expect: []") == (
        "              a  b\nnot expected  1  x\n"
    )


def test_tables_that_the_server_has_or_that_have_no_schema_of_their_own(address: str, tmp_path: Path) -> None:
    main_sql = "SELECT a.n FROM public.a JOIN b ON b.n = a.n WHERE EXISTS (SELECT 1 FROM pg_catalog.pg_class)"
    test = "given: {public.a: [{n: 1}], b: [{n: 1}, {n: 2}]}\nexpect: [{n: 1}]"
    assert said(address, tmp_path, main_sql, test) == ""


def test_query_has_a_few_seconds_in_the_zone_of_a_run(address: str, tmp_path: Path) -> None:
    settings = "SELECT current_setting('statement_timeout') AS longest, current_setting('timezone') AS zone"
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("ALTER DATABASE query_tests_1 SET TimeZone = 'Asia/Seoul'")
        found = said(address, tmp_path, settings, "expect: [{longest: 10s, zone: UTC}]")
        owner.execute("ALTER DATABASE query_tests_1 RESET TimeZone")
    assert found == ""


def test_two_calls_at_once_take_turns(address: str, tmp_path: Path) -> None:
    """They make the same tables in the same databases."""
    with ThreadPoolExecutor(max_workers=1) as pool, ExitStack() as others:
        for database in own_databases(address):
            other = others.enter_context(psycopg.connect(of_database(address, database)))
            other.execute("SELECT pg_advisory_lock(5_432_001)")
        waiting = pool.submit(said, address, tmp_path, "SELECT 1 AS n", "expect: [{n: 1}]")
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.3)
        others.close()
        assert waiting.result(timeout=300) == ""


def test_table_whose_name_holds_the_day(address: str, tmp_path: Path) -> None:
    main_sql = "SELECT n FROM {schema}.{table}_{{ ds_nodash }}"
    right = 'date: "2026-03-31"\ngiven: {analytics.t_20260331: [{n: 1}]}\nexpect: [{n: 1}]'
    assert said(address, tmp_path, main_sql, right) == ""
    assert said(address, tmp_path, main_sql, right.replace("331: [", "330: [")) == (
        '8:13+20 test "x": the query reads no table that it calls `analytics.t_20260330`; fix: write '
        "`analytics.t_20260331`"
    )


@pytest.mark.parametrize(
    ("main_sql", "test", "expected"),
    [
        (
            "SELECT n FROM raw.unknown",
            "expect: []",
            '6:11+1 test "x": the query reads raw.unknown, and the columns of that table are not known here; fix: name '
            "those that the query needs: `types: {raw.unknown: {id: integer}}`",
        ),
        (
            "SELECT id,\n  note FROM raw.given",
            "given: {raw.given: [{id: 1}]}\nexpect: []",
            '7:11+1 test "x": there is no column "note", line 5 of the file; fix: write a column that the table '
            "has; one that it has in the warehouse and not here is named in a row of `given` or in `types`",
        ),
        (
            "SELECT id FROM raw.known",
            "given: {raw.known: [{nmae: a}]}\nexpect: []",
            '7:26+4 test "x": raw.known has no column `nmae`; fix: write `name`; '
            "one that it has in the warehouse and not here is added by its type: "
            "`types: {raw.known: {nmae: text}}`",
        ),
        (
            "SELECT id FROM raw.known",
            "given: {raw.known: [{id: 1}, {id: 2, at: 2026-02-30}]}\nexpect: []",
            '7:46+10 test "x": `2026-02-30` is no value of `at` of raw.known, whose type is timestamp',
        ),
        (
            "SELECT id FROM raw.known",
            "given: {raw.known: [{id: 1, name: abcd}]}\nexpect: []",
            '7:39+4 test "x": `abcd` is no value of `name` of raw.known, whose type is varchar(3)',
        ),
        (
            "SELECT id FROM raw.known",
            "types: {raw.known: {id: intger}}\nexpect: []",
            '7:29+6 test "x": there is no type `intger`; fix: write a type of PostgreSQL, such as integer, numeric, '
            "text, boolean, date or timestamp",
        ),
        (
            "SELECT 1 AS n",
            "expect: [{n: 1}, {n: much}]",
            '7:26+4 test "x": `much` is no value of `n` of the query, whose type is integer',
        ),
        (
            "SELECT DATE '2026-01-01' AS n",
            "expect: [{n: 2026-01-01}, {n: 2026-02-29}]",
            '7:35+10 test "x": `2026-02-29` is no value of `n` of the query, whose type is date',
        ),
        (
            "SELECT * FROM raw.known",
            "expect: [{ids: 1}]",
            '7:15+3 test "x": the query gives no column `ids`; fix: write `id`',
        ),
        (
            "SELECT id FROM raw.known",
            "types: {raw.knwon: {id: integer}}\nexpect: []",
            '7:13+9 test "x": the query reads no table that it calls `raw.knwon`; fix: write `raw.known`',
        ),
        (
            "SELECT 1 AS n, 2 AS n",
            "expect: []",
            '6:11+1 test "x": Columns 1 and 2 of the query are both called "n"; write ... AS another_name',
        ),
        (
            "SELECT COUNT(*) FILTER (WHERE paid) AS n FROM raw.given",
            "given: {raw.given: [{id: 1, paid: null, at: null}]}\nexpect: [{n: 0}]",
            '6:11+1 test "x": the warehouse says: argument of FILTER must be type boolean, not type text, line 4 of '
            "the file; fix: the types of `paid` and `at` are not known, as no row has a value there: "
            "say it as `types: {raw.given: {paid: ..., at: ...}}`",
        ),
        (
            "SELECT COUNT(*) FILTER (WHERE paid) AS n FROM raw.given",
            "given: {raw.given: [{id: 1, paid: null}]}\ntypes: {raw.given: {paid: boolean}}\nexpect: [{n: 0}]",
            "",
        ),
        ("SELECT 1 / 0 AS n", "expect: []", '6:11+1 test "x": the warehouse says: division by zero'),
        (
            "SELECT n FROM generate_series(1, 10001) AS n",
            "expect: []",
            '6:11+1 test "x": the query returns more than 10,000 rows; a test is about a few',
        ),
        (
            "SELECT {{ nonsense }} AS n",
            "expect: []",
            '6:11+1 test "x": The query has a template that cannot be filled in: `nonsense` is not known in a query; '
            "fix: the names are `logical_date`, `data_interval_start`, `data_interval_end`, `ds`, `ds_nodash`, `ts`, "
            "`ts_nodash`, `ts_nodash_with_tz` and `macros.ds_add`, `macros.ds_format`",
        ),
        ("SELECT 1 AS n", 'date: "2026-02-30"\nexpect: []', '7:11+12 test "x": no calendar has the day 2026-02-30'),
    ],
)
def test_test_that_cannot_be_run(address: str, tmp_path: Path, main_sql: str, test: str, expected: str) -> None:
    assert said(address, tmp_path, main_sql, test) == expected.replace("6:11", f"{6 + main_sql.count(chr(10))}:11")


@pytest.mark.parametrize(
    ("main_sql", "expected"),
    [
        ("DELETE FROM raw.known", "The query may not run. Only a query is allowed here; DELETE would change data"),
        ("SELECT 1 AS n; COMMIT", "The query may not run. One query only; a second statement starts here"),
        (
            "SELECT lo_create(0) AS n",
            "the query tries to change data (lo_create()). It may only read",
        ),
        ("SELECT set_config('transaction_read_only', 'off', false) AS n", "the warehouse says: transaction read-write"),
    ],
)
def test_query_that_writes(address: str, tmp_path: Path, main_sql: str, expected: str) -> None:
    assert f'test "x": {expected}' in said(address, tmp_path, main_sql, "expect: []")


def test_many_tests_at_the_same_time_leave_nothing(address: str, tmp_path: Path) -> None:
    """More tests than connections, all of which make the same table; some fail in every way."""
    tests = "".join(
        f"  - {{name: {kind} {number}, given: {{raw.known: [{{id: {number}}}]}}, expect: [{{id: {value}}}]}}\n"
        for number in range(8)
        for kind, value in (("right", number), ("wrong", -1), ("broken", "abc"))
    )
    with psycopg.connect(address) as connection:
        before = connection.execute(_CATALOG).fetchall()
    found = results(address, tmp_path, "SELECT id FROM raw.known", tests)
    assert [result.case.index for result in found] == list(range(24))
    assert [(result.passed, result.problem is not None) for result in found] == [
        (True, False),
        (False, False),
        (False, True),
    ] * 8
    with psycopg.connect(address) as connection:
        assert connection.execute(_CATALOG).fetchall() == before


def test_what_one_test_sets_the_next_does_not_see(address: str, tmp_path: Path) -> None:
    tests = "".join(f"  - {{name: {name}, expect: [{{before: UTC, now: Asia/Seoul}}]}}\n" for name in "abcdef")
    main_sql = "SELECT current_setting('timezone') AS before, set_config('timezone', 'Asia/Seoul', false) AS now"
    assert [result.passed for result in results(address, tmp_path, main_sql, tests)] == [True] * 6
