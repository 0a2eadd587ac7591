"""One line a problem."""

from summary_tables.lint import LintResult


def report(result: LintResult) -> str:
    """`file:line:col: error[rule] message; fix: ...`, one problem a line."""
    return "".join(f"{problem}\n" for problem in result.problems)
