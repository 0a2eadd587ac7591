"""Annotations: GitHub's escapes, and its caps."""

import re
from pathlib import Path
from urllib.parse import unquote

from hypothesis import given

from summary_tables.lint.reports.github import report
from summary_tables.lint.reports.report import ReportOptions
from summary_tables.lint.result import LintedFile, LintResult
from summary_tables.model.problem import Finding, Level, Place, Problem
from tests.lint.reports.found import OPTIONS, ROOT, any_result

COMMAND = re.compile(r"::(error|warning|notice) ([^:\n]*)::([^\n]*)")


def _many(errors: int, warnings: int, infos: int) -> LintResult:
    counts: dict[Level, int] = {"error": errors, "warning": warnings, "info": infos}
    levels = [level for level, count in counts.items() for _ in range(count)]
    name = "dag_configs/a.yaml"
    problems = (
        Problem.of(
            Finding(place=Place(number, 1), rule="value", message=f"no {number}", level=level), ROOT / name, file=name
        )
        for number, level in enumerate(levels, 1)
    )
    return LintResult(files=(LintedFile(path=ROOT / name, name=name),), problems=tuple(problems))


def test_caps_of_a_step_and_one_line_for_the_rest() -> None:
    lines = report(_many(12, 3, 31), OPTIONS).splitlines()
    commands = [line.split(" ")[0] for line in lines]
    assert [commands.count(f"::{name}") for name in ("error", "warning", "notice")] == [10, 3, 10]
    assert lines[-1] == "23 more are not shown as annotations; the summary of this step lists all of them."


def test_nothing_is_said_of_the_cap_where_all_are_shown() -> None:
    assert len(report(_many(10, 10, 10), OPTIONS).splitlines()) == 30


def test_path_of_a_file_elsewhere_stays_whole() -> None:
    options = ReportOptions(root=Path("/other"))
    assert "file=/repository/dag_configs/a.yaml," in report(_many(1, 0, 0), options)


def test_relative_path_begins_at_the_root() -> None:
    options = ReportOptions(root=ROOT / "dag_configs")
    assert "file=a.yaml," in report(_many(1, 0, 0), options)


@given(any_result())
def test_no_text_ends_a_command_or_begins_another(result: LintResult) -> None:
    lines = report(result, OPTIONS).split("\n")
    found = [COMMAND.fullmatch(line) for line in lines[: len(result.problems)]]
    assert all(found)
    assert lines[len(result.problems) :] == [""]
    for match in filter(None, found):
        for pair in match[2].split(","):
            assert re.fullmatch(r"(title|file|line|endLine|col|endColumn)=[^,]*", pair)
        assert "%" not in re.sub(r"%(25|0A|0D)", "", match[3])
        unquote(match[3])
