"""What is told of a run that published its table all the same."""

from dataclasses import replace

import pytest

from summary_tables.model.failure import Failure
from summary_tables.runs.run_warnings import RunWarnings

CHECK = Failure(step="output_check", table="s.t", check="a", expected="1 row", actual="none", is_warning=True)
MISSING = Failure(step="publish", table="s.t", error="rows are missing.", is_warning=True)


@pytest.mark.parametrize(
    ("warnings", "headline"),
    [
        ((CHECK,), "Check warned: s.t"),
        ((CHECK, replace(CHECK, check="b")), "2 checks warned: s.t"),
        ((MISSING,), "Rows missing: s.t"),
        ((CHECK, MISSING), "2 warnings: s.t"),
    ],
)
def test_headline(warnings: tuple[Failure, ...], headline: str) -> None:
    found = RunWarnings(table="s.t", dag_id="t", run_id="r", warnings=warnings)
    assert found.headline == headline
    assert not found.is_urgent


def test_everything_in_one_line() -> None:
    assert str(RunWarnings(table="s.t", dag_id="t", run_id="r", warnings=(CHECK, MISSING))) == (
        'Output check "a" of s.t warned: expected 1 row, got none. Publishing s.t warned: rows are missing. '
        "The table was published all the same."
    )
