"""Characters that look like nothing, like a blank or like another one, and mean something else to YAML and to SQL."""

import re

_NAMES = {
    "\xa0": "a no-break space",
    "\xad": "a soft hyphen",
    "\u2007": "a figure space",
    "\u200b": "a zero-width space",
    "\u200c": "a zero-width non-joiner",
    "\u200d": "a zero-width joiner",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\u202f": "a narrow no-break space",
    "\u2060": "a word joiner",
    "\u3000": "a full-width space",
    "\ufeff": "a byte order mark",
    "\x85": "a next-line character",
}
_BLANKS = "\xa0\u2002\u2003\u2007\u2009\u200a\u202f\u3000"
_READ_AS_BLANK = _BLANKS + "\x85\u2028\u2029"
_WITHOUT_WIDTH = "\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
# Between two signs that are no ASCII a joiner makes one picture or letter of them.
_JOINER = r"(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"

INVISIBLE = re.compile(rf"(?![\u200c\u200d])[{_BLANKS}{_WITHOUT_WIDTH}\x85\u2028\u2029]|{_JOINER}")
"""One character that nobody sees, or sees as a blank."""

CURLY_QUOTES = "\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2032\u2033"
FOREIGN_SIGNS = {
    "\uff0c": ",", "\uff1b": ";", "\uff08": "(", "\uff09": ")", "\uff1d": "=", "\uff1c": "<", "\uff1e": ">",
    "\uff0a": "*", "\uff0b": "+", "\uff0f": "/", "\u2264": "<=", "\u2265": ">=", "\u2260": "<>", "\u00d7": "*",
    "\u00f7": "/", "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'", "&nbsp;": " ",
}  # fmt: skip
"""Signs of other keyboards, and as web pages spell them -> the sign that SQL has."""
LONG_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"


def described(character: str) -> str:
    """E.g. `a no-break space (U+00A0)`."""
    return f"{_NAMES.get(character, 'an invisible character')} (U+{ord(character):04X})"


def without(text: str) -> str:
    """`text` with ordinary spaces for those that are wide, and without what has no width."""
    return INVISIBLE.sub(lambda found: " " if found[0] in _READ_AS_BLANK else "", text)
