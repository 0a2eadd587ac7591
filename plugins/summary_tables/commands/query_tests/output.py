"""Where what came of tests goes: the forms of lint, of which those for terminals and test servers show each test."""

import argparse
from collections.abc import Sequence
from dataclasses import replace

from summary_tables.commands.options import report_output
from summary_tables.commands.query_tests.junit_output import results_junit
from summary_tables.commands.query_tests.report import (
    difference_table,
    first_problems,
    problem_of,
    results_text,
)
from summary_tables.commands.query_tests.result import Difference, QueryTestResult
from summary_tables.lint.result import LintedFile, LintResult
from summary_tables.model.problem import Problem
from summary_tables.text.english import counted

_FORMS = {"text": results_text, "junit": results_junit}
_WITH_ROWS = ("github", "json", "sarif")
"""Forms in which a message may have several lines."""


def put(results: Sequence[QueryTestResult], arguments: argparse.Namespace) -> None:
    """Prints or writes the report. Raises UsageError where the file cannot be written."""
    form = report_output.format_of(arguments)
    if form in _FORMS:
        report_output.put_text(_FORMS[form](results, report_output.options(arguments)), arguments)
    else:
        report_output.put_report(_as_lint_result(results, with_rows=form in _WITH_ROWS), arguments)


def last_line(results: Sequence[QueryTestResult], seconds: float) -> str:
    """`7 tests passed in 0.9 s.` or `1 of 7 tests failed ...`."""
    if not results:
        return "There are no tests."
    failed = sum(not result.passed for result in results)
    count = f"{counted(len(results), 'test')}"
    return f"{f'{failed:,} of {count} failed' if failed else f'{count} passed'} in {seconds:.1f} s."


def _as_lint_result(results: Sequence[QueryTestResult], *, with_rows: bool) -> LintResult:
    files = {result.case.file.name: result.case.file for result in results}
    rows = {problem_of(result): result.difference for result in results if with_rows}
    return LintResult(
        files=tuple(
            LintedFile(path=file.config.path, name=name, text=file.document.text) for name, file in files.items()
        ),
        problems=tuple(_with_rows(problem, rows.get(problem)) for problem in first_problems(results)),
    )


def _with_rows(problem: Problem, rows: Difference | None) -> Problem:
    return replace(problem, message=f"{problem.message}\n{difference_table(rows).rstrip()}") if rows else problem
