"""For the summary of a GitHub step and for comments: a table of all problems."""

import re

from summary_tables.lint.reports.report import ReportOptions
from summary_tables.lint.result import LintResult
from summary_tables.model.problem import LEVELS, Level, Problem
from summary_tables.text.visible import visible

MAX_CHARACTERS = 500_000
"""GitHub takes a megabyte a step."""

_MARKS: dict[Level, str] = {"error": "❌ error", "warning": "⚠️ warning", "info": "note"}
_HEAD = "| | where | what is wrong | fix |\n| --- | --- | --- | --- |\n"


def report(result: LintResult, _: ReportOptions) -> str:
    """The table, worst problems first; a line below counts those for which there is no room."""
    ordered = sorted(result.problems, key=lambda problem: LEVELS.index(problem.level))
    rows, room = [], MAX_CHARACTERS
    for row in map(_row, ordered):
        room -= len(row)
        if room < 0:
            break
        rows.append(row)
    hidden = len(ordered) - len(rows)
    rest = f"\n{hidden:,} more are not listed here.\n" if hidden else ""
    return _HEAD + "".join(rows) + rest if ordered else ""


def _row(problem: Problem) -> str:
    where = f"{problem.file}:{problem.line}" if problem.line else problem.file
    cells = (f"{_MARKS[problem.level]} `{problem.rule}`", _plain(where), _rich(problem.message), _rich(problem.fix))
    return f"| {' | '.join(cells)} |\n"


def _rich(text: str) -> str:
    """Pieces between backticks stay code; nothing else in `text` is Markdown or HTML."""
    lines = (visible(line) for line in text.splitlines())
    return "<br>".join("".join(map(_piece, re.split(r"(`[^`]+`)", line))) for line in lines)


def _piece(text: str) -> str:
    if len(text) > 2 and text[0] == text[-1] == "`":
        return text.replace("|", "\\|")
    return _plain(text)


def _plain(text: str) -> str:
    """A word joiner behind `@` keeps a name from being notified."""
    escaped = re.sub(r"([\\`*_{}\[\]()#+!|~$:-])", r"\\\1", visible(text).replace("&", "&amp;").replace("<", "&lt;"))
    return escaped.replace("@", "@&#8288;")
