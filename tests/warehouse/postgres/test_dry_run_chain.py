"""Files that read what other files of the folder build, put before a warehouse that has none of it yet."""

from pathlib import Path

from summary_tables.configs.folder import ConfigFolder, read_folder
from summary_tables.lint.engine import lint
from tests.golden_files import assert_golden
from tests.warehouse.postgres.database import BUILDER, Database, build_and_show, table_with
from tests.warehouse.postgres.dry_runs import checks, dry_run, with_tables, write

_CATALOG = """
SELECT (SELECT count(*) FROM pg_class), (SELECT count(*) FROM pg_type), (SELECT count(*) FROM pg_namespace),
    (SELECT count(*) FROM pg_attribute), (SELECT count(*) FROM pg_depend), (SELECT count(*) FROM pg_rewrite)
"""

_REFERENCES = """
columns:
  - name: id
    type: integer
    checks:
      - relationships: {to: analytics.zeta, to_column: id}
  - name: score
    type: smallint
    checks:
      - relationships: {to: analytics.zeta, to_column: created_at}
"""


def _said(database: Database, *paths: Path) -> list[str]:
    """What lint says of these files and folders."""
    with dry_run(database) as run:
        result = lint(paths, extra_check=run)
    return [
        str(problem) for problem in result.problems if problem.level == "error" or problem.rule.startswith("warehouse-")
    ]


def _write(folder: Path, main_sql: str, table: str, after: str = "", rest: str = "") -> Path:
    schedule = f"schedule: {{after: [{after}]}}\n" if after else ""
    return write(folder, main_sql, table=table, rest=f"{schedule}{rest}")


def test_queries_are_tried_against_what_others_will_give(database: Database, tmp_path: Path) -> None:
    """Whatever their order by name: the last of the chain comes first in it."""
    before = with_tables(database).admin(_CATALOG)
    folder = tmp_path / "dag_configs"
    _write(folder, 'SELECT id, score::numeric(5,2) AS "점수", created_at FROM raw_data.nps', "zeta")
    _write(
        folder, 'SELECT id, "점수" * 2 AS twice, created_at AS day FROM analytics.zeta AS z', "middle", "analytics.zeta"
    )
    _write(
        folder,
        "-- 점수 🙂\nSELECT analytics.middle.twice, day AS next\n"
        "FROM analytics.middle JOIN analytics.zeta USING (id)\nWHERE analytics.middle.dya > '2026-01-01'",
        "alpha",
        "analytics.middle, analytics.zeta",
    )
    _write(folder, "SELECT twice, nosuch FROM (SELECT * FROM analytics.middle) AS m", "beta", "analytics.middle")
    _write(folder, "SELECT day::date + 1 AS next, twice FROM analytics.middle", "fine", "analytics.middle")
    _write(
        folder,
        "SELECT id, score FROM raw_data.nps",
        "checked",
        rest=_REFERENCES
        + checks("SELECT COUNT(dya) FROM analytics.middle", role="input_check")
        + checks("SELECT COUNT(t.id) FROM {schema}.temp_{table} t JOIN analytics.middle m ON m.twise = t.id"),
    )
    assert_golden("dry_run/chain.txt", "\n".join(_said(database, folder)) + "\n")
    assert database.admin(_CATALOG) == before


