"""For GitHub Actions: annotations on the lines of a pull request.

GitHub shows at most ten errors, ten warnings and ten notices of a step and drops the others silently: a line at the end
counts them, and the command appends all problems as Markdown to the summary of the step.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from collections.abc import Iterator

from summary_tables.lint.reports.report import ReportOptions
from summary_tables.lint.result import LintResult
from summary_tables.model.problem import LEVELS, Level, Problem
from summary_tables.text.visible import visible

MAX_ANNOTATIONS = 10
"""Of each level, a step."""

_COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "info": "notice"}


def report(result: LintResult, options: ReportOptions) -> str:
    """One workflow command a problem, up to the cap of each level, and a line that counts the others."""
    of_levels = [[problem for problem in result.problems if problem.level == level] for level in LEVELS]
    lines = [_annotation(problem, options) for problems in of_levels for problem in problems[:MAX_ANNOTATIONS]]
    hidden = sum(max(len(problems) - MAX_ANNOTATIONS, 0) for problems in of_levels)
    if hidden:
        lines.append(f"{hidden:,} more are not shown as annotations; the summary of this step lists all of them.")
    return "".join(f"{line}\n" for line in lines)


def _annotation(problem: Problem, options: ReportOptions) -> str:
    path = options.relative(problem.path)
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in _properties(problem, path))
    words = "\n".join(_words(problem, path))
    return f"::{_COMMANDS[problem.level]} {properties}::{_data(words)}"


def _properties(problem: Problem, path: str) -> Iterator[tuple[str, str | int]]:
    yield "title", problem.rule
    yield "file", path
    if problem.line:
        yield "line", problem.line
        yield "endLine", problem.line
        yield "col", problem.column
        yield "endColumn", problem.column + max(problem.length, 1)


def _words(problem: Problem, path: str) -> Iterator[str]:
    """The log shows an annotation without its place, so it is said once more."""
    where = f"{path}:{problem.line}:{problem.column}" if problem.line else path
    yield visible(f"{where}: ") + _visible_lines(problem.message)
    if problem.fix:
        yield f"fix: {_visible_lines(problem.fix)}"


def _visible_lines(text: str) -> str:
    return "\n".join(visible(line) for line in text.splitlines())


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
