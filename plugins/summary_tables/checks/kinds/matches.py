"""`- matches: {column: ..., pattern: ...}`: how the texts of a column are spelt."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from summary_tables.checks.check import Flaw
from summary_tables.checks.check_sql import column_sql, text_sql
from summary_tables.checks.value_check import ValueCheck

_ANYTHING = re.compile(r"\^?(\(?\.\*\)?)?\$?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches(ValueCheck):
    """Each text of `column` matches the regular expression `pattern`; NULL is left out."""

    KEY: ClassVar[str] = "matches"
    OTHER_NAMES: ClassVar[tuple[str, ...]] = ("matches_pattern", "regex")
    OTHER_KEYS: ClassVar[Mapping[str, str]] = {"regex": "pattern", "expression": "pattern", "like": "pattern"}
    WRONG: ClassVar[tuple[str, str]] = ("that does not match", "that do not match")
    NONE_WRONG: ClassVar[str] = "no other text"

    pattern: str

    @property
    def patterns(self) -> Mapping[str, str]:
        return {"pattern": self.pattern}

    def never_fails(self, *, counts: bool) -> Flaw | None:  # noqa: ARG002 - of queries only
        if not _ANYTHING.fullmatch(self.pattern):
            return None
        fix = f"write what the texts have in common, or `not_null: {self.column}`"
        return Flaw(key="pattern", why="every text matches this pattern", fix=fix)

    def _wrong(self) -> str:
        return f"{column_sql(self.column)} !~ {text_sql(self.pattern)}"

    def _expected(self) -> str:
        return f"{self.column} like {self.pattern}"
