"""The last line of lint."""

from pathlib import Path

import pytest

from summary_tables.commands.lint.summary import verdict
from summary_tables.lint.result import LintedFile, LintResult
from summary_tables.model.problem import Finding, Level, Place, Problem


def _result(files: int, *levels: Level, folders: int = 1) -> LintResult:
    names = [f"configs_{number % folders}/{number}.yaml" for number in range(files)]
    problems = (
        Problem.of(Finding(place=Place(1, 1), rule="value", message="", level=level), Path("/") / names[index % files])
        for index, level in enumerate(levels)
    )
    return LintResult(
        files=tuple(LintedFile(path=Path("/") / name, name=name) for name in names), problems=tuple(problems)
    )


@pytest.mark.parametrize(
    ("result", "fixable", "fixed", "line"),
    [
        (_result(1), 0, 0, "1 file is fine."),
        (_result(3), 0, 0, "3 files are fine."),
        (_result(3), 0, 1, "Mended 1 file. 3 files are fine."),
        (_result(1234), 0, 1234, "Mended 1,234 files. 1,234 files are fine."),
        (_result(1, "error"), 0, 0, "1 error in 1 of 1 file of configs_0/."),
        (_result(3, "error", "warning"), 0, 0, "1 error and 1 warning in 2 of 3 files of configs_0/."),
        (_result(2, "warning", "warning"), 0, 0, "2 warnings in 2 of 2 files of configs_0/."),
        (
            _result(9, "error", "warning", "info", "info"),
            0,
            0,
            "1 error, 1 warning and 2 infos in 4 of 9 files of configs_0/.",
        ),
        (_result(4, "error", folders=2), 0, 0, "1 error in 1 of 4 files."),
        (_result(1, "error"), 1, 0, "1 error in 1 of 1 file of configs_0/. --fix may mend that."),
        (
            _result(1, "error", "info"),
            2,
            0,
            "1 error and 1 info in 1 of 1 file of configs_0/. --fix may mend all of them.",
        ),
        (
            _result(1, "error", "info"),
            1,
            0,
            "1 error and 1 info in 1 of 1 file of configs_0/. --fix may mend 1 of them.",
        ),
    ],
)
def test_verdict(result: LintResult, fixable: int, fixed: int, line: str) -> None:
    assert verdict(result, fixable=fixable, fixed=fixed) == line
