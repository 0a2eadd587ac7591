"""A kind of check is its class, its line in `CHECK_KINDS` and its schema: nothing else has to know of it.

A made-up one goes through the words for mistakes, lint, the dry run, a preview and the DAG.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from summary_tables.airflow.dag_spec import dag_spec
from summary_tables.checks import CHECK_KINDS
from summary_tables.configs.config import read
from summary_tables.lint.engine import lint
from tests.configs.schema.changed_schema import changed_schema
from tests.warehouse.postgres.database import Database
from tests.warehouse.postgres.dry_runs import said, with_tables, write
from tests.warehouse.postgres.made_up_kind import KnownCode, add_to_schema
from tests.warehouse.postgres.previews import show

QUERY = "SELECT 'a1' AS code, DATE '2026-11-21' AS day FROM raw_data.nps UNION ALL SELECT 'a2', NULL"
WRONG = ("known codes in code", False, "known codes in code", "1 row that nobody knows (a2)")
GOOD = "{column: code, like: '^a', known_in: raw_data.codes, known_as: code}"


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setitem(CHECK_KINDS, KnownCode.KEY, KnownCode)
    with changed_schema("summary_table", add_to_schema, tmp_path):
        yield


def with_check(folder: Path, check: str, beside: str = "") -> Path:
    return write(folder, QUERY, rest=f"output_check:\n  - {check}\n" + (f"    {beside}\n" if beside else ""))


@pytest.mark.parametrize(
    ("check", "beside", "words"),
    [
        (
            "known_code: 3",
            "",
            "6:17: error[value] `known_code` of `output_check` item 1 must be `key: value` lines, not the number 3;"
            " fix: write `known_code: {least: 3}`",
        ),
        (
            "code_list: {column: code}",
            "",
            "6:5: error[unknown-key] `code_list` is not a key of `output_check` item 1; fix: rename it to `known_code`",
        ),
        (
            f"known_code: {GOOD.replace('known_in', 'codes')}",
            "",
            "6:44: error[unknown-key] `codes` is not a key of `known_code` of `output_check` item 1;"
            " fix: rename it to `known_in`",
        ),
        (
            f"known_code: {GOOD[:-1]}, least: 5}}",
            "",
            "6:93: error[value] `least` of `known_code` of `output_check` item 1 is 5; it must be at most 1;"
            " fix: write 0.05 for 5 percent",
        ),
        (
            f"known_code: {GOOD}",
            "whole_table: true",
            "7:5: error[unknown-key] `known_code` looks at new codes only; fix: delete it",
        ),
        (
            f"known_code: {GOOD.replace('^a', '$a')}",
            "",
            "6:38: error[idle-check] this check can never fail: no text is like that; fix: write `^a`",
        ),
        (
            f"known_code: {GOOD.replace('known_as: code', 'known_as: nothing')}",
            "",
            "6:80: error[impossible-check] this check can never pass: nobody knows it; fix: name another",
        ),
        (
            f"known_code: {GOOD.replace('^a', '^(a')}",
            "",
            "6:40: error[unreadable-pattern] the warehouse cannot read this pattern: a `(` is not closed;"
            " fix: write `)` where the group ends, or `\\(` for the sign",
        ),
        (f"known_code: {GOOD}", "", ""),
    ],
)
def test_mistakes_in_the_file_have_words(check: str, beside: str, words: str, tmp_path: Path) -> None:
    path = with_check(tmp_path / "dag_configs", check, beside)
    found = [str(problem).partition("daily.yaml:")[2] for problem in lint([path]).problems if problem.level == "error"]
    assert found == ([words] if words else [])


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (
            GOOD,
            "6:54: error[warehouse-table] the warehouse has no table `raw_data.codes`;"
            " fix: the tables in `raw_data` are `events`, `nps`, `session_timestamp`, `user_session_channel`, `주문`",
        ),
        (
            GOOD.replace("raw_data.codes", "raw_data.nps").replace("known_as: code", "known_as: cod"),
            "6:78: error[warehouse-column] `raw_data.nps` has no column `cod`;"
            ' fix: the columns are `id`, `created_at`, `score`, `"userId"`',
        ),
        (
            GOOD.replace("column: code", "column: day"),
            "6:26: error[warehouse-check] `known_code` cannot be asked of `day`: its type is date;"
            " fix: name another column, or ask with a query (`sql`)",
        ),
    ],
)
def test_a_dry_run_asks_for_its_tables_columns_and_types(
    check: str, words: str, database: Database, tmp_path: Path
) -> None:
    with_tables(database)
    if "day" in check:
        database.admin("CREATE TABLE raw_data.codes (code date); GRANT SELECT ON raw_data.codes TO builder")
    with_check(tmp_path / "dag_configs", f"known_code: {check}")
    assert said(database, tmp_path / "dag_configs") == [words]


def test_a_run_asks_it(database: Database, tmp_path: Path) -> None:
    with_tables(database)
    database.admin(
        "CREATE TABLE raw_data.codes AS SELECT 'a1' AS code; INSERT INTO raw_data.nps VALUES (1, '', 1, 1);"
        "GRANT SELECT ON raw_data.codes TO builder"
    )
    with_check(tmp_path / "dag_configs", f"known_code: {GOOD}")
    config = read("daily", tmp_path / "dag_configs")
    (found,) = show(database, config.table).output_checks
    assert (found.name.label, found.passed, found.expected, found.actual) == WRONG
    assert list(dag_spec(config)["tasks"]) == ["create", "known_code_code", "publish"]
