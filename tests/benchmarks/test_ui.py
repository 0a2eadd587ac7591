"""The benchmark prints what it promises. How long anything takes is not asserted."""

from datetime import UTC, datetime

from benchmarks.made_history import Scale
from benchmarks.ui import PAGES, report
from benchmarks.ui_server import Answer

_SCALE = Scale(tables=1000, runs=100, until=datetime(2026, 11, 29, tzinfo=UTC))


def _answers(*milliseconds: float, size: int = 40_000) -> list[Answer]:
    return [Answer(status=200, first_byte=ms / 1000, cpu=0.03, size=size) for ms in milliseconds]


def test_report() -> None:
    results = {name: _answers(900, 50, 100, 150) for name in PAGES}
    text = report(results, _SCALE)
    assert "1,000 tables with 100 runs each: until the first byte, in milliseconds." in text
    assert [" ".join(line.split()) for line in text.splitlines()[5:7]] == [
        "the list 900 50 100 1.00 30 1.00 40 kB",
        "the list, failures 900 50 100 1.00 30 1.00 40 kB",
    ]
    assert "the slowest page, median: 100 ms (goal: at most 300 ms)" in text
    assert "the largest page: 40 kB (goal: at most 300 kB)" in text


def test_the_first_day_is_that_of_the_first_runs() -> None:
    assert _SCALE.first_day.isoformat() == "2026-08-22"
