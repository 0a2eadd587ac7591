"""Which of the words that would be right somebody probably meant."""

import difflib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

_NEAR: Final = 0.7


def nearest(word: str, candidates: Sequence[str]) -> str | None:
    """The candidate that is spelt most like `word`; None if none is near."""
    return _nearest(word.lower(), tuple(candidates))


def nearest_table(name: str, candidates: Sequence[str]) -> str | None:
    """As `nearest`, of tables with their schemas: that both stand in one schema makes no two tables alike."""
    tables = list({_without_schema(other) for other in candidates})
    alike = frozenset(difflib.get_close_matches(_without_schema(name).lower(), tables, len(tables) or 1, _NEAR))
    return nearest(name, [other for other in candidates if _without_schema(other) in alike])


def _without_schema(name: str) -> str:
    return name.rpartition(".")[2]


@lru_cache(maxsize=1024)
def _nearest(word: str, candidates: tuple[str, ...]) -> str | None:
    found = difflib.get_close_matches(word, candidates, n=1, cutoff=_NEAR)
    return found[0] if found else None
