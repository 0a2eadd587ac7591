"""`- range: {column: ..., min: ..., max: ...}`: between what the values of a column lie."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from summary_tables.checks.bounds import LIMIT_WORDS, crossed
from summary_tables.checks.check import Flaw
from summary_tables.checks.check_sql import column_sql, value_sql
from summary_tables.checks.messages import limits_words
from summary_tables.checks.value_check import ValueCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Range(ValueCheck):
    """Each value of `column` is from `min` to `max`; NULL is left out. Dates and times are texts here."""

    KEY: ClassVar[str] = "range"
    HAS_VALUES: ClassVar[bool] = True
    OTHER_NAMES: ClassVar[tuple[str, ...]] = ("between", "accepted_range")
    OTHER_KEYS: ClassVar[Mapping[str, str]] = LIMIT_WORDS
    WRONG: ClassVar[tuple[str, str]] = ("outside of that", "outside of that")
    NONE_WRONG: ClassVar[str] = "no value outside of that"

    min: int | float | str | None = None
    max: int | float | str | None = None

    def never_passes(self, *, counts: bool) -> Flaw | None:  # noqa: ARG002 - of queries only
        return crossed(self.min, self.max)

    def _wrong(self) -> str:
        limits = (("<", self.min), (">", self.max))
        column = column_sql(self.column)
        return " OR ".join(f"{column} {sign} {value_sql(limit)}" for sign, limit in limits if limit is not None)

    def _expected(self) -> str:
        return f"{self.column} {limits_words(self.min, self.max, 'from ')}"
