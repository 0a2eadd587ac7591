"""Bytes -> text: UTF-8 only, with or without a byte order mark. What else it may be is said in the words of editors."""

import codecs

from summary_tables.configs.file_content import MOST_BYTES
from summary_tables.configs.yaml.places import place_at
from summary_tables.model.problem import WHOLE_FILE, Finding, Place

MAX_BYTES = MOST_BYTES

_WITH_MARK = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


def decode(raw: bytes) -> str | Finding[Place]:
    """The text without byte order mark, or why there is none."""
    if len(raw) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1_000_000} MB, the most that a config may have"
        return _finding(message, "keep the query and the settings here, and data in the warehouse")
    if wide := _wide_encoding(raw):
        return _finding(f"the file is {wide}; configs are UTF-8", "save the file as UTF-8 in your editor")
    written = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return written.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(written, error.start)


def _wide_encoding(raw: bytes) -> str:
    """UTF-16 or UTF-32, by its mark or by the zero byte beside each of the first ASCII letters; empty if neither."""
    for mark, encoding in _WITH_MARK.items():
        if raw.startswith(mark):
            return encoding
    zeros = raw[:64].count(0)
    # A stray zero byte is a control character of UTF-8; texts of two or four bytes a character have many.
    if zeros * 3 < len(raw[:64]) or not zeros:
        return ""
    return "UTF-32" if raw[:64].count(b"\0\0\0") * 6 > len(raw[:64]) else "UTF-16"


def _not_utf8(raw: bytes, start: int) -> Finding[Place]:
    place = place_at(raw.decode("utf-8", "replace"), len(raw[:start].decode("utf-8")))
    message = f"the file is not UTF-8 (byte 0x{raw[start]:02X}){_likely_encoding(raw)}"
    return _finding(message, "save the file as UTF-8 in your editor", place)


def _likely_encoding(raw: bytes) -> str:
    """What the bytes probably are: Korean Windows writes cp949, Western Windows cp1252."""
    try:
        text = raw.decode("cp949")
    except UnicodeDecodeError:
        text = ""
    foreign = [character for character in text if not character.isascii()]
    hangul = sum("\uac00" <= character <= "\ud7a3" for character in foreign)
    if foreign and hangul * 2 > len(foreign):
        return f": it looks like EUC-KR (cp949), in which the line reads {_line_with_foreign(text)}"
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        return ""
    return f": it looks like Windows-1252 (latin-1), in which the line reads {_line_with_foreign(text)}"


def _line_with_foreign(text: str) -> str:
    line = next(line for line in text.splitlines() if not line.isascii()).strip()
    return f"`{line}`" if len(line) <= 60 else f"`{line[:59]}…`"


def _finding(message: str, fix: str, place: Place = WHOLE_FILE) -> Finding[Place]:
    return Finding(place=place, rule="file", message=message, fix=fix)
