"""Each way to refresh a table, in one sentence."""

from datetime import UTC, datetime

import pytest

from summary_tables.model.table import Refresh
from summary_tables.warehouse.increments.strategies import refresh_in_words

START = datetime(2026, 1, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("refresh", "words"),
    [
        (Refresh(), "each run builds the whole table"),
        (Refresh(strategy="append"), "each run adds its rows"),
        (Refresh(strategy="append", start=START), "each run adds its rows, from 2026-01-31 on"),
        (
            Refresh(strategy="delete_insert", time_column="날짜"),
            "each run replaces the rows of its data interval, by `날짜`",
        ),
        (
            Refresh(strategy="merge", unique_key=("date", "channel"), start=START),
            "each run replaces the rows with the same `date` and `channel`, and adds the others, from 2026-01-31 on",
        ),
    ],
)
def test_sentence(refresh: Refresh, words: str) -> None:
    assert refresh_in_words(refresh) == words
