"""`- sql: ..., count: ..., op: ...`: the query's one number against a fixed one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any, ClassVar, Literal, Self

from summary_tables.checks.check import Answer, CheckResult, Flaw
from summary_tables.checks.check_item import CheckItem
from summary_tables.checks.check_sql import NEW_TABLE, digest
from summary_tables.checks.messages import NO_VALUE, no_number_words, number_of
from summary_tables.text.english import plural

Operator = Literal["eq", "ge", "le", "gt", "lt", "ne"]

_COMPARISONS: dict[Operator, tuple[str, Callable[[Any, Any], bool]]] = {
    "ge": ("at least", ge),
    "gt": ("more than", gt),
    "le": ("at most", le),
    "lt": ("less than", lt),
    "eq": ("exactly", eq),
    "ne": ("anything but", ne),
}

_ROW_COUNT = re.compile(
    r"\s*SELECT\s+COUNT\s*\(\s*(?:1|\*)\s*\)\s+FROM\s+(?P<table>[\w.{}]+)(?:\s+WHERE\s(?P<condition>[^;]+))?\s*;?\s*",
    re.IGNORECASE,
)
_COUNTS = "the query counts, and a count is never below 0"
_LONGEST_CONDITION = 80
_NOT_OF_A_CONDITION = re.compile(
    r"--|/\*|\b(?:UNION|INTERSECT|EXCEPT|GROUP|HAVING|ORDER|LIMIT|OFFSET)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlCount(CheckItem):
    """`sql` returns one number; it must stand in the relation `op` to `count`."""

    KEY: ClassVar[str] = "sql"
    IS_QUERY: ClassVar[bool] = True
    ONE_VALUE: ClassVar[bool] = True
    KEYS_BESIDE: ClassVar[tuple[str, ...]] = ("count", "op")
    OTHER_NAMES: ClassVar[tuple[str, ...]] = ("query", "select", "main_sql", "statement")
    width: ClassVar[int] = 1
    looks_at: ClassVar[str] = ""
    columns: ClassVar[tuple[str, ...]] = ()

    sql: str
    count: int | float
    op: Operator = "ge"

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        return cls(**item)

    @property
    def asks(self) -> str:
        return f"{_COMPARISONS[self.op][0]} {self._counted('rows') or f'sql {digest(self.sql)}'}"

    def label(self) -> str:
        counted = self._counted(plural(self.count, "row"))
        return self.name or f"{self._expected()} {counted}".rstrip()

    @property
    def unexplained(self) -> str:
        return "" if self.name or self._counted("rows") else self.sql

    def _counted(self, rows: str) -> str:
        """`rows where orders < 0`, `rows in raw_data.nps`; empty where the query is not as plain as that."""
        found = _ROW_COUNT.fullmatch(self.sql)
        condition = " ".join((found["condition"] or "").split()) if found else ""
        if found is None or len(condition) > _LONGEST_CONDITION or _NOT_OF_A_CONDITION.search(condition):
            return ""
        table = "" if found["table"] == NEW_TABLE else f" in {found['table']}"
        return f"{rows}{table}{f' where {condition}' if condition else ''}"

    def never_fails(self, *, counts: bool) -> Flaw | None:
        holds = self.count < 0 if self.op in ("gt", "ne") else self.op == "ge" and self.count <= 0
        if not (counts and holds):
            return None
        fix = "write `count: 1` if there must be some rows; add `op: eq` to `count: 0` if there must be none"
        return Flaw(key="count", why=_COUNTS, fix=fix)

    def never_passes(self, *, counts: bool) -> Flaw | None:
        fails = self.count < 0 if self.op in ("le", "eq") else self.op == "lt" and self.count <= 0
        if not (counts and fails):
            return None
        return Flaw(key="count", why=_COUNTS, fix="write `count: 0` and `op: eq` if there must be no rows")

    def judge(self, answer: Answer) -> CheckResult:
        ((value,),) = answer
        number = number_of(value)
        compare = _COMPARISONS[self.op][1]
        passed = number is not None and compare(number, Decimal(str(self.count)))
        return CheckResult(passed=passed, expected=self._expected(), actual=self._actual(value, number))

    def _expected(self) -> str:
        return f"{_COMPARISONS[self.op][0]} {self.count:,}"

    def _actual(self, value: object, number: Decimal | None) -> str:
        if value is None:
            return NO_VALUE
        if number is None:
            return no_number_words(value) if self.samples else "a value that is not a number"
        return f"{number:,f}"
