"""The benchmark compares like with like and prints what it promises. How long anything takes is not asserted."""

import re
import subprocess
from pathlib import Path

import pytest

from benchmarks import lint, lint_files
from benchmarks.lint_report import Results, report
from summary_tables.lint.engine import lint as lint_folder
from summary_tables.lint.known_sources.engine import KnownSourcesCheck

FILES = 4


@pytest.fixture(scope="module")
def results() -> Results:
    """Measured beside a process that does not end, such as the server of another test."""
    with subprocess.Popen(["sleep", "3600"]) as other:
        try:
            return lint.run(FILES, sample=1, rounds=1)
        finally:
            other.kill()


def test_files_are_such_that_lint_has_nothing_to_say(tmp_path: Path) -> None:
    folder = tmp_path / "dag_configs"
    lint_files.write_folder(folder, 8)
    lint_files.write_sources(folder)
    found = lint_folder([folder], extra_check=KnownSourcesCheck(), is_warehouse_asked=False)
    assert [str(problem) for problem in found.problems] == []


def test_sqlfluff_sees_every_query_of_its_sample(tmp_path: Path) -> None:
    lint_files.write_queries(tmp_path / "sql", 2)
    assert len(list((tmp_path / "sql").iterdir())) == 2 * 5
    assert not any("temp_{table}" in path.read_text("utf-8") for path in (tmp_path / "sql").iterdir())


def test_the_report_holds_a_line_for_each_variant_and_each_goal(results: Results) -> None:
    time = r" +[0-9.]+ s"
    patterns = [
        rf"Python alone, doing nothing{time * 2}",
        rf"summary-tables lint, 1 file{time * 2}",
        rf"summary-tables lint, 1 of 4 files{time * 2}",
        rf"summary-tables lint, 4 files{time * 2}",
        rf"\.\.\. with known sources, 1 of 4 files{time * 2}",
        rf"\.\.\. with known sources, 4 files{time * 2}",
        rf"\.\.\. the same with --no-server{time * 2}",
        rf"check-jsonschema, 1 file{time * 2}",
        rf"check-jsonschema, 4 files{time * 2}",
        rf"sqlfluff lint, SQL of 1 files{time * 2}",
        rf"one file, from start to verdict{time}   goal: under 0\.6 s, (met|missed)",
        rf"all files, SQL included{time}   goal: under 8\.0 s, (met|missed)",
        rf"all files, with known sources{time}   goal: under 20\.0 s, (met|missed)",
        r"against check-jsonschema \(schema only\) +[0-9.]+x",
        r"against sqlfluff lint \(SQL only\) +[0-9.]+x",
    ]
    lines = report(results, files=FILES, sample=1).splitlines()
    assert [pattern for pattern in patterns if not any(re.fullmatch(pattern, line) for line in lines)] == []
    assert any("those of 1 of the files, scaled to 4" in line for line in lines)
