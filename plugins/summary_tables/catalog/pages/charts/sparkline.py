"""Numbers of rows as one small line."""

from collections.abc import Sequence
from dataclasses import dataclass

from summary_tables.text.english import counted

WIDTH, HEIGHT = 88, 22
_EDGE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sparkline:
    """`points` of an SVG polyline, the place of the last of them, and what the line says in words."""

    points: str
    end: tuple[float, float]
    words: str


def sparkline(rows: Sequence[int]) -> Sparkline | None:
    """Of the numbers, oldest first; None: two are needed to see anything."""
    if len(rows) < 2:
        return None
    low, high = min(rows), max(rows)
    step = (WIDTH - 2 * _EDGE) / (len(rows) - 1)
    places = [(round(_EDGE + index * step, 1), _height(number, low, high)) for index, number in enumerate(rows)]
    return Sparkline(
        points=" ".join(f"{x:g},{y:g}" for x, y in places),
        end=places[-1],
        words=f"Rows of the last {len(rows)} builds: between {low:,} and {counted(high, 'row')}, now {rows[-1]:,}",
    )


def _height(number: int, low: int, high: int) -> float:
    if high == low:
        return HEIGHT / 2
    return round(HEIGHT - _EDGE - (number - low) / (high - low) * (HEIGHT - 2 * _EDGE), 1)
