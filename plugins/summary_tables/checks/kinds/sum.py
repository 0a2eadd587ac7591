"""`- sum: {column: ..., min: ..., max: ...}`: the sum of a column."""

from dataclasses import dataclass
from typing import ClassVar

from summary_tables.checks.aggregate import Aggregate


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum(Aggregate):
    """The sum of `column` is from `min` to `max`; NULL is left out. A table without a value fails."""

    KEY: ClassVar[str] = "sum"
    FUNCTION: ClassVar[str] = "SUM"
