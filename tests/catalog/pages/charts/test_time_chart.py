"""A number over time."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from summary_tables.catalog.pages.charts.time_chart import BOTTOM, LEFT, RIGHT, TOP, Value, time_chart

START = datetime(2026, 11, 1, 3, tzinfo=UTC)


def values(*numbers: float) -> list[Value]:
    return [Value(at=START + timedelta(days=day), number=each, words=f"{each}") for day, each in enumerate(numbers)]


def said(number: float) -> str:
    return f"{number:g}"


def test_one_value_is_no_chart() -> None:
    assert time_chart("Rows", values(1), said, from_zero=False) is None


def test_words_say_what_is_seen() -> None:
    chart = time_chart("Rows", values(90, 95, 92), said, from_zero=False)
    assert chart is not None
    assert chart.words == "Rows of the last 3 builds: between 90 and 95, the last 92"
    assert [tick.words for tick in chart.ticks] == ["90", "92", "94", "96"]
    assert [tick.words for tick in chart.days] == ["1 Nov", "3 Nov"]
    # The axis does not begin at zero: an area below the line would mean nothing.
    assert chart.area == ""


def test_area_from_zero() -> None:
    chart = time_chart("Rows", values(0, 100), said, from_zero=True)
    assert chart is not None
    assert chart.area == f"64,{BOTTOM} 64,126 424,10 424,{BOTTOM}"


@given(
    st.lists(st.floats(min_value=0, max_value=1e15) | st.integers(0, 10**15), min_size=2, max_size=40), st.booleans()
)
def test_everything_is_inside(numbers: list[float], from_zero: bool) -> None:
    chart = time_chart("Rows", values(*numbers), said, from_zero=from_zero)
    assert chart is not None
    for mark in chart.marks:
        assert LEFT <= mark.x <= RIGHT
        assert TOP - 0.1 <= mark.y <= BOTTOM + 0.1
    assert 2 <= len(chart.ticks) <= 7
    assert all(one.place > other.place for one, other in pairwise(chart.ticks))
