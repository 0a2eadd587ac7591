"""A table reads or waits for one that is `deprecated`.

That one goes after a day that its file names. Once the day has passed it is an error, `expired-source`.

PASS: `FROM analytics.visits` where `old_visits` says `deprecated: {after: "2026-12-31", use: analytics.visits}`
FAIL: `FROM analytics.old_visits` there
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.deprecations import deprecated_sources, finding
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    yield from (finding(source) for source in deprecated_sources(file, folder) if not source.is_over)


RULE = Rule(check=check, level="warning", needs="folder")
