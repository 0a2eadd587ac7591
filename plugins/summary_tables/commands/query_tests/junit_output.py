"""What came of tests for CI servers that show test results: JUnit's XML, one test case a test."""

from collections.abc import Iterator, Sequence

from summary_tables.commands.query_tests.report import difference_table, problem_of
from summary_tables.commands.query_tests.result import QueryTestResult
from summary_tables.lint.reports.junit import xml_attribute, xml_content
from summary_tables.lint.reports.report import ReportOptions

_SUITE = "summary-tables test"


def results_junit(results: Sequence[QueryTestResult], options: ReportOptions) -> str:
    """The document."""
    failed = sum(not result.passed for result in results)
    seconds = sum(result.seconds for result in results)
    counts = f'tests="{len(results)}" failures="{failed}" errors="0" time="{seconds:.3f}"'
    cases = "".join(f"    {line}\n" for result in results for line in _case(result, options))
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites {counts}>\n'
        f"  <testsuite name={xml_attribute(_SUITE)} {counts}>\n{cases}  </testsuite>\n</testsuites>\n"
    )


def _case(result: QueryTestResult, options: ReportOptions) -> Iterator[str]:
    case, problem = result.case, problem_of(result)
    line = case.file.document.place_of_value(("tests", case.index, "name"))[0]
    path = options.relative(case.file.config.path)
    head = (
        f"<testcase classname={xml_attribute(case.file.full_name)} name={xml_attribute(case.test.name)} "
        f'file={xml_attribute(path)} line="{line}" time="{result.seconds:.3f}"'
    )
    if problem is None:
        yield f"{head}/>"
        return
    yield f"{head}>"
    words = difference_table(result.difference) if result.difference else f"{problem}\n"
    yield f'  <failure type="{problem.rule}" message={xml_attribute(problem.message)}>{xml_content(words)}</failure>'
    yield "</testcase>"
