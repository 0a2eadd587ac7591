"""A check can pass: one that never does stops every build.

PASS: `- {sql: SELECT COUNT(1) FROM raw_data.nps WHERE score > 10, count: 0, op: eq}`
FAIL: the same with `op: lt`, since no COUNT is below 0; `- range: {column: nps, min: 100, max: -100}`
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
        flaw = query.check.never_passes(counts=query.parsed.never_negative)
        if flaw and not query.parsed.is_constant:
            yield _impossible(query.place_of(flaw.key), flaw)
    for named in named_checks(file):
        if flaw := named.check.never_passes(counts=False):
            yield _impossible(named.place_of(flaw.key), flaw)


RULE = Rule(check=check, level="error")


def _impossible(place: Place, flaw: Flaw) -> Finding[Place]:
    return Finding(place=place, message=f"this check can never pass: {flaw.why}", fix=flaw.fix)
