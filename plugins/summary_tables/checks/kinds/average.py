"""`- average: {column: ..., min: ..., max: ...}`: the average of a column."""

from dataclasses import dataclass
from typing import ClassVar

from summary_tables.checks.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class Average(Aggregate):
    """The average of `column` is from `min` to `max`; NULL is left out. A table without a value fails."""

    KEY: ClassVar[str] = "average"
    OTHER_NAMES: ClassVar[tuple[str, ...]] = ("mean", "avg")
    FUNCTION: ClassVar[str] = "AVG"
