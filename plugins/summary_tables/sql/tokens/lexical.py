"""What decides how the text of SQL is split up, where warehouses differ."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Lexical:
    """`backslash_escapes`: in every string, not in those of the kind E'...' alone. `hash_names`: `#` may begin a name.

    `folds_quoted_names`: names in quotes become small letters, too. `longest_name`: in bytes; the rest is cut off.
    """

    backslash_escapes: bool
    hash_names: bool
    folds_quoted_names: bool
    longest_name: int
