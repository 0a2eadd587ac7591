"""The benchmark compares like with like and prints what it promises. How long anything takes is not asserted."""

import re

import pytest

from benchmarks.compare import MOST_MEGABYTES, Results, report, run

# So many that the join takes several ticks of the clock by which CPU time is counted, a hundredth of a second each.
ROWS = 60_000


# More than the command may have: what the process has that measures is not the command's.
HELD = b"x" * (120 * 2**20)


@pytest.fixture(scope="module")
def results() -> Results:
    assert len(HELD) > MOST_MEGABYTES * 2**20
    return run(ROWS, rounds=1)


def test_the_report_holds_a_line_for_each_variant(results: Results) -> None:
    lines = report(results, ROWS).splitlines()
    assert lines[0] == "60,000 rows against 60,000 rows of 7 columns: CPU seconds, the best of 1 rounds."
    assert re.fullmatch(r"one full outer join by hand, three counts +[\d.]+s +1\.0x", lines[3])
    for words, line in zip(("compare, by key", "compare, whole rows, as no key is known"), lines[4:6], strict=True):
        assert re.fullmatch(rf"{words} +[\d.]+s +[\d.]+s +\d+ MB +[\d.]+x", line)
    assert re.fullmatch(r"memory of the command: \d+ MB   goal: under 100 MB, met", lines[7])
