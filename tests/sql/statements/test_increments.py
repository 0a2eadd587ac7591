"""What each strategy sends, for both warehouses. Redshift's is parsed, never run."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import sqlglot

from summary_tables.model.column import Column
from summary_tables.model.increment import RUN_COLUMN
from summary_tables.sql.dialects.postgres import dialect as postgres
from summary_tables.sql.dialects.redshift import dialect as redshift
from summary_tables.sql.statements.statements import Statements
from tests.sql.statements.golden_statements import assert_golden_statements

_NAME = ("analytics", "nps_summary")
_BASE, _INCREMENT = "nps_summary__20261101T030405_f97565be1312", "nps_summary__20261122T030405_0a7565be13ff"
_MOMENT = datetime(2026, 11, 22, 3, tzinfo=UTC)
_COLUMNS = ("day", 'größe "1"')
_KEY = ("day", 'größe "1"')
_BOUNDS = ("DATE '2026-11-21'", "DATE '2026-11-22'")


def append(sql: Statements) -> list[str]:
    return [
        sql.increments.delete_of_runs(_BASE, [_MOMENT]),
        sql.increments.add_rows(_BASE, _INCREMENT, _COLUMNS, _MOMENT),
    ]


def delete_insert(sql: Statements) -> list[str]:
    return [
        sql.increments.times_outside(_INCREMENT, "day", *_BOUNDS),
        sql.increments.delete_of_interval(_BASE, "day", *_BOUNDS),
        sql.increments.add_rows(_BASE, _INCREMENT, _COLUMNS, _MOMENT),
    ]


def merge(sql: Statements) -> list[str]:
    return [
        sql.increments.empty_keys(_INCREMENT, _KEY),
        sql.increments.repeated_keys(_INCREMENT, _KEY),
        sql.increments.delete_of_keys(_BASE, _INCREMENT, _KEY, _MOMENT, datetime(2026, 11, 1, 3, tzinfo=UTC)),
        sql.increments.add_rows_of_new_keys(_BASE, _INCREMENT, _COLUMNS, _MOMENT, _KEY),
    ]


def increments(sql: Statements) -> list[str]:
    return [
        sql.increments.add_run_column(_BASE, None),
        sql.increments.add_run_column(_INCREMENT, _MOMENT),
        sql.increments.add_column(_BASE, Column(name='größe "1"', type="numeric(5,2)")),
        sql.builds.mark_applied(*_NAME, _INCREMENT, _BASE),
        sql.builds.newest_increment(*_NAME, _BASE),
        sql.builds.increments_since(*_NAME, _BASE, _MOMENT),
        sql.builds.first_increment(*_NAME, _BASE),
        sql.builds.increments_of(*_NAME, _BASE),
        sql.builds.last_published(*_NAME),
    ]


Chapter = Callable[[Statements], list[str]]
CHAPTERS: tuple[Chapter, ...] = (append, delete_insert, merge, increments)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_postgres(chapter: Chapter) -> None:
    assert_golden_statements(f"postgres_{chapter.__name__}", chapter(postgres.statements("summary_tables")))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_redshift(chapter: Chapter) -> None:
    statements = chapter(redshift.statements("summary_tables"))
    assert_golden_statements(f"redshift_{chapter.__name__}", statements)
    for statement in statements:
        assert sum(tree is not None for tree in sqlglot.parse(statement, read="redshift")) == 1


def test_every_inserted_row_says_which_run_it_came_from() -> None:
    sql = postgres.statements("summary_tables")
    assert all(RUN_COLUMN in text for text in (*append(sql), *merge(sql)) if text.startswith("INSERT"))
