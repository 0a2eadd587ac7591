"""`- sql: ..., count: ..., op: ...`: the query's one number against a fixed one."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any, ClassVar, Literal, Self

from summary_tables.checks.check import Answer, Verdict
from summary_tables.checks.check_item import CheckItem
from summary_tables.checks.check_sql import NEW_TABLE
from summary_tables.checks.check_words import NO_VALUE, no_number_words, number_of

Operator = Literal["eq", "ge", "le", "gt", "lt", "ne"]

_COMPARISONS: dict[Operator, tuple[str, Callable[[Any, Any], bool]]] = {
    "ge": ("at least", ge),
    "gt": ("more than", gt),
    "le": ("at most", le),
    "lt": ("less than", lt),
    "eq": ("exactly", eq),
    "ne": ("anything but", ne),
}

_ROW_COUNT = re.compile(r"\s*SELECT\s+COUNT\s*\(\s*(?:1|\*)\s*\)\s+FROM\s+([\w.{}]+)\s*;?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SqlCount(CheckItem):
    """`sql` returns one number; it must stand in the relation `op` to `count`."""

    KEY: ClassVar[str] = "sql"
    IS_QUERY: ClassVar[bool] = True
    width: ClassVar[int] = 1
    looks_at: ClassVar[str] = ""
    columns: ClassVar[tuple[str, ...]] = ()

    sql: str
    count: int | float
    op: Operator = "ge"

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        return cls(**item)

    def label(self) -> str:
        if self.name:
            return self.name
        counted = _ROW_COUNT.fullmatch(self.sql)
        if counted is None:
            return self._expected()
        where = "" if counted[1] == NEW_TABLE else f" in {counted[1]}"
        return f"{self._expected()} {'row' if self.count == 1 else 'rows'}{where}"

    def judge(self, answer: Answer) -> Verdict:
        ((value,),) = answer
        number = number_of(value)
        compare = _COMPARISONS[self.op][1]
        passed = number is not None and compare(number, Decimal(str(self.count)))
        return Verdict(passed=passed, expected=self._expected(), actual=self._actual(value, number))

    def _expected(self) -> str:
        return f"{_COMPARISONS[self.op][0]} {self.count:,}"

    def _actual(self, value: object, number: Decimal | None) -> str:
        if value is None:
            return NO_VALUE
        if number is None:
            return no_number_words(value) if self.samples else "a value that is not a number"
        return f"{number:,f}"
