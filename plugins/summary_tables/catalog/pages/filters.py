"""What templates may do with a value: the words for moments, numbers, durations and sizes."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from summary_tables.catalog.pages.words import ago, first_words, moment_near
from summary_tables.text.durations import duration_text
from summary_tables.text.english import counted
from summary_tables.text.moments import UTC_NAME, moment_text
from summary_tables.text.sizes import size_text


def date_text(day: date) -> str:
    """`31 December 2026`."""
    return f"{day.day} {day:%B %Y}"


def exact(moment: datetime, zone: str = UTC_NAME) -> str:
    """`2026-11-22 03:04:05 UTC`."""
    return moment_text(zone, moment)


def by_code(text: str) -> list[str]:
    """The text cut at its backticks: every second piece is what stands between two of them."""
    pieces = text.split("`")
    return pieces if len(pieces) % 2 else [text]


FILTERS: Mapping[str, Callable[..., object]] = {
    "ago": ago,
    "by_code": by_code,
    "counted": counted,
    "date": date_text,
    "duration": duration_text,
    "exact": exact,
    "first_words": first_words,
    "iso": datetime.isoformat,
    "near": moment_near,
    "number": "{:,}".format,
    "size": size_text,
}
"""By their names in the templates; `ago` and `near` are told the moment from which one looks."""
