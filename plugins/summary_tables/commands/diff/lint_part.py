"""What lint says of the state that a pull request leads to."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from summary_tables.commands.diff.cut import Fold, Importance, Part
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.reports import text
from summary_tables.lint.reports.report import ReportOptions
from summary_tables.lint.result import LintResult
from summary_tables.model.problem import LEVELS, Problem
from summary_tables.text import english
from summary_tables.text.english import listed
from summary_tables.text.markdown_text import code, prose

_MOST = 20


def of_interest(result: LintResult, touched: Iterable[str]) -> LintResult:
    """All errors, and whatever is said of the files in `touched`."""
    files = frozenset(touched)
    problems = (problem for problem in result.problems if problem.level == "error" or problem.file in files)
    return LintResult(files=result.files, problems=tuple(problems))


def without_manifests(result: LintResult) -> LintResult:
    """That a dbt project has no manifest where this is asked is nothing that a pull request changes."""
    return LintResult(
        files=result.files, problems=tuple(each for each in result.problems if each.rule != "dbt-manifest")
    )


def with_removals(result: LintResult, before: ConfigFolder, after: ConfigFolder) -> LintResult:
    """Who waits for a table that this pull request takes away is told so: a name that is spelt like it is not meant."""
    removed = {name: file for name, file in before.by_name.items() if name not in after.by_name}
    problems = (_with_removal(problem, removed) for problem in result.problems)
    return LintResult(files=result.files, problems=tuple(problems))


def _with_removal(problem: Problem, removed: Mapping[str, TableFile]) -> Problem:
    name = next((name for name in removed if problem.message.startswith(f"`after` names {name},")), None)
    if problem.rule != "after" or name is None:
        return problem
    gone = removed[name].name
    message = f"`after` names {name}, whose file {gone} is removed here, so this table would never start"
    return replace(problem, message=message, fix="keep that file, or give this table another `schedule`")


def verdict_part(result: LintResult) -> Part:
    """The count, the errors and warnings with their places, and the whole text folded away."""
    if not result.problems:
        return Part(text="**Lint** has nothing to say.")
    loud = [problem for problem in result.problems if problem.level != "info"]
    ordered = sorted(loud, key=lambda problem: LEVELS.index(problem.level))
    lines = [_line(problem) for problem in ordered[:_MOST]]
    if len(ordered) > _MOST:
        lines.append(f"- and {len(ordered) - _MOST:,} more")
    head = f"**Lint** found {counted(result)}{':' if lines else '.'}"
    full = text.report(result, ReportOptions(color=False))
    return Part(
        text=head,
        items=tuple(lines),
        folds=(Fold(summary="All that lint says", text=full, language="text"),),
        name="what lint says",
        importance=Importance.ERRORS,
    )


def counted(result: LintResult) -> str:
    """E.g. `2 errors and 1 warning`; empty for no problem."""
    levels = result.levels
    words = [english.counted(levels[level], level) for level in LEVELS if levels[level]]
    return listed(words) if words else ""


def _line(problem: Problem) -> str:
    where = f"{problem.file}:{problem.line}:{problem.column}" if problem.line else problem.file
    fix = f". Fix: {prose(problem.fix)}" if problem.fix else ""
    return f"- {problem.level}, {code(where)}: {prose(problem.message)}{fix} ({code(problem.rule)})"
