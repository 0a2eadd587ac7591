"""Tables around one table: a column a level, the way of the data from left to right."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from summary_tables.catalog.lineage import LineageSide, TableLineage
from summary_tables.text.english import counted
from summary_tables.text.width import cells

BOX_WIDTH, BOX_HEIGHT = 200, 26
_COLUMN_STEP, _ROW_STEP = BOX_WIDTH + 56, BOX_HEIGHT + 8
_MOST_IN_COLUMN: Final = 12
_MOST_CELLS: Final = 27


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A table in its place, or a number of tables that are not drawn: then `full_name` is empty.

    `words` fit into the box; `kind`: `own` is the table asked for. `project`: the dbt project that builds it.
    """

    full_name: str
    words: str
    kind: str
    x: int
    y: int
    project: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineageChart:
    """`lines` are SVG paths between boxes."""

    boxes: tuple[Box, ...]
    lines: tuple[str, ...]
    width: int
    height: int
    words: str


def lineage_chart(lineage: TableLineage) -> LineageChart | None:
    """None: the table stands alone."""
    if not lineage.upstream.nodes and not lineage.downstream.nodes:
        return None
    columns = _columns(lineage)
    tallest = max(map(len, columns))
    boxes = [box for place, column in enumerate(columns) for box in _placed(column, place, tallest)]
    return LineageChart(
        boxes=tuple(boxes),
        lines=tuple(_lines(lineage.links, {box.full_name: box for box in boxes if box.full_name})),
        width=(len(columns) - 1) * _COLUMN_STEP + BOX_WIDTH + 2,
        height=(tallest - 1) * _ROW_STEP + BOX_HEIGHT + 2,
        words=_words(lineage),
    )


def _words(lineage: TableLineage) -> str:
    made_of, readers = counted(lineage.upstream.total, "table"), counted(lineage.downstream.total, "table")
    return f"{lineage.full_name} is made of {made_of}, and {readers} of it"


@dataclass(frozen=True, slots=True)
class _Unplaced:
    full_name: str
    words: str
    kind: str
    project: str = ""


def _columns(lineage: TableLineage) -> list[list[_Unplaced]]:
    """From the left to the right."""
    own = [_Unplaced(lineage.full_name, _fitting(lineage.full_name), "own")]
    return [*reversed(_levels(lineage.upstream)), own, *_levels(lineage.downstream)]


def _levels(side: LineageSide) -> list[list[_Unplaced]]:
    """The nearest first."""
    levels: dict[int, list[_Unplaced]] = {}
    missing = side.total - len(side.nodes)
    for node in side.nodes:
        kind = "source" if node.is_source else "table"
        levels.setdefault(node.level, []).append(
            _Unplaced(node.full_name, _fitting(node.full_name), kind, node.project)
        )
    # Those that the lineage leaves out are further away than the rest, or as far.
    return [_cut(levels[level], missing if level == max(levels) else 0) for level in sorted(levels)]


def _cut(column: list[_Unplaced], missing: int) -> list[_Unplaced]:
    """`missing`: how many there are besides."""
    more = max(len(column) - _MOST_IN_COLUMN, 0) + missing
    if not missing and more <= 1:
        return column
    return [*column[:_MOST_IN_COLUMN], _Unplaced("", f"and {more:,} more", "more")]


def _placed(column: list[_Unplaced], place: int, tallest: int) -> Iterator[Box]:
    """In the middle of the height."""
    above = (tallest - len(column)) * _ROW_STEP // 2
    for row, box in enumerate(column):
        x, y = 1 + place * _COLUMN_STEP, 1 + above + row * _ROW_STEP
        yield Box(full_name=box.full_name, words=box.words, kind=box.kind, x=x, y=y, project=box.project)


def _lines(links: Iterable[tuple[str, str]], boxes: Mapping[str, Box]) -> Iterator[str]:
    for read, reader in links:
        start, end = boxes.get(read), boxes.get(reader)
        if start and end:
            yield _line(start, end)


def _line(start: Box, end: Box) -> str:
    """From the right edge of one box to the left edge of the other."""
    x, y = start.x + BOX_WIDTH, start.y + BOX_HEIGHT // 2
    to_x, to_y = end.x, end.y + BOX_HEIGHT // 2
    bend = max((to_x - x) // 2, 28)
    return f"M{x} {y}C{x + bend} {y} {to_x - bend} {to_y} {to_x} {to_y}"


def _fitting(name: str) -> str:
    """The end of a name that is too long: it tells tables of one schema apart."""
    if cells(name) <= _MOST_CELLS:
        return name
    cut = name[-_MOST_CELLS + 1 :]
    while cells(cut) > _MOST_CELLS - 1:
        cut = cut[1:]
    return f"…{cut}"
