"""Text as a terminal shows it: how many cells each character takes, and nothing in it that would steer the terminal."""

import re
from unicodedata import category, east_asian_width

TAB = " " * 4

_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_ZERO_WIDTH_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_HANGUL_MEDIAL_AND_FINAL = range(0x1160, 0x1200)


def visible(text: str) -> str:
    """`text` on one line, with a sign in place of each character that steers a terminal or cannot be seen.

    A tab becomes four spaces, a control character its picture such as `␛`, any other its number such as `<U+200B>`.
    """
    return _UNSEEN.sub(lambda found: _sign(found[0]), text)


def _sign(character: str) -> str:
    code = ord(character)
    if character == "\t":
        return TAB
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"<U+{code:04X}>"


def cells(text: str) -> int:
    """How many cells of a terminal `text` takes, which `visible` gave."""
    return sum(cell_widths(text))


def cell_widths(text: str) -> list[int]:
    """For each character of `text` how many cells it adds: 2 for a Hangul syllable, 0 for what joins what precedes it.

    What a sequence of emoji takes differs between terminals; this follows Unicode, as most of them do by now.
    """
    if text.isascii():
        return [1] * len(text)
    widths: list[int] = []
    for index, character in enumerate(text):
        widths.append(_added_width(character, text[index - 1 : index], widths[-1] if widths else 0))
    return widths


def _added_width(character: str, previous: str, previous_width: int) -> int:
    if character == _EMOJI_STYLE:
        return int(previous_width == 1)
    if previous == _ZERO_WIDTH_JOINER or (ord(character) in _SKIN_TONES and previous_width == 2):
        return 0
    if ord(character) in _HANGUL_MEDIAL_AND_FINAL or category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
