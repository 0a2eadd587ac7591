"""Names of time zones: those that a file may have, and which one somebody means who writes another."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Final

from summary_tables.configs.schema_files import load_schema
from summary_tables.text.spelling import nearest

_UTC = frozenset({"utc", "gmt", "z", "zulu", "uct", "universal", "greenwich"})
_ONE_ZONE: Final[Mapping[str, str]] = {"kst": "Asia/Seoul", "jst": "Asia/Tokyo"}
"""Abbreviations that one zone has alone: CST and IST have several."""

EXAMPLES: Final[Mapping[str, str]] = {
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


def zone_names() -> Sequence[str]:
    """All that `timezone` may be."""
    names: Sequence[str] = load_schema("summary_table")["properties"]["timezone"]["enum"]
    return names


def is_utc(written: str) -> bool:
    """A name of UTC, `UTC` among them."""
    return _bare(written).removeprefix("etc/") in _UTC


def is_distance(written: str) -> bool:
    """`+09:00`, `UTC+9`, `Etc/GMT-9`."""
    return _OFFSET.fullmatch(written) is not None


def is_abbreviation(written: str) -> bool:
    """`KST`, `EST5EDT`."""
    known = written.lower() in _ONE_ZONE or written.lower() in EXAMPLES
    return known or (_ABBREVIATION.fullmatch(written) is not None and written.isupper())


def is_older(written: str) -> bool:
    """A name that another took the place of, such as `Asia/Calcutta`."""
    return bool(_modern(written))


def zone_meant(written: str) -> str:
    """The name of the zone; empty where several may be meant, or none."""
    choices = zone_names()
    bare = _bare(written)
    if is_utc(written):
        return "UTC"
    if is_distance(written) or bare in EXAMPLES:
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
