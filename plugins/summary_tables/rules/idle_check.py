"""A check can fail: one that always passes looks like safety and is none.

PASS: `- {sql: SELECT COUNT(1) FROM raw_data.nps, count: 1}`
FAIL: the same with `count: 0`, since no COUNT is below 0; `- {sql: SELECT 1, count: 1}`
"""

from collections.abc import Iterator

from summary_tables.checks import SqlCount
from summary_tables.config_folder import ConfigFolder
from summary_tables.file_facts.check_queries import CheckQuery, readable_checks
from summary_tables.problem import Level
from summary_tables.rules.rule import Finding
from summary_tables.table_file import TableFile

LEVEL: Level = "error"


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding]:
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
