"""What known sources say of queries, by an empty server and by names alone; one server for the module."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from demo.embedded_postgres import EmbeddedPostgres
from summary_tables.configs.folder import ConfigFolder, read_folder
from summary_tables.lint.dry_run.refusal import Refusal
from summary_tables.lint.known_sources.described import Described, described
from summary_tables.lint.known_sources.engine import KnownSourcesCheck
from summary_tables.lint.known_sources.tables import KnownTables
from summary_tables.sql.column_names import column_names
from tests.golden_files import assert_golden
from tests.lint.known_sources.sql_cases import cases, said, write_folder
from tests.warehouse.postgres.database import OTHER, PASSWORD
from tests.warehouse.postgres.random_queries import queries


@pytest.fixture(scope="module")
def address(server: EmbeddedPostgres) -> Iterator[str]:
    """Of an empty database that the role owns."""
    with server.connect() as session:
        session.execute(f"CREATE DATABASE known_sources OWNER {OTHER}".encode())
    yield server.uri("known_sources", OTHER, PASSWORD)
    with server.connect() as session:
        session.execute(b"DROP DATABASE known_sources WITH (FORCE)")


@pytest.fixture
def describer(address: str) -> Iterator[Described]:
    with described(address, print) as found:
        yield found


@pytest.mark.parametrize("name", ["wrong", "right"])
def test_queries(name: str, describer: Described, tmp_path: Path) -> None:
    lines = []
    for title, query in cases(f"{name}.sql"):
        folder = write_folder(tmp_path, {"daily": query})
        by_server, by_names = said(folder, "daily", describer), said(folder, "daily")
        lines += [f"-- {title}", query]
        lines += [f"    {problem}" for problem in by_server]
        lines += ["    by names alone the same"] if by_server == by_names else _by_names(by_names)
        lines.append("")
        is_wrong = any(": error[" in problem for problem in by_server)
        assert is_wrong == (name == "wrong"), (title, by_server)
        if name == "right":
            assert not any(": error[" in problem for problem in by_names), (title, by_names)
    assert_golden(f"known_sources/{name}.txt", "\n".join(lines))


def test_what_a_fix_says_is_right(describer: Described, tmp_path: Path) -> None:
    """Of names: what stands there is replaced by what is to be written, until nothing is wrong."""
    followed = 0
    for title, query in cases("wrong.sql"):
        for _ in range(query.count("\n") + 2):
            folder = write_folder(tmp_path, {"daily": query})
            file = folder.by_name["analytics.daily"]
            problems = KnownSourcesCheck(describer=describer)(file, folder, ())
            names = [found for found in problems if found.rule in ("warehouse-column", "warehouse-table")]
            fix = re.match(r"write `([\w.*\"]+)`", names[0].fix) if names else None
            if not fix:
                break
            lines = query.split("\n")
            at, line = names[0].column - 3, lines[names[0].line - 4]
            lines[names[0].line - 4] = line[:at] + fix[1] + line[at + names[0].length :]
            query = "\n".join(lines)
            followed += 1
        else:
            raise AssertionError((title, query))
    assert followed > 15


def _by_names(problems: list[str]) -> list[str]:
    return [f"    by names alone: {problem}" for problem in problems] or ["    by names alone nothing"]


def _folder(path: Path, files: dict[str, str]) -> ConfigFolder:
    """The folder of the cases, with files of these texts below `table` and `schema`."""
    configs = write_folder(path, {}).path
    for table, rest in files.items():
        (configs / f"{table}.yaml").write_text(f"table: {table}\nschema: analytics\n{rest}", "utf-8")
    return read_folder(configs)


def _all_said(folder: ConfigFolder, describer: Described | None) -> list[str]:
    check = KnownSourcesCheck(describer=describer)
    return [str(problem) for file in folder.files for problem in check(file, folder, ())]


CHAIN = {
    "a_reader": "main_sql: SELECT weeks + 1 AS n, monts FROM analytics.z_source\n",
    "m_middle": "main_sql: SELECT months, ROUND(n, 1) AS n FROM analytics.a_reader\n",
    "z_source": "main_sql: SELECT COUNT(1) AS weeks, MAX(note) AS months FROM shop.orders\n",
}


def test_tables_know_each_other_in_the_order_in_which_they_read(describer: Described, tmp_path: Path) -> None:
    """`m_middle` reads a table whose query is wrong, and is not blamed for it."""
    folder = _folder(tmp_path, CHAIN)
    assert _all_said(folder, describer) == [
        "dag_configs/a_reader.yaml:3:34: error[warehouse-column] `analytics.z_source` has no column `monts`; "
        "fix: write `months`",
    ]
    fixed = _folder(tmp_path, {**CHAIN, "a_reader": CHAIN["a_reader"].replace("monts", "weeks::float AS x, months")})
    assert _all_said(fixed, describer) == []
    with_type = {**CHAIN, "a_reader": "main_sql: SELECT weeks::float AS n, months FROM analytics.z_source\n"}
    assert _all_said(_folder(tmp_path, with_type), describer) == [
        "dag_configs/m_middle.yaml:3:26: error[warehouse-function] `ROUND` does not take (double precision, integer); "
        "it takes (numeric, integer); fix: write `ROUND(CAST(n AS numeric), 1)`"
    ]


def test_cycle_is_nobodys_mistake_here(describer: Described, tmp_path: Path) -> None:
    files = {
        "one": "main_sql: SELECT a, scor FROM analytics.two\n",
        "two": "main_sql: SELECT b AS a FROM analytics.one\n",
        "self": "main_sql: SELECT x FROM analytics.self\n",
    }
    folder = _folder(tmp_path, files)
    for with_server in (describer, None):
        problems = _all_said(folder, with_server)
        assert [problem for problem in problems if "one.yaml" not in problem] == []
        assert problems in ([], [_SCOR])


_SCOR = (
    "dag_configs/one.yaml:3:21: error[warehouse-column] `analytics.two` has no column `scor`; fix: the columns are `a`"
)

CHECKS = """\
main_sql: SELECT day, COUNT(1) AS orders, MAX(note) AS note FROM shop.orders GROUP BY day
columns:
  - {name: day, type: date}
  - {name: orders, type: text}
  - {name: note, type: citext}
