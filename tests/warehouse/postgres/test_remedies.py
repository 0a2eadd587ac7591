"""Every remedy of `tests/cases/remedies/` is followed: the result lints clean, builds, and means what was said."""

from collections.abc import Iterator
from pathlib import Path
from textwrap import indent
from typing import Any, TypedDict

import psycopg
import pytest
import yaml

from demo.embedded_postgres import EmbeddedPostgres
from summary_tables.lint.engine import lint
from summary_tables.model.problem import Problem

CASES = Path(__file__).parents[2] / "cases" / "remedies"
TABLES = """
CREATE SCHEMA raw_data;
CREATE TABLE raw_data.t (a int, b int, c text, day date, ts timestamp);
INSERT INTO raw_data.t VALUES
    (1, 10, 'x', '2026-01-31', '2026-01-31 10:00'), (2, 20, 'y', '2026-03-01', '2026-03-01 23:30');
CREATE TABLE raw_data."2023_orders" AS SELECT 5 AS a;
"""
DATES = {
    "{{ ds }}": "2026-03-02",
    "{{ data_interval_start }}": "2026-03-01 00:00:00+00:00",
    "{{ data_interval_end }}": "2026-03-02 00:00:00+00:00",
}


class Followed(TypedDict):
    sql: str
    columns: list[str]
    rows: list[list[Any]]


class Case(TypedDict, total=False):
    sql: str
    message: str
    fix: str
    also: str
    followed: list[Followed]


REMEDIES: list[Case] = yaml.safe_load((CASES / "postgres.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def connection(server: EmbeddedPostgres) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """One database for all cases, which only read."""
    with server.connect() as admin:
        admin.execute("CREATE DATABASE remedies STRATEGY file_copy")
    with server.connect("remedies") as connection:
        connection.execute(TABLES.encode())
        yield connection
    with server.connect() as admin:
        admin.execute("DROP DATABASE remedies WITH (FORCE)")


@pytest.mark.parametrize("case", REMEDIES, ids=lambda case: case["sql"])
def test_lint_says_this(case: Case, tmp_path: Path) -> None:
    said = [(problem.message, problem.fix) for problem in _said(case["sql"], tmp_path)]
    also = [(case["message"], case["also"])] if "also" in case else []
    assert said == [(case["message"], case.get("fix", "")), *also]
    assert bool(case.get("fix")) == bool(case.get("followed"))


FOLLOWED = [followed for case in REMEDIES for followed in case.get("followed", ())]


@pytest.mark.parametrize("followed", FOLLOWED, ids=lambda followed: followed["sql"])
def test_who_follows_gets_what_was_meant(
    followed: Followed, tmp_path: Path, connection: psycopg.Connection[tuple[Any, ...]]
) -> None:
    assert _said(followed["sql"], tmp_path) == []
    sql = followed["sql"]
    for template, date in DATES.items():
        sql = sql.replace(template, date)
    with connection.transaction(force_rollback=True):
        connection.execute(f"CREATE TEMPORARY TABLE built AS {sql}".encode())
        found = connection.execute("SELECT * FROM built ORDER BY 1")
        assert [column.name for column in found.description or ()] == followed["columns"]
        assert [list(row) for row in found.fetchall()] == followed["rows"]


def _said(sql: str, folder: Path) -> list[Problem]:
    """What lint says of a table with this query, but for what every such file lacks."""
    path = folder / "daily.yaml"
    path.write_text(f"table: daily\nschema: analytics\nmain_sql: |\n{indent(sql.rstrip(), '  ')}\n", "utf-8")
    return [problem for problem in lint([path]).problems if problem.rule not in ("modeline", "unchecked-source")]
