"""What is said where no guess helps: the parser's own finding, in plain words."""

import re

from summary_tables.configs.yaml.mistakes.broken_text import BrokenText
from summary_tables.configs.yaml.mistakes.suspicion import Suspicion
from summary_tables.model.problem import Place

_COMPARE = "compare the line, and the one above it, with a config that works"
_WORDS = {
    "mapping values are not allowed in this context": (
        "`: ` inside a value without quotes ends the value here, or this line is indented too far",
        "write SQL after `sql: |` on a line of its own, put other values in quotes",
    ),
    "could not find expected ':'": (
        "this line belongs to nothing: it is no `key: value`, and it is not indented under the key above it",
        "write `key: value`, or indent the line under the key to which it belongs",
    ),
    "did not find expected key": (
        "this line is not lined up with the keys above it",
        "begin it in the same column as the other keys of its block",
    ),
    "did not find expected '-' indicator": (
        "this line is not lined up with the list above it",
        "begin it with `- `, in the same column as the other items of the list",
    ),
    "found unexpected end of stream": ("the quote opened here is never closed", "close it"),
    "did not find expected comment or line break": (
        "nothing may stand after `|` or `>` on its line",
        "begin the text on the next line, or put the value in quotes",
    ),
    "found character that cannot start any token": (
        "a value that begins with @, % or ` must be in quotes",
        "put the value in quotes",
    ),
    "did not find expected alphabetic or numeric character": (
        "a value that begins with * or & must be in quotes",
        "put the value in quotes",
    ),
    "block sequence entries are not allowed in this context": (
        "a list item with `- ` cannot begin in the middle of a line, or here the line begins too far right",
        "begin it on a line of its own, below the other items",
    ),
    "mapping keys are not allowed in this context": ("a value cannot begin with `? `", "put the value in quotes"),
    "did not find expected node content": ("a value cannot begin with this sign", "put the value in quotes"),
    "did not find expected <document start>": (
        "this line does not belong to what stands above it",
        "begin all keys of the file in the first column",
    ),
    "did not find expected ',' or ']'": ("the list in brackets is not closed before this", "close it with ]"),
    "did not find expected ',' or '}'": ("what begins with { is not closed before this", "close it with }"),
    "found unknown escape character": (
        "a backslash in double quotes begins an escape, and this is none",
        "write the text in single quotes",
    ),
    "found unexpected document indicator": (
        "the text in quotes is not closed before this line",
        "close the quote, and indent the lines of the text",
    ),
    "found a tab": ("a tab stands here; YAML is indented with spaces", "write spaces for the tab"),
}


def suspicion(broken: BrokenText) -> Suspicion:
    """At the place where the parser stopped, or where what it was reading began."""
    words = re.sub(r"found a tab character.*", "found a tab", broken.words)
    message, fix = _WORDS.get(words, (f"this is not YAML: {words or 'it cannot be read'}", _COMPARE))
    from_context = words in ("could not find expected ':'", "found unexpected end of stream")
    line, column = broken.context if from_context and broken.context else broken.at
    if line >= len(broken.lines):
        line, column = len(broken.lines) - 1, 0
    rest = broken.line(line)[column:].rstrip()
    return Suspicion(place=Place(line + 1, column + 1, max(len(rest), 1)), message=message, fix=fix)
