"""For people: each problem with its line, carets under the place, and what to do."""

from collections.abc import Iterator, Sequence

from summary_tables.configs.yaml.places import plain_lines
from summary_tables.lint.reports.ansi import BLUE, BOLD, GREEN, Paint, level_code, painter
from summary_tables.lint.reports.report import ReportOptions
from summary_tables.lint.reports.source_frame import source_frame
from summary_tables.lint.result import LintResult
from summary_tables.model.problem import Problem
from summary_tables.text.visible import visible


def report(result: LintResult, options: ReportOptions) -> str:
    """One block a problem, an empty line between them; no frame where a problem has no line."""
    paint = painter(options.color)
    lines = {file.name: plain_lines(file.text) for file in result.files if file.text}
    blocks = ("\n".join(_block(problem, lines.get(problem.file, ()), paint)) for problem in result.problems)
    return "\n\n".join(blocks) + "\n" if result.problems else ""


def _block(problem: Problem, lines: Sequence[str], paint: Paint) -> Iterator[str]:
    yield _headline(problem, paint)
    has_frame = 0 < problem.line <= len(lines)
    margin = " " * (len(str(problem.line)) if has_frame else 1)
    if has_frame:
        frame = source_frame(lines[problem.line - 1], problem.column, problem.length)
        bar = paint("|", BLUE)
        yield f"{margin} {bar}"
        yield f"{paint(str(problem.line), BLUE)} {bar} {frame.source}".rstrip()
        yield f"{margin} {bar} {_carets(frame.carets, problem, paint)}"
    yield from _fix(problem.fix, margin, paint)


def _headline(problem: Problem, paint: Paint) -> str:
    where = f"{problem.file}:{problem.line}:{problem.column}" if problem.line else problem.file
    level = paint(f"{problem.level}[{problem.rule}]", level_code(problem.level))
    message = " ".join(visible(line) for line in problem.message.splitlines())
    return f"{paint(visible(where), BOLD)}: {level} {message}"


def _carets(carets: str, problem: Problem, paint: Paint) -> str:
    marks = carets.lstrip(" ")
    return carets[: -len(marks)] + paint(marks, level_code(problem.level))


def _fix(fix: str, margin: str, paint: Paint) -> Iterator[str]:
    """`= fix: ...`; further lines, such as those to write, begin under its first word."""
    first, *others = fix.splitlines() or [""]
    if first:
        yield f"{margin} = {paint('fix:', GREEN)} {visible(first)}"
    for line in others:
        yield f"{margin}   {' ' * len('fix:')} {visible(line)}".rstrip()
