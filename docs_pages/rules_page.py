"""`docs/rules.md`, where a rule is found, and `docs/rules/<id>.md`, which explains it.

An id is what can stand in the brackets of a message. The pages are made from the rules' manuals and the lint cases.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from docs_pages.lint_cases import LintCase, lint_cases
from docs_pages.manual_text import manual_markdown
from docs_pages.rule_groups import GROUPS
from summary_tables.lint.dry_run.rule_ids import OF_KNOWN_SOURCES
from summary_tables.lint.reports import text
from summary_tables.lint.reports.report import ReportOptions
from summary_tables.lint.rule_index import (
    IGNORABLE_RULES,
    RULE_IDS,
    WAREHOUSE_RULES,
    has_edits,
    level_of,
    manual_of,
    summary_of,
)
from summary_tables.model.problem import Problem

__all__ = ["pages"]

_MADE = "<!-- Made from the rules' docstrings and the files in tests/cases/lint by `make docs`. Change it there. -->"

_INDEX = """\
# What lint says

{made}

A message names the file, the line and the column, then its rule, in brackets:

{example}
Find the word in the brackets below (Ctrl-F), or type `summary-tables lint --explain {explained}`. The page of a rule
says what it wants and why, with an example of each of its messages and what to do.

- An **error** is a file that does not work, and fails the pull request.
- A **warning** is a file that works and is likely to be wrong; an **info** is worth a look. Neither fails anything,
  unless lint is called with `--strict`.
- **fix**: `summary-tables lint --fix` can do it, at least for some of the rule's messages. It never changes what a file
  means.
- **ignore**: where the rule is not right for a table, a comment in its file can say so, with the reason:

  ```yaml
  # lint: ignore[{ignorable}] the dashboard wants all columns
  ```

  At the end of a line it is about that line, on a line of its own about the whole file. In SQL write `--` in place
  of `#`.

What do you have in front of you?

{contents}"""

_ROWS = "| rule | level | what it is about | |\n| --- | --- | --- | --- |"

_NAMES_AND_NUMBERS = re.compile(r"`[^`]*`|\"[^\"]*\"|\d+")

Found = tuple[LintCase, Problem]


def pages() -> Mapping[str, str]:
    """The page of all rules and that of each, by their names in `docs/`. Lints all cases: seconds."""
    cases = _cases_by_rule(list(lint_cases()))
    return {"rules.md": _index(cases)} | {f"rules/{rule}.md": _page(rule, cases.get(rule, ())) for rule in RULE_IDS}


def _cases_by_rule(cases: Sequence[LintCase]) -> Mapping[str, list[Found]]:
    """The problems of each rule; those of the case that is called after the rule come first."""
    found: dict[str, list[Found]] = defaultdict(list)
    for case in cases:
        for problem in case.result.problems:
            found[problem.rule].append((case, problem))
    for rule, problems in found.items():
        problems.sort(key=lambda pair: not pair[0].name.startswith(rule.replace("-", "_")))
    return found


def _index(cases: Mapping[str, Sequence[Found]]) -> str:
    start = _INDEX.format(
        made=_MADE,
        example=_block(*_named("misspelt_key", cases["unknown-key"])),
        explained="unknown-key",
        ignorable="select-star",
        contents="".join(f"- [{title}](#{_anchor(title)})\n" for title in GROUPS),
    )
    return start + "".join(_group(title, rules) for title, rules in GROUPS.items())


def _anchor(title: str) -> str:
    """As GitHub names a heading."""
    return re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")


def _group(title: str, rules: Sequence[str]) -> str:
    rows = "\n".join(_row(rule) for rule in rules)
    return f"\n## {title}\n\n{_ROWS}\n{rows}\n"


def _named(name: str, found: Sequence[Found]) -> Found:
    return next(pair for pair in found if pair[0].name == name)


def _row(rule: str) -> str:
    can = [word for word, holds in (("fix", has_edits(rule)), ("ignore", rule in IGNORABLE_RULES)) if holds]
    return f"| [`{rule}`](rules/{rule}.md) | {level_of(rule)} | {_cell(summary_of(rule))} | {', '.join(can)} |"


def _page(rule: str, found: Sequence[Found]) -> str:
    parts = [
        f"# `{rule}`\n",
        _MADE + "\n",
        f"*{_level_words(rule)}* [All rules](../rules.md)\n",
        manual_markdown(manual_of(rule)),
    ]
    if found:
        parts += ["Lint says, for example:\n", _block(*found[0])]
    if len(catalogue := list(_catalogue(found))) > 1:
        parts += ["All its messages, and what to do:\n", "| message | what to do |\n| --- | --- |", *catalogue, ""]
    if rule in IGNORABLE_RULES:
        parts += ["To ignore it in a file:\n", f"```yaml\n# lint: ignore[{rule}] the reason\n```\n"]
    return "\n".join(parts)


def _level_words(rule: str) -> str:
    can = "can be ignored with a comment" if rule in IGNORABLE_RULES else "cannot be ignored"
    fixed = "; `--fix` can do it, at least for some of its messages" if has_edits(rule) else ""
    where = ""
    if rule in WAREHOUSE_RULES:
        known = "Said where sources are known, and where `--warehouse` asks a warehouse. "
        where = known if rule in OF_KNOWN_SOURCES else "Said only where `--warehouse` asks a warehouse. "
    return f"{where}{level_of(rule).capitalize()}; {can}{fixed}."


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
