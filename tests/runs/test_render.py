"""The SQL that a run sends: what is filled in, in which order, and what is refused."""

from datetime import UTC, datetime

import pytest

from summary_tables.model.failure import Refusal
from summary_tables.model.table import SummaryTable
from summary_tables.runs.dates import RunDates
from summary_tables.runs.render import main_query, rendered, sendable
from summary_tables.sql.dialects.postgres.dialect import DIALECT as POSTGRES
from summary_tables.sql.templates.template import mistakes

DATES = RunDates(due=datetime(2026, 11, 21, 3, tzinfo=UTC))


def table(main_sql: str) -> SummaryTable:
    return SummaryTable(table="nps", schema="analytics", main_sql=main_sql)


def test_dates_and_names_are_filled_in_and_the_semicolon_goes() -> None:
    query = "SELECT '{{ ds }}' AS day, '{schema}.{table}' AS name;\n"
    assert main_query(table(query), POSTGRES, DATES) == "SELECT '2026-11-21' AS day, 'analytics.nps' AS name"


def test_what_is_put_in_comes_after_the_templates_and_before_the_names() -> None:
    seen: list[str] = []

    def fill(sql: str) -> str:
        seen.append(sql)
        return sql.replace("NEW", "{schema}.x, '{{ ds }}'")

    found = rendered("SELECT '{{ ds }}', {table} FROM NEW", table(""), POSTGRES, DATES, fill)
    assert seen == ["SELECT '2026-11-21', {table} FROM NEW"]
    assert found == "SELECT '2026-11-21', nps FROM analytics.x, '{{ ds }}'"


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        (
            "SELECT 1 AS one {{ '; DROP TABLE x' if ds }}",
            "The query may not run. One query only; a second statement starts here.",
        ),
        ("DELETE FROM x", "The query may not run. Only a query is allowed here; DELETE would change data."),
    ],
)
def test_what_may_not_run_is_a_refusal(sql: str, words: str) -> None:
    assert main_query(table(sql), POSTGRES, DATES) == Refusal(error=words)


def test_a_template_is_refused_in_the_words_of_lint() -> None:
    sql = "SELECT '{{ conn.password }}' AS a"
    (said,) = mistakes(sql, POSTGRES)
    words = f"The query has a template that cannot be filled in: {said.message}; fix: {said.fix}."
    assert main_query(table(sql), POSTGRES, DATES) == Refusal(error=words)


def test_what_stands_behind_the_semicolon_goes_too() -> None:
    assert sendable("SELECT 1; -- one\n", POSTGRES) == "SELECT 1"
