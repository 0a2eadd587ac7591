"""What templates may do with a value: the words for moments, numbers, durations and sizes."""

from collections.abc import Callable, Mapping
from datetime import datetime

from summary_tables.catalog.pages.words import ago, first_words, moment_near
from summary_tables.text.durations import duration_text
from summary_tables.text.english import counted
from summary_tables.text.moments import moment_text
from summary_tables.text.sizes import size_text

FILTERS: Mapping[str, Callable[..., str]] = {
    "ago": ago,
    "counted": counted,
    "duration": duration_text,
    "exact": moment_text,
    "first_words": first_words,
    "iso": datetime.isoformat,
    "near": moment_near,
    "number": "{:,}".format,
    "size": size_text,
}
"""By their names in the templates; `ago` and `near` are told the moment from which one looks."""
