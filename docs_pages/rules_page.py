"""`docs/rules.md`: every id that can stand in the brackets of a message, from the rules' manuals and the lint cases."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from docs_pages.lint_cases import LintCase, lint_cases
from docs_pages.manual_text import manual_markdown
from summary_tables.linting.rule_manual import (
    IGNORABLE_RULES,
    RULE_IDS,
    WAREHOUSE_RULES,
    level_of,
    manual_of,
)
from summary_tables.problem import Problem
from summary_tables.reports import text
from summary_tables.reports.report import ReportOptions

_INTRODUCTION = """\
# What lint says

<!-- Made from the rules' docstrings and the files in tests/cases/lint by `make docs`. Change it there. -->

A message names the file, the line and the column, then what it is about, in brackets:

{example}
Look the word in the brackets up here. An **error** is a file that does not work, and fails the pull request. A
**warning** is a file that works and is likely to be wrong; an **info** is worth a look. Neither fails anything, unless
lint is called with `--strict`.

`summary-tables lint --fix` does what can be done without judgement, and never changes what a file means. The table says
for which rules it can do that, at least for some of their messages.

Where a rule that can be ignored is not right for a table, say so in its file, with the reason:

```yaml
# lint: ignore[{ignorable}] the dashboard wants all columns
```

| id | level | what it is about | `--fix` |
| --- | --- | --- | --- |
"""


_NAMES_AND_NUMBERS = re.compile(r"`[^`]*`|\"[^\"]*\"|\d+")


def page() -> str:
    """The whole page. Lints all cases: seconds."""
    cases = _cases_by_rule(list(lint_cases()))
    return "".join(
        [
            _INTRODUCTION.format(
                example=_block(*_named("misspelt_key", cases["unknown-key"])), ignorable="select-star"
            ),
            *(_row(rule, cases.get(rule, ())) for rule in RULE_IDS),
            *(_section(rule, cases.get(rule, ())) for rule in RULE_IDS),
        ]
    )


Found = tuple[LintCase, Problem]


def _cases_by_rule(cases: Sequence[LintCase]) -> Mapping[str, list[Found]]:
    """The problems of each rule; those of the case that is called after the rule come first."""
    found: dict[str, list[Found]] = defaultdict(list)
    for case in cases:
        for problem in case.result.problems:
            found[problem.rule].append((case, problem))
    for rule, problems in found.items():
        problems.sort(key=lambda pair: not pair[0].name.startswith(rule.replace("-", "_")))
    return found


def _named(name: str, found: Sequence[Found]) -> Found:
    return next(pair for pair in found if pair[0].name == name)


def _row(rule: str, found: Sequence[Found]) -> str:
    mended = "yes" if any(problem.edit for _, problem in found) else ""
    return f"| [`{rule}`](#{rule}) | {level_of(rule)} | {_cell(_first_paragraph(rule))} | {mended} |\n"


def _first_paragraph(rule: str) -> str:
    return " ".join(manual_of(rule).partition("\n\n")[0].splitlines())


def _section(rule: str, found: Sequence[Found]) -> str:
    parts = [f"\n## `{rule}`\n", f"*{_level_words(rule)}*\n", manual_markdown(manual_of(rule))]
    if found:
        parts += ["Lint says, for example:\n", _block(*found[0])]
    if len(catalogue := list(_catalogue(found))) > 1:
        parts += ["All its messages, and what to do:\n", "| message | what to do |\n| --- | --- |", *catalogue, ""]
    return "\n".join(parts)


def _level_words(rule: str) -> str:
    can = "can be ignored with a comment" if rule in IGNORABLE_RULES else "cannot be ignored"
    where = "Said only where `--warehouse` asks a warehouse. " if rule in WAREHOUSE_RULES else ""
    return f"{where}{level_of(rule).capitalize()}; {can}."


def _block(case: LintCase, problem: Problem) -> str:
    """The message as people see it in a terminal."""
    shown = text.report(replace(case.result, problems=(problem,)), ReportOptions())
    return f"```text\n{shown}```\n"


def _catalogue(found: Sequence[Found]) -> Iterator[str]:
    """A row for each message; those that differ only in names and numbers count as one."""
    seen: set[str] = set()
    for _, problem in found:
        shape = _NAMES_AND_NUMBERS.sub("", problem.message)
        if shape not in seen:
            seen.add(shape)
            yield f"| {_cell(problem.message)} | {_cell(problem.fix)} |"


def _cell(words: str) -> str:
    """`words` in one cell of a table; what stands in backticks is shown as it is anyway."""
    pieces = re.split(r"(`[^`]*`)", words.replace("|", "\\|"))
    pieces[::2] = [piece.replace("<", "&lt;") for piece in pieces[::2]]
    return "<br>".join("".join(pieces).splitlines())
