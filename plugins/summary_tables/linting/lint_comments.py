"""`# lint: ignore[rule] reason` in a table's file.

On a line of its own it holds for the whole file, at the end of a line for that line. In SQL it is written behind `--`.
It silences what only lint says (`IGNORABLE_RULES`): what Airflow refuses too has to be mended.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from summary_tables.config_folder import ConfigFolder
from summary_tables.linting.rule_manual import IGNORABLE_RULES, RULE_IDS, WAREHOUSE_RULES
from summary_tables.problem import Level, Problem
from summary_tables.spelling import nearest
from summary_tables.yaml_files import yaml_document
from summary_tables.yaml_files.yaml_document import YamlDocument
from summary_tables.yaml_files.yaml_place import plain_lines

_COMMENT = re.compile(
    r"(?P<sign>#|--)[ \t]*lint:[ \t]*(?P<word>\w+)[ \t]*(?P<list>\[(?P<rules>[^\]\n]*)\])?(?P<reason>[^\n\r]*)"
)
_MARK = re.compile(r"lint:[ \t]*\w")
_FORM = "`# lint: ignore[rule] reason`"


@dataclass(frozen=True, slots=True, kw_only=True)
class LintComment:
    """One comment. `rules` are as they are written; `is_alone`: nothing else stands on its line.

    `line` and `column` count from 1; `length` covers the comment.
    """

    line: int
    column: int
    length: int
    word: str
    rules: tuple[str, ...]
    reason: str
    is_alone: bool

    def covers(self, problem: Problem) -> bool:
        """Whether the comment silences `problem`."""
        is_here = self.is_alone or problem.line == self.line
        return is_here and problem.rule in self.rules and problem.rule in IGNORABLE_RULES


def applied(document: YamlDocument, problems: Collection[Problem], *, is_judged: bool) -> Iterator[Problem]:
    """`problems` of the file without those that its comments silence, and what is wrong with the comments.

    `is_judged`: a warehouse was asked. Otherwise a comment for what only a warehouse knows is not called useless.
    """
    comments = tuple(lint_comments(document))
    yield from (problem for problem in problems if not any(comment.covers(problem) for comment in comments))
    for comment in comments:
        yield from _mistakes(comment, document.file)
        yield from _unused(comment, document.file, problems, () if is_judged else WAREHOUSE_RULES)


def of_unusable_files(folder: ConfigFolder, wanted: Collection[str]) -> Iterator[Problem]:
    """What is wrong with the comments of files whose keys or values are wrong, so that no rule was asked."""
    for name in sorted({problem.file for problem in folder.problems if problem.line} & set(wanted)):
        document = yaml_document.read(folder.path / name.rpartition("/")[2], name)
        if isinstance(document, YamlDocument):
            for comment in lint_comments(document):
                yield from _mistakes(comment, name)


def lint_comments(document: YamlDocument) -> Iterator[LintComment]:
    """Those that YAML or SQL takes for comments, in the order of the file."""
    if not _MARK.search(document.text):
        return
    texts = tuple(_spans_of_texts(document.root))
    for number, line in enumerate(plain_lines(document.text), 1):
        for found in _COMMENT.finditer(line):
            in_text = any(start <= (number - 1, found.start()) < end for start, end in texts)
            if in_text == (found["sign"] == "--"):
                yield _comment(found, number)


def _spans_of_texts(node: Node) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Line and column, from 0, of the start and the end of every value: there `#` is no comment."""
    if isinstance(node, ScalarNode):
        yield (node.start_mark.line, node.start_mark.column), (node.end_mark.line, node.end_mark.column)
    elif isinstance(node, MappingNode):
        for pair in node.value:
            for child in pair:
                yield from _spans_of_texts(child)
    elif isinstance(node, SequenceNode):
        for child in node.value:
            yield from _spans_of_texts(child)


def _comment(found: re.Match[str], line: int) -> LintComment:
    return LintComment(
        line=line,
        column=found.start() + 1,
        length=len(found[0].rstrip()),
        word=found["word"],
        rules=tuple(name for rule in (found["rules"] or "").split(",") if (name := rule.strip())),
        reason=found["reason"].strip(),
        is_alone=not found.string[: found.start()].strip(),
    )


def _mistakes(comment: LintComment, file: str) -> Iterator[Problem]:
    if comment.word != "ignore" or not comment.rules:
        yield _problem(comment, file, "this comment names no rule to ignore", f"write {_FORM}")
        return
    for rule in comment.rules:
        if rule not in RULE_IDS:
            near = nearest(rule, sorted(IGNORABLE_RULES))
            fix = f"write `{near}`" if near else "copy the name from the brackets of the message"
            yield _problem(comment, file, f"there is no rule `{rule}`", fix)
        elif rule not in IGNORABLE_RULES:
            message = f"`{rule}` cannot be ignored: a file that breaks it does not work"
            yield _problem(comment, file, message, "mend what the rule finds and delete this comment")
    if not comment.reason:
        message = f"this comment does not say why {' and '.join(f'`{rule}`' for rule in comment.rules)} is right here"
        yield _problem(comment, file, message, f"write it behind the bracket: {_FORM}")


def _unused(
    comment: LintComment, file: str, problems: Iterable[Problem], not_asked: Collection[str]
) -> Iterator[Problem]:
    for rule in comment.rules:
        used = any(problem.rule == rule and comment.covers(problem) for problem in problems)
        if rule in IGNORABLE_RULES and rule not in not_asked and not used:
            where = "this file" if comment.is_alone else "this line"
            message = f"nothing in {where} breaks `{rule}`, so this comment ignores nothing"
            yield _problem(comment, file, message, "delete it", level="warning")


def _problem(comment: LintComment, file: str, message: str, fix: str, level: Level = "error") -> Problem:
    return Problem(
        file=file,
        line=comment.line,
        column=comment.column,
        length=comment.length,
        rule="lint-comment",
        level=level,
        message=message,
        fix=fix,
    )
