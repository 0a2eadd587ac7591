"""The columns that a table will have."""

from pathlib import Path

import pytest

from summary_tables.configs.folder import read_folder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.output_columns import alias_advice, known_names, main_columns
from tests.lint.rules.one_rule import config


def table_file(folder: Path, main_sql: str) -> TableFile:
    (folder / "t.yaml").write_text(config(main_sql), "utf-8")
    (file,) = read_folder(folder).files
    return file


@pytest.mark.parametrize(
    ("main_sql", "names"),
    [
        ("SELECT Score, COUNT(1) AS n, 1 + 1 FROM raw_data.nps", ["score", "n", "?column?"]),
        ("SELECT score, a.* FROM raw_data.nps AS a", []),
        ("WITH a AS (SELECT score FROM raw_data.nps) SELECT * FROM a", ["score"]),
        ("SELECT score FORM raw_data.nps", []),
    ],
    ids=["all named", "star", "star over known columns", "cannot be read"],
)
def test_names_are_known_only_if_all_are(main_sql: str, names: list[str], tmp_path: Path) -> None:
    assert list(known_names(table_file(tmp_path, main_sql))) == names


@pytest.mark.parametrize(
    ("expression", "is_cast"),
    [
        ("created_at::date", True),
        ("a.created_at :: date::text", True),
        ('CAST(raw."created_at" AS date)', True),
        ("date(created_at)::text", False),
        ("'2026-11-22'::date", False),
        ("score::int + 1", False),
        ("COUNT(1)::int", False),
        ("CAST(COUNT(1) AS int)", False),
    ],
)
def test_casts_keep_the_name_of_their_column(expression: str, is_cast: bool, tmp_path: Path) -> None:
    (column,) = main_columns(table_file(tmp_path, f"SELECT {expression} FROM raw_data.nps AS a"))
    assert column.is_named is is_cast


@pytest.mark.parametrize(
    ("expression", "advice"),
    [
        ("COUNT(1)", "write `COUNT(1) AS n`"),
        ("ROUND(\n    score,\n    2)", "write `ROUND( score, 2) AS n`"),
        ("COALESCE(first_answer, second_answer, third_answer)", "write `AS n` behind it"),
        ("a.*", "write the columns that are wanted in place of `a.*`"),
    ],
)
def test_what_to_write(expression: str, advice: str, tmp_path: Path) -> None:
    (column,) = main_columns(table_file(tmp_path, f"SELECT {expression} FROM raw_data.nps AS a"))
    assert alias_advice(column, "n") == advice


def test_values_get_their_names_from_outside(tmp_path: Path) -> None:
    column, _ = main_columns(table_file(tmp_path, "VALUES (1, 'a')"))
    assert alias_advice(column) == "write `SELECT * FROM (VALUES ...) AS list (some_name, ...)`"
