"""Text as a terminal shows it: nothing in it that would steer the terminal."""

import re

TAB = " " * 4

_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def visible(text: str) -> str:
    """`text` on one line, with a sign in place of each character that steers a terminal or cannot be seen.

    A tab becomes four spaces, a control character its picture such as `␛`, any other its number such as `<U+200B>`.
    """
    return _UNSEEN.sub(lambda found: _sign(found[0]), text)


def visible_lines(text: str) -> str:
    """`text` with its line feeds, and a sign for each other character that steers a terminal or cannot be seen."""
    return "\n".join(map(visible, text.split("\n")))


def escaped(text: str) -> str:
    """JSON in which each character that a terminal would obey, or show nothing of, is an escape; its value stays."""
    return _UNSEEN.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text)


def _sign(character: str) -> str:
    code = ord(character)
    if character == "\t":
        return TAB
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"<U+{code:04X}>"
