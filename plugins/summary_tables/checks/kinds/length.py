"""`- length: {column: ..., min: ..., max: ...}`: how long the texts of a column are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from summary_tables.checks.bounds import LIMIT_WORDS, crossed
from summary_tables.checks.check import Flaw
from summary_tables.checks.check_sql import column_sql
from summary_tables.checks.messages import limits_words
from summary_tables.checks.value_check import ValueCheck
from summary_tables.text.english import plural


@dataclass(frozen=True, slots=True, kw_only=True)
class Length(ValueCheck):
    """Each text of `column` has from `min` to `max` characters; NULL is left out."""

    KEY: ClassVar[str] = "length"
    OTHER_NAMES: ClassVar[tuple[str, ...]] = ("value_length",)
    OTHER_KEYS: ClassVar[Mapping[str, str]] = LIMIT_WORDS
    WRONG: ClassVar[tuple[str, str]] = ("with another length", "with another length")
    NONE_WRONG: ClassVar[str] = "no other length"

    min: int | None = None
    max: int | None = None

    def never_fails(self, *, counts: bool) -> Flaw | None:  # noqa: ARG002 - of queries only
        if self.min != 0 or self.max is not None:
            return None
        return Flaw(key="min", why="no text has fewer than 0 characters", fix="write `min: 1` if it must not be empty")

    def never_passes(self, *, counts: bool) -> Flaw | None:  # noqa: ARG002 - of queries only
        return crossed(self.min, self.max)

    def _wrong(self) -> str:
        limits = (("<", self.min), (">", self.max))
        length = f"LENGTH({column_sql(self.column)})"
        return " OR ".join(f"{length} {sign} {limit}" for sign, limit in limits if limit is not None)

    def _expected(self) -> str:
        last = self.min if self.max is None else self.max
        return f"{limits_words(self.min, self.max)} {plural(last or 0, 'character')} in {self.column}"
