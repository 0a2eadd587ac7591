"""One line a problem."""

from summary_tables.lint.reports.report import ReportOptions
from summary_tables.lint.result import LintResult
from summary_tables.model.problem import Problem
from summary_tables.text.visible import visible


def report(result: LintResult, _: ReportOptions) -> str:
    """`file:line:col: error[rule] message; fix: ...`, one problem a line."""
    return "".join(f"{one_line(problem)}\n" for problem in result.problems)


def one_line(problem: Problem) -> str:
    """The problem on one line, whatever its words hold."""
    return " ".join(visible(line.strip()) for line in str(problem).splitlines())
