"""What calls in a template are given, as Jinja's nodes."""

import re
from functools import lru_cache
from typing import Final

from summary_tables.dbt.not_understood import spelt
from summary_tables.dbt.template_parser import TemplateError, calls, nodes

_COMMENT: Final = re.compile(r"\{#.*?#\}", re.DOTALL)
_MOST_ENDS: Final = 20


@lru_cache(maxsize=20_000)
def arguments(called: str, code: str) -> tuple[tuple[str, nodes.Expr], ...]:
    """By name, those of all `{{ called(...) }}`, in order. The rest of the text is not looked at."""
    text = _COMMENT.sub("", code)
    found = [call for start in _starts(called, text) for call in _calls_at(text, start) if spelt(call.node) == called]
    pairs = (pair for call in found for each in call.args if isinstance(each, nodes.Dict) for pair in each.items)
    in_dicts = ((str(pair.key.value), pair.value) for pair in pairs if isinstance(pair.key, nodes.Const))
    return (*in_dicts, *((each.key, each.value) for call in found for each in call.kwargs))


def _starts(called: str, text: str) -> list[int]:
    return [found.start() for found in re.finditer(rf"\{{\{{-?\s*{re.escape(called)}\s*\(", text)]


def _calls_at(text: str, start: int) -> list[nodes.Call]:
    """The braces of a mapping may look like the end."""
    end = start
    for _ in range(_MOST_ENDS):
        end = text.find("}}", end) + 2
        if end < 2:
            break
        try:
            return calls(text[start:end])
        except (TemplateError, RecursionError):
            end -= 1
    return []
