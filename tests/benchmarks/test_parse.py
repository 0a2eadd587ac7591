"""The benchmark compares like with like and prints what it promises. How long anything takes is not asserted."""

import re

import pytest

from benchmarks import parse
from benchmarks.report import Results, report

TABLES = 3


@pytest.fixture(scope="module")
def results() -> Results:
    return parse.run(TABLES, rounds=1)


@pytest.mark.parametrize("name", ["by_hand", "dag_factory", "summary_tables", "unchanged"])
def test_all_variants_make_the_same(results: Results, name: str) -> None:
    found = results[name][0]
    assert (found.dags, found.tasks, found.dependencies) == (TABLES, 6 * TABLES, 6 * TABLES)


@pytest.mark.parametrize("name", ["one_task_of_one", "one_task_of_all"])
def test_a_task_parses_one_dag(results: Results, name: str) -> None:
    found = results[name][0]
    assert (found.dags, found.tasks, found.dependencies) == (1, 6, 6)


def test_the_report_holds_a_line_for_each_variant_and_each_goal(results: Results) -> None:
    time, memory = r" +[0-9.]+ m?s", r" +[0-9]+ MB"
    patterns = [
        rf"\(a\) written by hand with the SDK{time * 4}{memory}",
        rf"\(b\) dag-factory's load_yaml_dags{time * 4}{memory}",
        rf"summary tables{time * 4}{memory}",
        rf"the same, no file changed{time * 4}{memory}",
        rf"its problems file, no file changed{time * 4}{memory}",
        rf"15 tables, no file changed{time * 4}{memory}",
        rf"one task's run, 1 config{time * 4}{memory}",
        rf"one task's run, 3 configs{time * 4}{memory}",
        r"all configs against \(a\) +[0-9.]+x   goal: under 1\.6x, (met|missed)",
        r"all configs against \(b\) +[0-9.]+x   goal: under 0\.25x, (met|missed)",
        r"unchanged configs against \(a\) +[0-9.]+x   goal: under 1\.3x, (met|missed)",
        r"the problems file of 1,000 unchanged configs +[0-9.]+ s  goal: under 0\.3 s, (met|missed)",
        r"5,000 unchanged configs +[0-9.]+ s  goal: under 10 s, (met|missed)",
        r"one task among all against a single config +[0-9.]+x   goal: under 1\.1x, (met|missed)",
    ]
    lines = report(results, TABLES).splitlines()
    assert [pattern for pattern in patterns if not any(re.fullmatch(pattern, line) for line in lines)] == []


def test_the_line_of_many_makes_as_many_more(results: Results) -> None:
    assert results["unchanged_many"][0].dags == 5 * TABLES
