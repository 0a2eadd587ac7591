"""A check can fail: one that always passes looks like safety and is none.

PASS: `- {sql: SELECT COUNT(1) FROM raw_data.nps, count: 1}`
FAIL: the same with `count: 0`, since no COUNT is below 0; `- {sql: SELECT 1, count: 1}`; `- row_count: {min: 0}`
"""

from collections.abc import Iterator

from summary_tables.checks.check import Flaw
from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.check_queries import readable_checks
from summary_tables.lint.facts.named_checks import named_checks
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in readable_checks(file):
        if query.parsed.is_constant:
            yield Finding(
                place=query.place,
                message="this check reads no table, so it says the same in every run",
                fix="ask a table, e.g. `SELECT COUNT(1) FROM schema.table`",
            )
        elif flaw := query.check.never_fails(counts=query.parsed.never_negative and query.parsed.returns_one_row):
            yield _idle(query.place_of(flaw.key), flaw)
    for named in named_checks(file):
        if flaw := named.check.never_fails(counts=False):
            yield _idle(named.place_of(flaw.key), flaw)


RULE = Rule(check=check, level="error")


def _idle(place: Place, flaw: Flaw) -> Finding[Place]:
    return Finding(place=place, message=f"this check can never fail: {flaw.why}", fix=flaw.fix)
