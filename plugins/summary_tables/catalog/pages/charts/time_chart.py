"""A number of each build over time: a line for rows, bars for seconds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor, log10

from summary_tables.catalog.pages.words import day

WIDTH, HEIGHT = 440, 150
LEFT, RIGHT, TOP, BOTTOM = 56, 432, 10, 126


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A number at a moment. `is_shown`: readers see or saw that build; the others stand out. `words` say all of it."""

    at: datetime
    number: float
    words: str
    is_shown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A value in its place."""

    x: float
    y: float
    words: str
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line of the grid, or a day below it, with what stands at it."""

    place: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeChart:
    """`title` is what is shown; `words` say the same to those who do not see it."""

    title: str
    words: str
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    days: tuple[Tick, ...]
    bar: float
    is_from_zero: bool

    @property
    def line(self) -> str:
        """Through the builds that readers saw; points of an SVG polyline."""
        return " ".join(f"{mark.x:g},{mark.y:g}" for mark in self.marks if mark.is_shown)

    @property
    def area(self) -> str:
        """Below that line; points of an SVG polygon. Empty where the axis begins elsewhere: it would mean nothing."""
        shown = [mark for mark in self.marks if mark.is_shown]
        if not shown or not self.is_from_zero:
            return ""
        return f"{shown[0].x:g},{BOTTOM} {self.line} {shown[-1].x:g},{BOTTOM}"


def time_chart(
    title: str, values: Sequence[Value], said: Callable[[float], str], *, from_zero: bool
) -> TimeChart | None:
    """Of `values`, oldest first. `said`: a number as people read it. `from_zero`: the axis begins there.

    None: two values are needed to see anything.
    """
    if len(values) < 2:
        return None
    numbers = [value.number for value in values]
    levels = _levels(0 if from_zero else min(numbers), max(numbers))
    to_x, to_y = _places(values), _scale(levels[0], levels[-1])
    return TimeChart(
        title=title,
        words=_words(title, numbers, said),
        marks=tuple(
            Mark(x=to_x(index), y=to_y(value.number), words=value.words, is_shown=value.is_shown)
            for index, value in enumerate(values)
        ),
        ticks=tuple(Tick(place=to_y(level), words=said(level)) for level in levels),
        days=_days(values, to_x),
        is_from_zero=levels[0] == 0,
        bar=round(max(2.0, min(14.0, (RIGHT - LEFT) / len(values) * 0.7)), 1),
    )


def _words(title: str, numbers: Sequence[float], said: Callable[[float], str]) -> str:
    return (
        f"{title} of the last {len(numbers)} builds: between {said(min(numbers))} and {said(max(numbers))}, "
        f"the last {said(numbers[-1])}"
    )


def _places(values: Sequence[Value]) -> Callable[[int], float]:
    """One step a build: runs by hand close to each other would lie on one another on a true scale of time."""
    inner = (RIGHT - LEFT - 16) / max(len(values) - 1, 1)
    return lambda index: round(LEFT + 8 + index * inner, 1)


def _scale(low: float, high: float) -> Callable[[float], float]:
    return lambda number: round(BOTTOM - (number - low) / (high - low) * (BOTTOM - TOP), 1)


def _days(values: Sequence[Value], to_x: Callable[[int], float]) -> tuple[Tick, ...]:
    last = len(values) - 1
    picked = dict.fromkeys((0, last // 2, last) if last >= 4 else (0, last))
    return tuple(Tick(place=to_x(index), words=day(values[index].at)) for index in picked)


def _levels(low: float, high: float) -> list[float]:
    """Three to six round numbers around both."""
    span = high - low or abs(high) or 1
    rough = span / 3
    power = 10 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    first = floor(low / step)
    last = max(ceil(high / step), first + 1)
    return [max(level * step, 0) if low >= 0 else level * step for level in range(first, last + 1)]
