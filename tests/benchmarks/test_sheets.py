"""The benchmark runs each step and prints what it promises. How long anything takes is not asserted."""

import re

import pytest

from benchmarks.counted import Cost
from benchmarks.sheets import SHEET_IN, Step, report, run

_ROWS = 200
_MOST_MEGABYTES = 110

# What the process has that measures is not counted.
HELD = b"x" * (_MOST_MEGABYTES * 2**20)


@pytest.fixture(scope="module")
def steps() -> list[Step]:
    assert HELD
    return run(_ROWS)


def test_each_step_is_measured_with_a_tenth_and_with_all(steps: list[Step]) -> None:
    lines = report(steps).splitlines()
    assert lines[0] == "Cells of 20 columns: CPU seconds and greatest size of the process that does the step."
    names = (SHEET_IN, "a table goes to a sheet", "a CSV file becomes a table")
    expected = [(name, rows) for rows in (20, 200) for name in names]
    for (name, rows), line in zip(expected, lines[3:9], strict=True):
        google = "" if name.startswith("a CSV") else r" +\d+ +[\d.]+s"
        assert re.fullmatch(rf"{name} +{rows} +[\d.]+s +\d+ MB{google}", line)
    assert re.fullmatch(r"memory that grows with the sheet: -?\d MB   goal: at most 10 MB, met", lines[10])


def test_only_the_process_of_the_step_counts(steps: list[Step]) -> None:
    assert max(step.cost.megabytes for step in steps) < _MOST_MEGABYTES


def test_memory_that_grows_is_told() -> None:
    sizes = ((5_000, 103.0), (50_000, 114.0))
    steps = [Step(name=SHEET_IN, rows=rows, cost=Cost(seconds=1, megabytes=size)) for rows, size in sizes]
    assert "memory that grows with the sheet: 11 MB   goal: at most 10 MB, missed" in report(steps)