def test_reader_of_what_cannot_be_tried_is_not_blamed(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "dag_configs"
    with_tables(database)
    root = _write(folder, "SELECT scor FROM raw_data.nps", "root")
    one = _write(folder, "SELECT scor FROM analytics.root", "one", "analytics.root")
    two = _write(
        folder, "SELECT scor FROM analytics.one", "two", "analytics.one", checks("SELECT 1 FROM analytics.root")
    )
    wrong = (
        "dag_configs/root.yaml:4:10: error[warehouse-column] `raw_data.nps` has no column `scor`; fix: write `score`"
    )
    assert _said(database, folder) == [wrong]
    # Where nobody asks for the file that is wrong, it is said, once.
    assert _said(database, one, two) == [
        "dag_configs/one.yaml:4:20: info[warehouse-table] `analytics.root` is not in the warehouse yet, so this query "
        "was not tried: dag_configs/root.yaml builds it; "
        "fix: lint dag_configs/root.yaml, too: it says why its own query was not taken"
    ]
    assert _said(database, two) == [
        "dag_configs/two.yaml:4:20: info[warehouse-table] `analytics.one` is not in the warehouse yet, so this query "
        "was not tried: dag_configs/one.yaml builds it; "
        "fix: lint dag_configs/root.yaml, too: it says why its own query was not taken"
    ]
    assert _said(database, two, root) == [wrong]
    # Mended, all of the chain is right.
    _write(folder, "SELECT score AS scor FROM raw_data.nps", "root")
    assert _said(database, two) == []


def test_reader_of_columns_that_are_declared_otherwise_is_not_blamed(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "dag_configs"
    with_tables(database)
    _write(folder, "SELECT id FROM raw_data.nps", "root", rest="columns:\n  - {name: id, type: text}\n")
    _write(folder, "SELECT id || 'a' AS id FROM analytics.root WHERE id > 'a'", "one", "analytics.root")
    assert _said(database, folder) == [
        "dag_configs/root.yaml:6:22: error[warehouse-type] `id` is text here, and the query gives it as integer; "
        "fix: write `type: integer`"
    ]


def test_new_column_of_a_table_that_stands_there(database: Database, tmp_path: Path) -> None:
    with_tables(database)
    folder = tmp_path / "dag_configs"
    build_and_show(database, "SELECT 1 AS old", table_with(table="base"))
    _write(folder, "SELECT 1 AS old, 'x' AS fresh", "base")
    _write(folder, "SELECT fresh + old AS a FROM analytics.base", "daily", "analytics.base")
    assert [each for each in _said(database, folder) if "daily" in each] == [
        "dag_configs/daily.yaml:4:16: error[warehouse-type] `+` cannot stand between text and integer; "
        "fix: write `fresh::integer + old`"
    ]


def test_tables_that_read_each_other(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "dag_configs"
    with_tables(database)
    write(folder, "SELECT a FROM analytics.two", table="one")
    write(folder, "SELECT a FROM analytics.one", table="two")
    found = read_folder(folder)
    assert _dry(database, found) == [
        "dag_configs/two.yaml:4:17: info[warehouse-table] `analytics.one` is not in the warehouse yet, so this query "
        "was not tried: dag_configs/one.yaml builds it"
    ]


def test_long_chain(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "dag_configs"
    with_tables(database)
    write(folder, "SELECT id FROM raw_data.nps", table="t150")
    for number in range(150):
        write(folder, f"SELECT id FROM analytics.t{number + 1:03}", table=f"t{number:03}")
    write(folder, "SELECT nosuch FROM analytics.t001", table="t000")
    found = read_folder(folder)
    with dry_run(database) as run:
        assert [str(problem) for problem in run(found.files[0], found)] == [
            "dag_configs/t000.yaml:4:10: error[warehouse-column] `analytics.t001` has no column `nosuch`; "
            "fix: the columns are `id`"
        ]


def test_role_that_may_make_no_table_is_told_what_was_not_tried(database: Database, tmp_path: Path) -> None:
    with_tables(database)
    database.admin(f"REVOKE TEMPORARY ON DATABASE {database.name} FROM PUBLIC, {BUILDER}")
    folder = tmp_path / "dag_configs"
    _write(folder, "SELECT id FROM raw_data.nps", "root")
    _write(folder, "SELECT nosuch FROM analytics.root", "one", "analytics.root")
    _write(folder, "SELECT nosuch FROM analytics.one", "two", "analytics.one")
    said = (
        "dag_configs/{}.yaml:4:22: info[warehouse-table] `analytics.{}` is not in the warehouse yet, so this query was "
        "not tried: dag_configs/{}.yaml builds it"
    )
    assert _said(database, folder) == [said.format("one", "root", "root"), said.format("two", "one", "one")]


def _dry(database: Database, folder: ConfigFolder) -> list[str]:
    with dry_run(database) as run:
        return [str(problem) for file in folder.files for problem in run(file, folder)]
