"""Statements about logs as they are sent, for both warehouses. Redshift's are parsed, never run."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import sqlglot

from summary_tables.checks import CheckName, CheckResult
from summary_tables.model.build import BuildRun
from summary_tables.model.check_run import CheckRun
from summary_tables.model.logs import BUILD_LOG, CHECK_LOG, LOGS
from summary_tables.model.table import SummaryTable
from summary_tables.sql.dialects.postgres import dialect as postgres
from summary_tables.sql.dialects.redshift import dialect as redshift
from summary_tables.sql.statements.statements import Statements
from tests.sql.statements.golden_statements import assert_golden_statements

_NAME = ("analytics", "nps_summary")
_TABLE = SummaryTable(table="nps_summary", schema="analytics", main_sql="")
_RUN = BuildRun(run_id="manual\\it's", try_number=2, run_at=datetime(2026, 11, 21, 3, tzinfo=UTC))
_CHECKED = CheckRun(
    step="output_check",
    position=3,
    name=CheckName(label='only "A", "it\'s" in 채널', key="accepted_values 채널"),
    severity="error",
    result=CheckResult(
        passed=False,
        expected='only "A", "it\'s" in 채널',
        actual='2 rows with another value ("C:\\dir", 100%)',
    ),
    seconds=0.1234567,
    version="nps_summary__20261122T030405_f97565be1312",
)


def checks(sql: Statements) -> list[str]:
    return [
        *sql.logs.create_log(CHECK_LOG),
        sql.check_log.log_check(_TABLE, _RUN, _CHECKED),
        sql.check_log.failing_runs(_TABLE, _CHECKED),
    ]


def upkeep(sql: Statements) -> list[str]:
    age = timedelta(days=400)
    return [
        *sql.logs.add_log_column(BUILD_LOG, "size_bytes"),
        sql.logs.prune_checks(*_NAME, age),
        sql.logs.prune_builds(*_NAME, age, roll_backs=False),
        sql.logs.prune_builds(*_NAME, age, roll_backs=True),
    ]


Chapter = Callable[[Statements], list[str]]
CHAPTERS: tuple[Chapter, ...] = (checks, upkeep)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_postgres(chapter: Chapter) -> None:
    assert_golden_statements(f"postgres_log_{chapter.__name__}", chapter(postgres.statements("summary_tables")))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_redshift(chapter: Chapter) -> None:
    statements = chapter(redshift.statements("summary_tables"))
    assert_golden_statements(f"redshift_log_{chapter.__name__}", statements)
    for statement in statements:
        assert sum(tree is not None for tree in sqlglot.parse(statement, read="redshift")) == 1


def test_redshift_has_none_of_what_it_does_not_know() -> None:
    unknown = ("INDEX", "pg_total_relation_size", " E'", "LATERAL")
    statements = [statement for chapter in CHAPTERS for statement in chapter(redshift.statements("summary_tables"))]
    assert [(word, sql) for word in unknown for sql in statements if word in sql] == []


def test_what_a_log_is_searched_by_are_columns_of_it() -> None:
    for log in LOGS:
        assert {*log.searched_by, *([log.key] if log.key else [])} <= log.columns.keys()
