"""Which of the words that would be right somebody probably meant."""

import difflib
from collections.abc import Sequence
from functools import lru_cache


def nearest(word: str, candidates: Sequence[str]) -> str | None:
    """The candidate that is spelt most like `word`; None if none is near."""
    return _nearest(word.lower(), tuple(candidates))


@lru_cache(maxsize=1024)
def _nearest(word: str, candidates: tuple[str, ...]) -> str | None:
    found = difflib.get_close_matches(word, candidates, n=1, cutoff=0.7)
    return found[0] if found else None
