"""A `timezone` that is none: what it is instead, and the zone that was meant."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final

from summary_tables.configs.schema.mistake import SchemaError, kind, shown, value_name
from summary_tables.configs.schema.wrong_value import wrong_value
from summary_tables.configs.yaml.document import YamlDocument
from summary_tables.model.problem import Finding, Place
from summary_tables.text.spelling import nearest

_UTC = frozenset({"utc", "gmt", "z", "zulu", "uct", "universal", "greenwich"})
_ONE_ZONE: Final[Mapping[str, str]] = {"kst": "Asia/Seoul", "jst": "Asia/Tokyo"}
"""Abbreviations that one zone has alone: CST and IST have several."""

_EXAMPLES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("est", "edt", "est5edt"), "America/New_York"),
    **dict.fromkeys(("cdt", "cst6cdt"), "America/Chicago"),
    **dict.fromkeys(("mst", "mdt", "mst7mdt"), "America/Denver"),
    **dict.fromkeys(("pst", "pdt", "pst8pdt"), "America/Los_Angeles"),
    **dict.fromkeys(("cet", "cest", "met", "mez"), "Europe/Berlin"),
    **dict.fromkeys(("bst", "wet"), "Europe/London"),
    **dict.fromkeys(("eet", "eest"), "Europe/Athens"),
    "msk": "Europe/Moscow",
    "hst": "Pacific/Honolulu",
}
_CITIES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("busan", "incheon", "korea", "rok", "south_korea", "서울", "한국", "한국시간"), "Asia/Seoul"),
    **dict.fromkeys(("beijing", "shenzhen", "china", "prc"), "Asia/Shanghai"),
    **dict.fromkeys(("osaka", "kyoto", "japan"), "Asia/Tokyo"),
    **dict.fromkeys(("mumbai", "delhi", "new_delhi", "bangalore", "india"), "Asia/Kolkata"),
    **dict.fromkeys(("hanoi", "vietnam"), "Asia/Ho_Chi_Minh"),
    **dict.fromkeys(("san_francisco", "seattle"), "America/Los_Angeles"),
    **dict.fromkeys(("boston", "washington", "miami"), "America/New_York"),
    **dict.fromkeys(("munich", "frankfurt", "hamburg", "germany"), "Europe/Berlin"),
    "iceland": "Atlantic/Reykjavik",
}
_OFFSET = re.compile(r"(?:etc/)?(?:utc|gmt)?\s*[+-]?\s*\d{1,2}(?::?[0-5]\d)?", re.IGNORECASE)
_ABBREVIATION = re.compile(r"[A-Za-z]{3,5}|[A-Za-z]{3}\d[A-Za-z]{3}")


def mistake(error: SchemaError, document: YamlDocument) -> Finding[Place]:
    """What is said of the value, and the name to write in its place."""
    name, choices = value_name(error.path), error.limit
    if error.value is None and not document.source_of_value(error.path):
        message = f"{name} has no value; it is the name of a time zone such as `Asia/Seoul`"
        return wrong_value(error, document, message, "write one, or delete the key")
    if isinstance(error.value, bool | list | dict) or error.value is None:
        return wrong_value(error, document, f"{name} is {kind(error.value)}; it is a name", _hint(""))
    written = str(error.value).strip()
    what = _kind(written)
    meant = _meant(written, choices)
    message = f"{name} is {shown(written)}{what or ', which is no time zone'}"
    source = document.source_of_value(error.path)
    edit = meant + source[len(source.rstrip()) :] if meant else None
    return wrong_value(error, document, message, f"write `{meant}`" if meant else _hint(written), edit)


def _kind(written: str) -> str:
    """What was written where that is clearly something else; empty where it may be misspelt."""
    if _bare(written) in _UTC or _bare(written).removeprefix("etc/") in _UTC:
        return ", which is called `UTC` here"
    if _OFFSET.fullmatch(written):
        return ", a distance to UTC; clocks in most places change theirs in summer"
    if written.lower() in _ONE_ZONE or written.lower() in _EXAMPLES:
        return ", an abbreviation; a time zone has the name of a place"
    if _modern(written):
        return ", an older name that not each warehouse knows"
    if _ABBREVIATION.fullmatch(written) and written.isupper():
        return ", an abbreviation; a time zone has the name of a place"
    return ""


def _meant(written: str, choices: Sequence[str]) -> str:
    bare = _bare(written)
    if bare in _UTC or bare.removeprefix("etc/") in _UTC:
        return "UTC"
    if _OFFSET.fullmatch(written) or bare in _EXAMPLES:
        return ""
    place = bare.rpartition("/")[2]
    exact = {choice.lower(): choice for choice in choices}
    by_place = {choice.lower().rpartition("/")[2]: choice for choice in choices}
    found = exact.get(bare) or _ONE_ZONE.get(bare) or _CITIES.get(place) or _modern(written) or by_place.get(place)
    return found or _misspelt(bare, place, choices)


def _misspelt(bare: str, place: str, choices: Sequence[str]) -> str:
    """That both lie in Asia makes no two places alike; a word alone may be anything."""
    if "/" not in bare or len(place) < 4:
        return ""
    close = [choice for choice in choices if nearest(place, [choice.lower().rpartition("/")[2]])]
    found = nearest(bare, [choice.lower() for choice in close])
    return next((choice for choice in close if choice.lower() == found), "")


def _hint(written: str) -> str:
    example = _EXAMPLES.get(written.lower(), "Asia/Seoul")
    return f"write the place by whose clocks people go, such as `{example}`"


def _bare(written: str) -> str:
    return re.sub(r"[\s-]+", "_", re.sub(r"\s*[/\\]\s*", "/", written.strip())).lower()


def _modern(written: str) -> str:
    """The name that took the place of an older one, such as `Asia/Calcutta`, as the tz database has it."""
    return _links().get(_bare(written), "")


@cache
def _links() -> Mapping[str, str]:
    try:
        text = resources.files("tzdata").joinpath("zoneinfo", "tzdata.zi").read_text("utf-8")
    except (ModuleNotFoundError, OSError):
        return {}
    links = [line.split()[1:] for line in text.splitlines() if line.startswith("L ")]
    return {old.lower().replace("-", "_"): new for new, old in links if not _ABBREVIATION.fullmatch(old)}
