"""What people write for the words of `op`."""

from collections.abc import Mapping

OPERATOR_WORDS: Mapping[str, str] = {
    ">=": "ge", "=>": "ge", "≥": "ge", "gte": "ge", "min": "ge", "at least": "ge",
    ">": "gt", "more than": "gt", "above": "gt",
    "<=": "le", "=<": "le", "≤": "le", "lte": "le", "max": "le", "at most": "le",
    "<": "lt", "less than": "lt", "below": "lt",
    "=": "eq", "==": "eq", "equal": "eq", "equals": "eq", "is": "eq",
    "!=": "ne", "<>": "ne", "≠": "ne", "not equal": "ne", "neq": "ne",
}  # fmt: skip
"""Signs, the words of other tools, and plain English -> the word of this format."""

SIGNS = tuple(word for word in OPERATOR_WORDS if not word[0].isalpha())
"""Those that are no words, in no order."""