input_check:
  - sql: SELECT COUNT(idd) FROM shop.orders
    count: 1
  - row_count: {min: 1}
    table: shop.ordrs
  - not_null: custmer_id
    table: shop.orders
output_check:
  - sql: SELECT MAX(day) FROM {schema}.temp_{table}
    count: 1
  - sql: SELECT MAX(dey) FROM {schema}.temp_{table}
    count: 1
  - sql: SELECT COUNT(1) - (SELECT SUM(ordrs) FROM {schema}.{table}) FROM {schema}.temp_{table}
    count: 1
  - range: {column: note, min: 1}
"""


def test_checks_are_asked_too(describer: Described, tmp_path: Path) -> None:
    folder = _folder(tmp_path, {"daily": CHECKS})
    by_server, by_names = _all_said(folder, describer), _all_said(folder, None)
    lines = [*by_server, "", "by names alone", *by_names, ""]
    assert_golden("known_sources/checks.txt", "\n".join(lines))


TYPES = ("numeric(12, 2)", "timestamp", "char varying( 20 )", "int", "Varchar(5)", "decimal", "char", "time ( 3 )")


def test_a_type_is_itself_however_it_is_written(describer: Described, tmp_path: Path) -> None:
    """Nothing is known of the table that is read: what the file says of its columns stands in their place."""
    columns = "".join(f'  - {{name: c{number}, type: "{written}"}}\n' for number, written in enumerate(TYPES))
    names = ", ".join(f"c{number}" for number in range(len(TYPES)))
    folder = _folder(tmp_path, {"daily": f"main_sql: SELECT {names} FROM nobody.knows\ncolumns:\n{columns}"})
    assert [problem for problem in _all_said(folder, describer) if "info[warehouse-table]" not in problem] == []


UNKNOWN = """\
main_sql: SELECT region, COUNT(1) AS orders FROM elsewhere.orders GROUP BY 1
input_check:
  - row_count: {min: 1}
    table: elsewhere.orders
output_check:
  - row_count: {min: 3}
  - row_count_change: {max_decrease_percent: 10}
  - row_count_equals: {table: elsewhere.orders}
  - unique: region
  - no_rows: SELECT 1 FROM {schema}.temp_{table} WHERE orders < 1
