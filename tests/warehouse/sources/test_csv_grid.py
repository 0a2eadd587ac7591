"""CSV files as cells: whatever is in one, each cell has its place, and nothing raises."""

import csv
import io
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from summary_tables.model.row_source import CsvFile
from summary_tables.warehouse.sources.cells.columns import CellColumn
from summary_tables.warehouse.sources.cells.mistakes import CellMistakes
from summary_tables.warehouse.sources.cells.rows import converted
from summary_tables.warehouse.sources.cells.text_cells import text
from summary_tables.warehouse.sources.csv_file.content import Unreadable, decoded
from summary_tables.warehouse.sources.csv_file.delimited import records
from summary_tables.warehouse.sources.csv_file.grid import CsvGrid

CELLS = st.text(st.sampled_from('ab ,;"\n\r\t한😀'), max_size=6)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=6)
ANYTHING = st.text(st.sampled_from('ab,;"\n\r한\x00'), max_size=40)


@given(ROWS, st.sampled_from(",;|\t"))
def test_what_python_writes_is_read(rows: list[list[str]], delimiter: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
    found = list(records(written.getvalue(), delimiter))
    assert [list(record.cells) for record in found] == rows
    assert not any(record.wrong for record in found)


@given(ANYTHING)
def test_places_are_those_of_the_text(written: str) -> None:
    lines = written.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for record in records(written, ","):
        for index in (-1, *range(len(record.cells) + 2)):
            line, column, length = record.place(index)
            assert 1 <= line <= len(lines)
            assert 1 <= column <= len(lines[line - 1]) + 1
            assert length >= 1


@given(st.binary(max_size=60) | ANYTHING.map(str.encode))
def test_nothing_raises(content: bytes) -> None:
    found = decoded(content)
    if isinstance(found, Unreadable):
        return
    grid = CsvGrid(name="a.csv", text=found, source=CsvFile(file="a.csv"))
    column = CellColumn(name="a", header="a", convert=text(2))
    mistakes = CellMistakes()
    rows = list(converted(grid, [column], mistakes))
    assert not (mistakes.count and len(rows) > len(found))
    assert mistakes.count >= len(mistakes.kept)


def test_ten_mistakes_are_shown_and_the_others_counted(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\n" + "long\n" * 1_234)
    grid = CsvGrid.read(tmp_path / "a.yaml", CsvFile(file="a.csv"))
    assert isinstance(grid, CsvGrid)
    mistakes = CellMistakes()
    assert list(converted(grid, [CellColumn(name="a", header="a", convert=text(2))], mistakes)) == []
    assert mistakes.words("a.csv") == "1,234 mistakes in a.csv: nothing of it was loaded."
    first, *_, last = mistakes.details().splitlines()
    assert first == f'{tmp_path.name}/a.csv:2:1: "long" has 4 characters: the column keeps 2'
    assert last == "... and 1,224 more"
    assert len(mistakes.details().splitlines()) == 11


def test_place_of_a_mistake_costs_no_look_through_the_file() -> None:
    looked_at: list[int] = []

    class Text(str):
        def rfind(self, sub: str, start: int = 0, end: int | None = None) -> int:  # type: ignore[override] # narrower
            stop = len(self) if end is None else end
            looked_at.append(stop - start)
            return super().rfind(sub, start, stop)

    for record in records(Text("a,b\n" * 1_000), ","):
        assert record.place(1) == (record.line, 3, 1)
    assert max(looked_at) < 5
