"""Brackets that are never closed, or closed twice."""

from collections.abc import Iterator

from summary_tables.configs.yaml.mistakes.broken_text import BrokenText, without_comment
from summary_tables.configs.yaml.mistakes.suspicion import Suspicion
from summary_tables.model.problem import Edit, Place

_CLOSING = {"did not find expected ',' or ']'": ("[", "]"), "did not find expected ',' or '}'": ("{", "}")}


def never_closed(broken: BrokenText) -> Iterator[Suspicion]:
    if broken.words not in _CLOSING or broken.context is None:
        return
    opening, closing = _CLOSING[broken.words]
    number, column = broken.context
    line = broken.line(number)
    if line[column : column + 1] != opening:
        return
    end = broken.start(number) + column + len(without_comment(line[column:]))
    written = broken.text[broken.start(number) + column : end]
    yield Suspicion(
        place=Place(number + 1, column + 1, len(written)),
        message=f"the {opening} opened here is never closed",
        fix=f"write `{written}{closing}`",
        edit=Edit(start=end, end=end, text=closing),
    )


def no_comma(broken: BrokenText) -> Iterator[Suspicion]:
    """An entry between brackets that has a line of its own, as in JSON, and no comma behind it."""
    number = broken.at[0]
    before = broken.before(number)
    if broken.words not in _CLOSING or before is None or broken.line(number)[: broken.at[1]].strip():
        return
    if broken.context is None or broken.line(broken.context[0])[broken.context[1] + 1 :].strip():
        return
    written = without_comment(broken.line(before))
    end = broken.start(before) + len(written)
    yield Suspicion(
        place=Place(before + 1, len(written), 1),
        message="a comma is missing at the end of this line",
        fix=f"write `{written.strip()},`",
        edit=Edit(start=end, end=end, text=","),
    )


def closed_twice(broken: BrokenText) -> Iterator[Suspicion]:
    for entry in broken.entries_near():
        for opening, closing in _CLOSING.values():
            value = entry.value
            if value.startswith(opening) and value.endswith(closing) and value.count(closing) > value.count(opening):
                yield Suspicion(
                    place=Place(entry.line + 1, entry.value_column + len(value), 1),
                    message=f"one {closing} too many stands here",
                    fix=f"write `{value[:-1]}`",
                    edit=entry.edit(value[:-1]),
                )
