"""Which of the words that would be right somebody probably meant."""

import difflib
from collections.abc import Sequence


def nearest(word: str, candidates: Sequence[str]) -> str | None:
    """The candidate that is spelt most like `word`; None if none is near."""
    found = difflib.get_close_matches(word.lower(), candidates, n=1, cutoff=0.7)
    return found[0] if found else None
