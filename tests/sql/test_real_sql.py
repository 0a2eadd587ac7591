"""Queries as real warehouses have them: lint with all its rules finds no error in them, whichever parser reads them."""

from pathlib import Path
from textwrap import indent

import pytest

from summary_tables.lint.engine import lint
from summary_tables.sql.dialect import Dialect
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.dialects.redshift.dialect import DIALECT as REDSHIFT
from summary_tables.sql.parser import parse
from summary_tables.sql.parsers import sqlglot_parser
from summary_tables.sql.query import Query
from summary_tables.sql.templates import stand_ins

CASES = Path(__file__).parents[1] / "cases" / "sql"
POSTGRES_FILES = sorted((CASES / "postgres").glob("*.sql"))
REDSHIFT_FILES = sorted((CASES / "redshift").glob("*.sql"))
UNKNOWN_TO_SQLGLOT = {"json_standard", "number_forms", "recursive_search_cycle"}


def test_there_are_enough_of_them() -> None:
    assert len(POSTGRES_FILES) >= 30
    assert len(REDSHIFT_FILES) >= 20


@pytest.mark.parametrize("path", [*POSTGRES_FILES, *REDSHIFT_FILES], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_lint_finds_no_error(path: Path, tmp_path: Path) -> None:
    configs = tmp_path / "dag_configs"
    configs.mkdir()
    (configs / "defaults.yaml").write_text(f"warehouse: {{dialect: {path.parent.name}}}\n")
    sql = indent(path.read_text("utf-8"), "  ")
    (configs / "real.yaml").write_text(f"table: real\nschema: analytics\nmain_sql: |\n{sql}", "utf-8")
    found = lint([configs]).problems
    assert [str(problem) for problem in found if problem.level == "error"] == []


@pytest.mark.parametrize("path", [*POSTGRES_FILES, *REDSHIFT_FILES], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_tables_and_columns_are_known(path: Path) -> None:
    dialect: Dialect = POSTGRES if path.parent.name == "postgres" else REDSHIFT
    found = parse(stand_ins.filled(path.read_text("utf-8")) or "", dialect)
    assert isinstance(found, Query)
    assert found.columns
    assert found.tables


@pytest.mark.parametrize("path", POSTGRES_FILES, ids=lambda path: path.stem)
def test_both_parsers_say_the_same(path: Path) -> None:
    sql = stand_ins.filled(path.read_text("utf-8")) or ""
    if path.stem in UNKNOWN_TO_SQLGLOT:
        with pytest.raises(sqlglot_parser.RefusedError):
            sqlglot_parser.read(sql, POSTGRES)
    else:
        assert sqlglot_parser.read(sql, POSTGRES) == parse(sql, POSTGRES)
