"""For CI servers that show test results: JUnit's XML, one test case a file.

A file with an error fails; what does not fail the command stands in the output of its case.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from summary_tables.lint.reports.concise import one_line
from summary_tables.lint.reports.report import ReportOptions
from summary_tables.lint.result import LintedFile, LintResult
from summary_tables.model.problem import Problem
from summary_tables.text.visible import visible

_SUITE = "summary-tables lint"


def report(result: LintResult, options: ReportOptions) -> str:
    """The document; a file has as many failures as problems for which the command fails."""
    return "\n".join(_lines(result, options)) + "\n"


def _lines(result: LintResult, options: ReportOptions) -> Iterator[str]:
    failing = len({problem.file for problem in result.failures})
    counts = f'tests="{len(result.files)}" failures="{failing}" errors="0"'
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f"<testsuites {counts}>"
    yield f"  <testsuite name={xml_attribute(_SUITE)} {counts}>"
    problems: dict[str, list[Problem]] = defaultdict(list)
    for problem in result.problems:
        problems[problem.file].append(problem)
    for file in result.files:
        yield from _case(file, problems[file.name], result, options.relative(file.path))
    yield "  </testsuite>"
    yield "</testsuites>"


def _case(file: LintedFile, problems: Sequence[Problem], result: LintResult, path: str) -> Iterator[str]:
    head = f"    <testcase classname={xml_attribute(_SUITE)} name={xml_attribute(file.name)} file={xml_attribute(path)}"
    if not problems:
        yield f"{head}/>"
        return
    yield f"{head}>"
    for problem in problems:
        if result.is_failure(problem):
            yield f"      <failure type={xml_attribute(problem.rule)} message={xml_attribute(problem.message)}>"
            yield f"{xml_content(one_line(problem))}</failure>"
    yield from _output([problem for problem in problems if not result.is_failure(problem)])
    yield "    </testcase>"


def _output(problems: Sequence[Problem]) -> Iterator[str]:
    if problems:
        yield f"      <system-out>{xml_content(chr(10).join(map(one_line, problems)))}</system-out>"


def xml_attribute(text: str) -> str:
    """`text` on one line, in quotes."""
    return quoteattr(" ".join(map(_xml_text, text.splitlines())))


def xml_content(text: str) -> str:
    """`text` between two tags."""
    return escape("\n".join(map(_xml_text, text.splitlines())))


def _xml_text(text: str) -> str:
    """XML 1.0 cannot hold these two at all, not even as numbers; `visible` has replaced all others."""
    return visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
