"""The benchmark compares like with like and prints what it promises. How long anything takes is not asserted."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence

import pytest

from benchmarks import parse
from benchmarks.report import Results, report

TABLES = 3
_FORKS = """
import json, os, sys
# What imports print is no answer.
codes = os.fdopen(os.dup(1), "w", buffering=1)
os.dup2(2, 1)
import airflow.sdk, dagfactory
from benchmarks import measure
for line in sys.stdin:
    if not (pid := os.fork()):
        measure._main(*json.loads(line))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), file=codes)
"""


class Forks:
    """Stands for processes that import Airflow, which takes ten times as long as all that they do here: forks of one.

    The first is what `parse` starts itself.
    """

    process: subprocess.Popen[str] | None = None

    def __call__(self, arguments: Sequence[str], environment: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _FORKS],
                cwd=parse.REPOSITORY,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            return parse.new_process(arguments, environment)
        assert self.process.stdin
        assert self.process.stdout
        print(json.dumps(arguments), file=self.process.stdin, flush=True)
        code = int(self.process.stdout.readline() or 1)
        return subprocess.CompletedProcess(["measure", *arguments], code, stdout="")

    def end(self) -> None:
        if self.process:
            self.process.communicate()


@pytest.fixture(scope="module")
def results() -> Iterator[Results]:
    forks = Forks()
    try:
        yield parse.run(TABLES, rounds=1, start=forks)
    finally:
        forks.end()


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
