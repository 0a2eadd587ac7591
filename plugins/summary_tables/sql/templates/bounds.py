"""How much one template may be: far more than anybody writes, and far less than anybody has to wait for."""

MOST_PIECES = 5_000
"""`{{ ... }}` and `{% ... %}` of one query."""

MOST_TOKENS = 5_000
"""Words, numbers, texts and signs of one expression."""

MOST_NESTED = 50
"""Brackets, signs and calls of one expression within or behind each other."""

MOST_NESTED_STATEMENTS = 10

MOST_DIGITS = 12
"""Of a number."""

LONGEST_TEXT = 10_000
"""In characters, of a value; the SQL around the templates does not count."""

LONGEST_LIST = 1_000

MOST_WORK = 20_000
"""Each value that is made counts as one, a long one as more."""

LONGEST_RESULT = 2_000_000
"""In characters, of the filled-in query."""

MOST_UNKNOWN_NAMES = 100
"""That are told at once: what each may have meant takes time."""
