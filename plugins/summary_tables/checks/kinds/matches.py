"""`- matches: {column: ..., pattern: ...}`: how the texts of a column are spelt."""

from dataclasses import dataclass
from typing import ClassVar

from summary_tables.checks.check_sql import column_sql, text_sql
from summary_tables.checks.value_check import ValueCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches(ValueCheck):
    """Each text of `column` matches the regular expression `pattern`; NULL is left out."""

    KEY: ClassVar[str] = "matches"
    WRONG: ClassVar[tuple[str, str]] = ("that does not match", "that do not match")
    NONE_WRONG: ClassVar[str] = "no other text"

    pattern: str

    def _wrong(self) -> str:
        return f"{column_sql(self.column)} !~ {text_sql(self.pattern)}"

    def _expected(self) -> str:
        return f"{self.column} like {self.pattern}"
