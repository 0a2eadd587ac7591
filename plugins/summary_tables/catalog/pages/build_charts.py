"""Rows and seconds of the last builds, over time."""

from collections.abc import Iterator, Sequence

from summary_tables.catalog.entry import Entry
from summary_tables.catalog.pages.charts.time_chart import TimeChart, Value, time_chart
from summary_tables.model.table_history import BuildPoint
from summary_tables.text.durations import duration_text
from summary_tables.text.english import counted
from summary_tables.text.moments import due_text


def build_charts(entry: Entry) -> tuple[TimeChart | None, TimeChart | None]:
    """Of rows, and of seconds; None where there is too little to see."""
    points = tuple(reversed(entry.history.points)) if entry.history else ()
    grows = entry.declared is not None and entry.declared.refresh.is_incremental
    rows = time_chart("Rows added" if grows else "Rows", tuple(_rows(entry.zone, points)), _number, from_zero=grows)
    return rows, time_chart("Build time", tuple(_seconds(entry.zone, points)), duration_text, from_zero=True)


def _rows(zone: str, points: Sequence[BuildPoint]) -> Iterator[Value]:
    for point in points:
        if point.rows is not None:
            words = f"{due_text(zone, point.run_at)}: {counted(point.rows, 'row')}{_unpublished(point)}"
            yield Value(at=point.run_at, number=point.rows, words=words, is_shown=point.is_published)


def _seconds(zone: str, points: Sequence[BuildPoint]) -> Iterator[Value]:
    for point in points:
        words = f"{due_text(zone, point.run_at)}: {duration_text(point.seconds)}{_unpublished(point)}"
        yield Value(at=point.run_at, number=point.seconds, words=words, is_shown=point.is_published)


def _unpublished(point: BuildPoint) -> str:
    return "" if point.is_published else ", not published"


def _number(number: float) -> str:
    """`1.5k`, `2M`: an axis has no room for more."""
    for size, unit in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if number >= size:
            return f"{number / (1e3 if unit == 'k' else size):.4g}{unit}"
    return f"{number:,.4g}" if number < 1000 else f"{number:,.0f}"
