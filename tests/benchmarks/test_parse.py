"""The benchmark compares like with like and prints what it promises. How long anything takes is not asserted."""

import re

import pytest

from benchmarks import parse
from benchmarks.report import Results, report

TABLES = 3


@pytest.fixture(scope="module")
def results() -> Results:
    return parse.run(TABLES, rounds=1)


@pytest.mark.parametrize("name", ["by_hand", "dag_factory", "summary_tables"])
def test_all_variants_make_the_same(results: Results, name: str) -> None:
    found = results[name][0]
    assert (found.dags, found.tasks, found.dependencies) == (TABLES, 6 * TABLES, 6 * TABLES)


@pytest.mark.parametrize("name", ["one_task_of_one", "one_task_of_all"])
def test_a_task_parses_one_dag(results: Results, name: str) -> None:
    found = results[name][0]
    assert (found.dags, found.tasks, found.dependencies) == (1, 6, 6)


def test_the_report_holds_a_line_for_each_variant_and_each_goal(results: Results) -> None:
    time = r" +[0-9.]+ m?s"
    patterns = [
        rf"\(a\) written by hand with the SDK{time * 4}",
        rf"\(b\) dag-factory's load_yaml_dags{time * 4}",
        rf"summary tables{time * 4}",
        rf"one task's run, 1 config{time * 4}",
        rf"one task's run, 3 configs{time * 4}",
        r"all configs against \(a\) +[0-9.]+x   goal: under 2\.0x, (met|missed)",
        r"all configs against \(b\) +[0-9.]+x   goal: under 0\.5x, (met|missed)",
        r"one task among all against a single config +[0-9.]+x   goal: under 1\.1x, (met|missed)",
    ]
    lines = report(results, TABLES).splitlines()
    assert [pattern for pattern in patterns if not any(re.fullmatch(pattern, line) for line in lines)] == []
