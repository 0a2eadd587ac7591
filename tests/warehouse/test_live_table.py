"""How the live table is spoken of."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from summary_tables.model.build import Build
from summary_tables.warehouse.live_table import LiveTable

_AT = datetime(2026, 11, 21, 3, 0, 59, tzinfo=UTC)
_BUILD = Build(version="v", run_id="r", run_at=_AT, started_at=_AT, rows=1)
_TOKYO = replace(_BUILD, run_at=_AT.astimezone(timezone(timedelta(hours=9))))


@pytest.mark.parametrize(
    ("live", "words"),
    [
        (LiveTable(kind="absent"), "There is no live table yet."),
        (LiveTable(kind="table"), "The live table was not changed."),
        (LiveTable(kind="other"), "The live table was not changed."),
        (
            LiveTable(kind="ours", build=_BUILD),
            "The live table was not changed: it holds the build of 2026-11-21 03:00 UTC.",
        ),
        (
            LiveTable(kind="ours", build=_TOKYO),
            "The live table was not changed: it holds the build of 2026-11-21 03:00 UTC.",
        ),
    ],
)
def test_words(live: LiveTable, words: str) -> None:
    assert live.words("UTC") == words
