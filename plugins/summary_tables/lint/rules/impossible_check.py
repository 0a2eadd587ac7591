"""A check can pass: one that never does stops every build.

PASS: `- {sql: SELECT COUNT(1) FROM raw_data.nps WHERE score > 10, count: 0, op: eq}`
FAIL: the same with `op: lt`, since no COUNT is below 0; `- range: {column: nps, min: 100, max: -100}`
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from summary_tables.checks import SqlCount
from summary_tables.checks.aggregate import Aggregate
from summary_tables.checks.kinds.length import Length
from summary_tables.checks.kinds.range import Range
from summary_tables.checks.kinds.row_count import RowCount
from summary_tables.checks.messages import Limit, number_of
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.check_queries import CheckQuery, readable_checks
from summary_tables.lint.facts.named_checks import PlacedCheck, named_checks
from summary_tables.model.problem import Finding, Level, Place

LEVEL: Level = "error"


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    yield from _queries(file)
    for named in named_checks(file):
        match named.check:
            case Aggregate(min=least, max=most) | Length(min=least, max=most) | RowCount(min=least, max=most):
                yield from _limits(named, least, most)
            case Range(min=least, max=most):
                yield from _limits(named, least, most)


def _queries(file: TableFile) -> Iterator[Finding[Place]]:
    for found in readable_checks(file):
        if not found.parsed.is_constant and _never_passes(found):
            yield Finding(
                place=found.place_of("count"),
                message="this check can never pass: the query counts, and a count is never below 0",
                fix="write `count: 0` and `op: eq` if there must be no rows",
            )


def _never_passes(found: CheckQuery) -> bool:
    check, parsed = found.check, found.parsed
    if not (isinstance(check, SqlCount) and parsed.never_negative):
        return False
    return check.count < 0 if check.op in ("le", "eq") else check.op == "lt" and check.count <= 0


def _limits(found: PlacedCheck, least: Limit, most: Limit) -> Iterator[Finding[Place]]:
    if least is None or most is None:
        return
    low, high = _comparable(least), _comparable(most)
    if low is None or high is None:
        return
    if type(low) is not type(high):
        yield Finding(
            place=found.place_of("min"),
            message="this check can never pass: one of `min` and `max` is a number and the other a text",
            fix="write both as numbers, or both as dates in quotes",
        )
    elif low > high:  # type: ignore[operator]  # both are numbers or both are texts
        yield Finding(
            place=found.place_of("min"),
            message=f"this check can never pass: `min` is {_shown(least)}, which is above `max`, {_shown(most)}",
            fix=f"write `min: {_shown(most)}` and `max: {_shown(least)}`",
        )


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\b")


def _comparable(limit: int | float | str) -> Decimal | str | None:
    """A number, also where it stands in quotes; a day or a time as text; None where only the warehouse can tell."""
    number = number_of(limit)
    if number is not None:
        return number
    return str(limit) if _DAY.match(str(limit)) else None


def _shown(limit: int | float | str) -> str:
    return f'"{limit}"' if isinstance(limit, str) else f"{limit}"
