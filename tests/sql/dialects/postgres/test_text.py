"""Values cannot break out of their quotes."""

from datetime import datetime, timedelta, timezone

import pytest

from summary_tables.sql.dialects.postgres.text import literal, timestamp


@pytest.mark.parametrize(
    ("text", "sql"),
    [("a", "'a'"), ("it's", "'it''s'"), ("a\\b", " E'a\\\\b'"), ("\\'", " E'\\\\'''"), ("", "''"), ("100%", "'100%'")],
)
def test_literal(text: str, sql: str) -> None:
    assert literal(text) == sql


def test_timestamp_is_utc() -> None:
    moment = datetime(2026, 11, 22, 12, 0, 0, 5, tzinfo=timezone(timedelta(hours=9)))
    assert timestamp(moment) == "TIMESTAMPTZ '2026-11-22 03:00:00.000005+00'"
