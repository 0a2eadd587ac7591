"""A guess at what somebody did wrong, and the trial that tells whether fixing it would help."""

from collections.abc import Iterable
from dataclasses import dataclass

from summary_tables.configs.yaml import loader
from summary_tables.configs.yaml.mistakes.broken_text import BrokenText
from summary_tables.model.problem import Finding, Place

MAX_TRIAL_CHARACTERS = 100_000
"""Longer texts get the words of the parser only: a trial reads the whole text anew."""

_END = (10**9, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion(Finding[Place]):
    """One guess. `edit` is the fix that is tried; without one the guess is sure.

    `is_mechanical`: the fix is what the person meant, so that a program may make it.
    """

    is_mechanical: bool = True


def best(suspicions: Iterable[Suspicion], broken: BrokenText) -> Suspicion | None:
    """The guess whose fix makes the most of the text readable; the first of equals; None if none helps."""
    if len(broken.text) > MAX_TRIAL_CHARACTERS:
        return next((found for found in suspicions if found.edit is None), None)
    tried = [(reach(found, broken), found) for found in suspicions]
    furthest = max((reached for reached, _ in tried), default=broken.at)
    return next(found for reached, found in tried if reached == furthest) if furthest > broken.at else None


def reach(suspicion: Suspicion, broken: BrokenText) -> tuple[int, int]:
    """Line and column, from 0, where the fixed text stops being YAML, as if the fix had added no lines."""
    edit = suspicion.edit
    if edit is None:
        return _END
    error = loader.syntax_error(broken.text[: edit.start] + edit.text + broken.text[edit.end :])
    mark = error and (error.problem_mark or error.context_mark)
    if not mark:
        return _END
    added = edit.text.count("\n") - broken.text.count("\n", edit.start, edit.end)
    return (mark.line - added, mark.column)
