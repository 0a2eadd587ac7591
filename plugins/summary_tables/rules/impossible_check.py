"""A check can pass: one that never does stops every build.

PASS: `- {sql: SELECT COUNT(1) FROM raw_data.nps WHERE score > 10, count: 0, op: eq}`
FAIL: the same with `op: lt`, since no COUNT is below 0
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
