"""`# lint: ignore[rule] reason` in a file.

On a line of its own it holds for the whole file, at the end of a line for that line. In SQL it is written behind `--`.
It silences what only lint says (`IGNORABLE_RULES`): what Airflow refuses too has to be fixed.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from pathlib import Path

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.configs.yaml.places import plain_lines
from summary_tables.lint.rule_index import IGNORABLE_RULES, RULE_IDS, WAREHOUSE_RULES
from summary_tables.model.problem import Finding, Level, Place, Problem
from summary_tables.text.spelling import nearest

_COMMENT = re.compile(
    r"(?P<sign>#|--)[ \t]*lint:[ \t]*(?P<word>\w+)[ \t]*(?P<list>\[(?P<rules>[^\]\n]*)\])?(?P<reason>[^\n\r]*)"
)
_MARK = re.compile(r"lint:[ \t]*\w")
_MOST_MISTAKES = 200
"""Of one file: for each the rule is searched for that was meant."""
_FORM = "`# lint: ignore[rule] reason`"


@dataclass(frozen=True, slots=True, kw_only=True)
class LintComment:
    """One comment. `rules` are as they are written; `is_alone`: nothing else stands on its line."""

    place: Place
    word: str
    rules: tuple[str, ...]
    reason: str
    is_alone: bool

    @property
    def covers(self) -> int:
        """The line for which it holds; 0: the whole file."""
        return 0 if self.is_alone else self.place.line


def applied(
    document: YamlDocument, path: Path, problems: Collection[Problem], *, is_warehouse_asked: bool
) -> Iterator[Problem]:
    """`problems` of the file at `path` without those that its comments silence, and what is wrong with the comments.

    `is_warehouse_asked`: otherwise a comment for what only a warehouse knows is not called useless.
    """
    comments = tuple(lint_comments(document))
    yield from not_silenced(document, problems)
    yield from _mistakes(comments, path)
    found = {whereabouts for problem in problems for whereabouts in _whereabouts(problem)}
    for comment in comments:
        for finding in _unused(comment, found, () if is_warehouse_asked else WAREHOUSE_RULES):
            yield Problem.of(finding, path)


def not_silenced(document: YamlDocument, problems: Iterable[Problem]) -> Iterator[Problem]:
    """`problems` of the file without those that its comments silence."""
    comments = lint_comments(document)
    silenced = {(comment.covers, rule) for comment in comments for rule in comment.rules if rule in IGNORABLE_RULES}
    yield from (problem for problem in problems if silenced.isdisjoint(_whereabouts(problem)))


def _whereabouts(problem: Problem) -> tuple[tuple[int, str], ...]:
    """What a comment can hold for in order to silence `problem`: the whole file, or its line."""
    return (0, problem.rule), (problem.line, problem.rule)


def mistakes(document: YamlDocument, path: Path) -> Iterator[Problem]:
    """What is wrong with the comments of the file at `path`, which says `document`."""
    yield from _mistakes(lint_comments(document), path)


def lint_comments(document: YamlDocument) -> Iterator[LintComment]:
    """Those that YAML or SQL takes for comments, in the order of the file."""
    if not _MARK.search(document.text):
        return
    texts = sorted(_spans_of_texts(document.root))
    for number, line in enumerate(plain_lines(document.text), 1):
        for found in _COMMENT.finditer(line):
            place = (number - 1, found.start())
            before = bisect_right(texts, place, key=itemgetter(0))
            in_text = before > 0 and place < texts[before - 1][1]
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
        place=Place(line, found.start() + 1, len(found[0].rstrip())),
        word=found["word"],
        rules=tuple(name for rule in (found["rules"] or "").split(",") if (name := rule.strip())),
        reason=found["reason"].strip(),
        is_alone=not found.string[: found.start()].strip(),
    )


def _mistakes(comments: Iterable[LintComment], path: Path) -> Iterator[Problem]:
    found = (finding for comment in comments for finding in _mistakes_of(comment))
    yield from (Problem.of(finding, path) for finding in islice(found, _MOST_MISTAKES))


def _mistakes_of(comment: LintComment) -> Iterator[Finding[Place]]:
    if comment.word != "ignore" or not comment.rules:
        yield _finding(comment, "this comment names no rule to ignore", f"write {_FORM}")
        return
    for rule in dict.fromkeys(comment.rules):
        if rule not in RULE_IDS:
            near = nearest(rule, sorted(IGNORABLE_RULES))
            fix = f"write `{near}`" if near else "copy the name from the brackets of the message"
            yield _finding(comment, f"there is no rule `{rule}`", fix)
        elif rule not in IGNORABLE_RULES:
            message = f"`{rule}` cannot be ignored: a file that breaks it does not work"
            yield _finding(comment, message, "mend what the rule finds and delete this comment")
    if not comment.reason:
        message = f"this comment does not say why {' and '.join(f'`{rule}`' for rule in comment.rules)} is right here"
        yield _finding(comment, message, f"write it behind the bracket: {_FORM}")


def _unused(
    comment: LintComment, found: Collection[tuple[int, str]], not_asked: Collection[str]
) -> Iterator[Finding[Place]]:
    """`found`: the whereabouts of the problems of the file."""
    for rule in dict.fromkeys(comment.rules):
        if rule in IGNORABLE_RULES and rule not in not_asked and (comment.covers, rule) not in found:
            where = "this file" if comment.is_alone else "this line"
            message = f"nothing in {where} breaks `{rule}`, so this comment ignores nothing"
            yield _finding(comment, message, "delete it", level="warning")


def _finding(comment: LintComment, message: str, fix: str, level: Level = "error") -> Finding[Place]:
    return Finding(place=comment.place, rule="lint-comment", level=level, message=message, fix=fix)
