"""Ranges in A1 notation, as the API reads them: https://developers.google.com/workspace/sheets/api/guides/concepts ."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.fake_google.answers import ApiError

_CELLS = re.compile(r"\$?([A-Za-z]{0,3})\$?([1-9]\d{0,7})?(?::\$?([A-Za-z]{0,3})\$?([1-9]\d{0,7})?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRange:
    """Half open, from 0; None: without a bound. As in the API."""

    title: str
    start_row: int = 0
    end_row: int | None = None
    start_column: int = 0
    end_column: int | None = None


def read_range(text: str, titles: Iterable[str], named: Mapping[str, GridRange]) -> GridRange:
    """The range that `text` names; the first of `titles` where it names no tab. Raises ApiError 400."""
    known = list(titles)
    if text in named:
        return named[text]
    title, bang, cells = text.rpartition("!")
    unquoted = _unquoted(title if bang else text)
    if not bang and unquoted in known:
        return GridRange(title=unquoted)
    found = _CELLS.fullmatch(cells)
    title = unquoted if bang else known[0]
    if found is None or not any(found.groups()) or title not in known:
        raise ApiError(400, f"Unable to parse range: {text}")
    left, top, right, bottom = found.groups()
    if ":" not in cells:
        if not left or not top:
            raise ApiError(400, f"Unable to parse range: {text}")
        right, bottom = left, top
    return GridRange(
        title=title,
        start_row=int(top) - 1 if top else 0,
        end_row=int(bottom) if bottom else None,
        start_column=column_number(left) if left else 0,
        end_column=column_number(right) + 1 if right else None,
    )


def column_number(letters: str) -> int:
    """`A` is 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """0 is `A`."""
    letters, rest = "", number + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(65 + place) + letters
    return letters


def _unquoted(title: str) -> str:
    if len(title) > 1 and title.startswith("'") and title.endswith("'"):
        return title[1:-1].replace("''", "'")
    return title
