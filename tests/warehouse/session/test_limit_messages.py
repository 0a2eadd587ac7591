"""What is said of a limit, and when it was not the reason."""

import pytest

from summary_tables.model.table import Limits
from summary_tables.warehouse.session.limit_messages import too_long, too_many_rows

BOTH = Limits(timeout_minutes=120, statement_timeout_minutes=1)


@pytest.mark.parametrize(
    ("limits", "seconds"), [(Limits(), 9999.0), (Limits(timeout_minutes=120), 7199.9), (BOTH, 59.9)]
)
def test_statement_that_ended_for_another_reason(limits: Limits, seconds: float) -> None:
    assert too_long(limits, seconds, is_query=True) == ""


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (
            BOTH,
            "The query ran longer than 1 minute and was stopped in the warehouse; make the query faster, or raise "
            "`statement_timeout_minutes` (at most 120, the `timeout_minutes` of the table).",
        ),
        (
            Limits(timeout_minutes=30, statement_timeout_minutes=60),
            "The query ran longer than 30 minutes and was stopped in the warehouse; make the query faster, or raise "
            "`timeout_minutes`.",
        ),
        (
            Limits(statement_timeout_minutes=2.5),
            "The query ran longer than 2.5 minutes and was stopped in the warehouse; make the query faster, or raise "
            "`statement_timeout_minutes`.",
        ),
    ],
)
def test_query_that_ran_too_long(limits: Limits, words: str) -> None:
    assert too_long(limits, 3600, is_query=True) == words


def test_statement_that_ended_with_its_time() -> None:
    assert too_long(BOTH, 60.0, is_query=False) == (
        "The work around the query (indexes, statistics) ran longer than 1 minute and was stopped in the warehouse; "
        "let the query return less, or raise `statement_timeout_minutes` (at most 120, the `timeout_minutes` of the "
        "table)."
    )


def test_one_row_is_a_row() -> None:
    assert too_many_rows(1, 0).startswith("The query returned 1 row; at most 0 are allowed")
