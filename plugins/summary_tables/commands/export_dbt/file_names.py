"""What people call a thing -> a name that dbt takes."""

import re
import zlib
from typing import Final

_WORD: Final = re.compile(r"[A-Za-z_]\w*", re.ASCII)


def is_word(name: str) -> bool:
    """Whether dbt's own files can have it as it is."""
    return _WORD.fullmatch(name) is not None


def source_name(name: str) -> str:
    """What dbt calls a schema or table of others: its name, unless that has a blank or a sign, which dbt warns of.

    Two names never become one: what is changed ends with a sum of what it was.
    """
    plain = re.sub(r"\W", "_", name)
    return name if plain == name else f"{plain}_{zlib.crc32(name.encode()) & 0xFFFF:04x}"


def slug(words: str, longest: int) -> str:
    """`words` in ASCII letters, digits and `_`; empty where it has none of them."""
    kept = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in words.lower())
    return "_".join(kept.split())[:longest].strip("_")
