"""What the tests of the queries say that a pull request changes."""

from collections.abc import Sequence
from dataclasses import dataclass

from summary_tables.commands.diff.cut import Fold, Importance, Part
from summary_tables.commands.query_tests.loop import cases_of_file, run_cases
from summary_tables.commands.query_tests.report import difference_table, problem_of
from summary_tables.commands.query_tests.result import QueryTestCase, QueryTestResult
from summary_tables.commands.query_tests.server import query_test_server
from summary_tables.commands.usage_error import UsageError
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.result import LintResult
from summary_tables.text.english import counted, listed
from summary_tables.text.markdown_text import code, prose

_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryTests:
    """`results` of the tests that were run; `untested`: files whose tests were not, since lint finds an error in them.

    `why_not`: why none was run.
    """

    results: tuple[QueryTestResult, ...] = ()
    untested: tuple[TableFile, ...] = ()
    why_not: str = ""

    @property
    def failed(self) -> tuple[QueryTestResult, ...]:
        return tuple(result for result in self.results if not result.passed)

    def words(self, file: TableFile) -> str:
        """E.g. `3 passed` or `1 of 3 failed`, of the tests of one file; empty where it has none."""
        count = len(file.data.get("tests", ()))
        results = [result for result in self.results if result.case.file.full_name == file.full_name]
        failed = sum(not result.passed for result in results)
        if not count:
            return ""
        if not results:
            return f"{count:,}, not run"
        return f"{failed:,} of {count:,} failed" if failed else f"{count:,} passed"


def run_query_tests(files: Sequence[TableFile], folder: ConfigFolder, lint: LintResult) -> QueryTests:
    """The tests of `files`, run on a server that is there for nothing else. It is not started for none."""
    wrong = {problem.path for problem in lint.problems if problem.level == "error"}
    tested = [file for file in files if file.data.get("tests")]
    cases = [case for file in tested if file.config.path not in wrong for case in cases_of_file(file)]
    untested = tuple(file for file in tested if file.config.path in wrong)
    try:
        return QueryTests(results=_run(cases, folder) if cases else (), untested=untested)
    except UsageError as error:
        return QueryTests(untested=untested, why_not=str(error))


def _run(cases: Sequence[QueryTestCase], folder: ConfigFolder) -> tuple[QueryTestResult, ...]:
    with query_test_server() as address:
        return run_cases(cases, [folder], address)


def query_test_parts(tests: QueryTests) -> tuple[Part, ...]:
    """How many passed, and those that did not, with their rows folded away; nothing where nothing is tested."""
    if not (tests.results or tests.untested or tests.why_not):
        return ()
    lines = [_line(result) for result in tests.failed[:_MOST]]
    if len(tests.failed) > _MOST:
        lines.append(f"- and {len(tests.failed) - _MOST:,} more")
    rows = "\n".join(map(_rows, tests.failed[:_MOST])).strip()
    return (
        Part(
            text=f"**Tests** of the queries: {'; '.join(_head(tests))}{':' if lines else '.'}",
            items=tuple(lines),
            folds=(Fold(summary="The rows of these tests", text=rows, language="text"),) if rows else (),
            name="the tests of the queries",
            importance=Importance.ERRORS,
        ),
    )


def _head(tests: QueryTests) -> list[str]:
    count = counted(len(tests.results), "test")
    words = (
        [f"**{len(tests.failed):,} of {count} failed**" if tests.failed else f"{count} passed"] if tests.results else []
    )
    words += [f"none was run: {prose(tests.why_not)}"] if tests.why_not else []
    if tests.untested:
        names = listed([code(file.full_name) for file in tests.untested[:_MOST]])
        words.append(f"those of {names} were not run, since lint found an error there")
    return words


def _line(result: QueryTestResult) -> str:
    problem = problem_of(result)
    assert problem is not None, "a test that failed has a problem"
    fix = f". Fix: {prose(problem.fix)}" if problem.fix else ""
    return f"- {code(f'{problem.file}:{problem.line}:{problem.column}')}: {prose(problem.message)}{fix}"


def _rows(result: QueryTestResult) -> str:
    """Nothing of a test that could not be run."""
    if result.difference is None:
        return ""
    return f"{result.case.file.name}: {result.case.test.name}\n{difference_table(result.difference)}"
