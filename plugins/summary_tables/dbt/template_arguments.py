"""What calls in a template are given, as Jinja's nodes."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from summary_tables.dbt.not_understood import spelt
from summary_tables.dbt.template_parser import TemplateError, calls, nodes

_COMMENT: Final = (re.compile(r"\{#"), re.compile(r"#\}"))
# Somebody's text must not keep whoever reads it.
_MOST_ENDS: Final = 20
_MOST_CALLS: Final = 20
_LONGEST_CALL: Final = 50_000


def between(text: str, begin: re.Pattern[str], end: re.Pattern[str]) -> Iterator[tuple[re.Match[str], re.Match[str]]]:
    """Each match of `begin` with the next one of `end` behind it; those between count for nothing."""
    position = 0
    while (first := begin.search(text, position)) and (last := end.search(text, first.end())):
        yield first, last
        position = last.end()


def without_comments(code: str) -> str:
    """A template without `{# ... #}`."""
    pieces, position = list[str](), 0
    for first, last in between(code, *_COMMENT):
        pieces.append(code[position : first.start()])
        position = last.end()
    return "".join((*pieces, code[position:]))


@lru_cache(maxsize=20_000)
def arguments(called: str, code: str) -> tuple[tuple[str, nodes.Expr], ...]:
    """By name, those of all `{{ called(...) }}`, in order. The rest of the text is not looked at."""
    text = without_comments(code)
    found = [call for start in _starts(called, text) for call in _calls_at(text, start) if spelt(call.node) == called]
    pairs = (pair for call in found for each in call.args if isinstance(each, nodes.Dict) for pair in each.items)
    in_dicts = ((str(pair.key.value), pair.value) for pair in pairs if isinstance(pair.key, nodes.Const))
    return (*in_dicts, *((each.key, each.value) for call in found for each in call.kwargs))


def _starts(called: str, text: str) -> list[int]:
    found = re.finditer(rf"\{{\{{-?\s*{re.escape(called)}\s*\(", text)
    return [each.start() for each in islice(found, _MOST_CALLS)]


def _calls_at(text: str, start: int) -> list[nodes.Call]:
    """The braces of a mapping may look like the end."""
    end = start
    for _ in range(_MOST_ENDS):
        end = text.find("}}", end) + 2
        if not 2 <= end <= start + _LONGEST_CALL:
            break
        try:
            return calls(text[start:end])
        except (TemplateError, RecursionError):
            end -= 1
    return []
