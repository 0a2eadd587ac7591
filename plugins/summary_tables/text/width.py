"""How much room text takes in a font whose letters are all of one width: a terminal, a log, a code block."""

from unicodedata import category, east_asian_width

_ZERO_WIDTH_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_HANGUL_MEDIAL_AND_FINAL = range(0x1160, 0x1200)


def cells(text: str) -> int:
    """How many cells of a terminal `text` takes, which `visible` gave."""
    return sum(cell_widths(text))


def cut(text: str, most: int) -> str:
    """`text`, which `visible` gave, in no more than `most` cells; the mark of a cut is one of them."""
    widths = cell_widths(text)
    if sum(widths) <= most:
        return text
    taken, end = 0, 0
    while taken + widths[end] < most:
        taken += widths[end]
        end += 1
    return text[:end] + "…"


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
