"""Text in which two spellings that people take for the same are the same."""

import re
from functools import lru_cache
from unicodedata import normalize

_ACCENTS = re.compile("[\u0300-\u036f]")


def folded(text: str) -> str:
    """Without case, accents and width, the same for `Umsätze`, `UMSATZE` and the same in full-width letters.

    Hangul syllables become the letters they are typed with, so that what is half typed is found in what is whole.
    """
    return text.lower() if text.isascii() else _folded(text)


# One request folds the same texts as the one before.
@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    return _ACCENTS.sub("", normalize("NFKD", normalize("NFKD", text).casefold()))
