"""A check can fail: one that always passes looks like safety and is none.

PASS: `- {sql: SELECT COUNT(1) FROM raw_data.nps, count: 1}`
FAIL: the same with `count: 0`, since no COUNT is below 0; `- {sql: SELECT 1, count: 1}`; `- row_count: {min: 0}`
"""

import re
from collections.abc import Iterator

from summary_tables.checks import SqlCount
from summary_tables.checks.kinds.length import Length
from summary_tables.checks.kinds.matches import Matches
from summary_tables.checks.kinds.null_share import NullShare
from summary_tables.checks.kinds.relationships import Relationships
from summary_tables.checks.kinds.row_count import RowCount
from summary_tables.checks.kinds.row_count_change import RowCountChange
from summary_tables.checks.kinds.row_count_equals import RowCountEquals
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.check_queries import CheckQuery, readable_checks
from summary_tables.lint.facts.named_checks import PlacedCheck, named_checks
from summary_tables.model.problem import Finding, Level, Place

LEVEL: Level = "error"


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    yield from _queries(file)
    for named in named_checks(file):
        yield from _named(named)


def _queries(file: TableFile) -> Iterator[Finding[Place]]:
    for found in readable_checks(file):
        if found.parsed.is_constant:
            yield Finding(
                place=found.place,
                message="this check reads no table, so it says the same in every run",
                fix="ask a table, e.g. `SELECT COUNT(1) FROM schema.table`",
            )
        elif _always_passes(found):
            yield Finding(
                place=found.place_of("count"),
                message="this check can never fail: the query counts, and a count is never below 0",
                fix="write `count: 1` if there must be some rows; add `op: eq` to `count: 0` if there must be none",
            )


def _always_passes(found: CheckQuery) -> bool:
    check, parsed = found.check, found.parsed
    if not (isinstance(check, SqlCount) and parsed.never_negative and parsed.returns_one_row):
        return False
    return check.count < 0 if check.op in ("gt", "ne") else check.op == "ge" and check.count <= 0


def _named(found: PlacedCheck) -> Iterator[Finding[Place]]:
    match found.check:
        case RowCount(min=0, max=None):
            message, fix = "no table has fewer than 0 rows", "write `min: 1` if there must be some rows"
            yield _idle(found.place_of("min"), message, fix)
        case Length(min=0, max=None):
            message, fix = "no text has fewer than 0 characters", "write `min: 1` if it must not be empty"
            yield _idle(found.place_of("min"), message, fix)
        case RowCountChange(max_decrease_percent=most, max_increase_percent=None) if most == 100:
            fix = "write a smaller percentage, such as `max_decrease_percent: 10`"
            yield _idle(found.place_of("max_decrease_percent"), "no build has fewer than 0 rows", fix)
        case NullShare(max=most) if most == 1:
            message, fix = "1 is 100 percent of the rows", "write a smaller share, such as `max: 0.05` for 5 percent"
            yield _idle(found.place_of("max"), message, fix)
        case Matches(pattern=pattern) if _ANYTHING.fullmatch(pattern):
            fix = f"write what the texts have in common, or `not_null: {found.check.columns[0]}`"
            yield _idle(found.place_of("pattern"), "every text matches this pattern", fix)
        case RowCountEquals(table=other, looks_at=same) if other == same:
            yield _idle(found.place_of("table"), "it compares a table with itself", "name another table")
        case Relationships(to=other, looks_at=same, column=column, to_column=to_column) if (other, to_column) == (
            same,
            column,
        ):
            yield _idle(found.place_of("to"), "it looks for values of a column in that column", "name another table")


_ANYTHING = re.compile(r"\^?(\(?\.\*\)?)?\$?")


def _idle(place: Place, why: str, fix: str) -> Finding[Place]:
    return Finding(place=place, message=f"this check can never fail: {why}", fix=fix)