"""


@pytest.mark.parametrize(
    ("type_", "wrong"),
    [
        ("shop.positive", []),
        ("positive", []),
        ("shop.positive[]", []),
        ("shop.mood", []),
        ("ours.gone", []),
        ("intger", ['the warehouse does not take the type `intger`: type "intger" does not exist']),
    ],
)
def test_a_type_that_somebody_made_where_nothing_is_known_of_the_query(
    describer: Described, tmp_path: Path, type_: str, wrong: list[str]
) -> None:
    sources = write_folder(tmp_path, {}).path / "sources"
    types = "schema: shop\ntypes: [{name: positive, base: integer}, {name: mood, values: [sad, ok]}]\n"
    text = (
        f"columns: [{{name: id, type: '{type_}'}}]\nmain_sql: SELECT id FROM far.away\noutput_check: [{{unique: id}}]\n"
    )
    (sources / "shop.yaml").write_text(types + "tables: [{name: other}]\n", "utf-8")
    (sources.parent / "daily.yaml").write_text(f"table: daily\nschema: analytics\n{text}", "utf-8")
    folder = read_folder(sources.parent)
    found = KnownSourcesCheck(describer=describer)(folder.by_name["analytics.daily"], folder, ())
    assert [problem.message for problem in found if problem.level == "error"] == wrong


def test_checks_of_a_table_of_which_nothing_is_known_are_not_blamed(describer: Described, tmp_path: Path) -> None:
    for with_server in (describer, None):
        assert _all_said(_folder(tmp_path, {"daily": UNKNOWN}), with_server) == [
            "dag_configs/daily.yaml:3:50: info[warehouse-table] `elsewhere.orders` is neither a summary table nor "
            "among the known sources, so its columns are not checked; "
            "fix: add it to dag_configs/sources/elsewhere.yaml; `summary-tables sources --warehouse ADDRESS` does that"
        ]


def test_server_that_ends_is_said_once_and_nothing_else_is_lost(
    address: str, server: EmbeddedPostgres, tmp_path: Path
) -> None:
    files = {
        "one": "main_sql: SELECT ROUND(weight, 1) AS x FROM shop.orders\n",
        "two": "main_sql: SELECT ROUND(weight, 1) AS x, scor FROM shop.orders\n",
        "zero": "main_sql: SELECT wait FROM shop.orders\n",
    }
    folder = _folder(tmp_path, files)
    told: list[str] = []
    with described(address, told.append) as describer:
        check = KnownSourcesCheck(describer=describer)
        first = check(folder.by_name["analytics.one"], folder, ())
        with server.connect() as session:
            session.execute(b"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'known_sources'")
        rest = [
            str(problem)
            for name in ("two", "zero")
            for problem in check(folder.by_name[f"analytics.{name}"], folder, ())
        ]
    assert len(first) == 1
    assert [problem.partition(";")[0] for problem in rest] == [
        "dag_configs/two.yaml:3:41: error[warehouse-column] `shop.orders` has no column `scor`",
        "dag_configs/zero.yaml:3:18: error[warehouse-column] `shop.orders` has no column `wait`",
    ]
    assert told == ["The warehouse is shutting down or an administrator ended the session."]


def test_nothing_is_left_in_the_database(address: str, server: EmbeddedPostgres, tmp_path: Path) -> None:
    folder = _folder(tmp_path, {"one": "main_sql: SELECT id FROM shop.orders\n"})
    with described(address, print) as describer:
        assert _all_said(folder, describer) == []
    with server.connect("known_sources") as session:
        found = session.execute("SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information)'").fetchall()
    assert found == [("public",)]


def test_two_at_once_have_a_database_each(address: str, server: EmbeddedPostgres, tmp_path: Path) -> None:
    with server.connect() as session:
        session.execute(f"CREATE DATABASE known_sources_2 OWNER {OTHER}".encode())
    folder = _folder(tmp_path, {"one": "main_sql: SELECT idd FROM shop.orders\n"})
    with described(address, print) as first, described(address, print) as second:
        assert len(_all_said(folder, first)) == len(_all_said(folder, second)) == 1
    with server.connect() as session:
        session.execute(b"DROP DATABASE known_sources_2 WITH (FORCE)")


def test_names_that_are_called_wrong_are_refused_by_the_server(describer: Described, tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {})
    tables = {(table.schema, table.name): table for table in KnownTables(folder)}
    answerer = describer.answerer(KnownTables(folder), folder)
    assert answerer
    answerer.prepare(tables.values())
    dialect = folder.files[0].dialect
    wrong = {"refused": 0, "taken": 0}
    known = {key: tuple(column.name for column in table.columns) for key, table in tables.items() if table.columns}
    known["shop", "customers"] = known["shop", "customers"][:-1]  # one is of a type that is not here

    @given(queries())
    @settings(max_examples=150)
    def compared(query: str) -> None:
        names = column_names(query, dialect, lambda schema, name: known.get((schema, name)))
        answer = answerer.describe(query)
        wrong["refused" if isinstance(answer, Refusal) else "taken"] += 1
        assert not names.wrong or isinstance(answer, Refusal), (query, names)
        if isinstance(answer, tuple) and names.columns is not None:
            assert names.columns == tuple(column.name for column in answer), query

    with answerer.asking():
        compared()
    assert min(wrong.values()) > 5, wrong


def test_a_table_that_is_waited_for_is_looked_up(describer: Described, tmp_path: Path) -> None:
    folder = write_folder(tmp_path, {"daily": "SELECT 1 AS one"})
    path = folder.path / "daily.yaml"
    items = (("shop.orders", "loded_at"), ("shop.ordrs", "loaded_at"), ("shop.orders", "id"))
    lines = [f"    - {{table: {table}, column: {column}, within_hours: 6}}\n" for table, column in items]
    path.write_text(f'{path.read_text("utf-8")}schedule:\n  at: "@daily"\n  after:\n{"".join(lines)}', "utf-8")
    asked = read_folder(folder.path)
    told = [*said(asked, "daily", describer), "by names alone:", *said(asked, "daily")]
    assert_golden("known_sources/awaited.txt", "".join(f"{line}\n" for line in told))
