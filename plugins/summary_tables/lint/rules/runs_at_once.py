"""Runs of a table that grows are not under way at once.

Each adds its part to what the one before has left; which of two was first decides which rows stay, and what a check of
the whole table sees. A backfill may have several at once: it says so itself.

PASS: `max_active_runs: 3` in the file of a table that every run builds anew
FAIL: `max_active_runs: 3` with `refresh: append`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    table = file.config.table
    if table.refresh.is_incremental and table.max_active_runs > 1:
        yield Finding(
            place=file.place_of_setting(("max_active_runs",)),
            message=f"the table grows by `{table.refresh.strategy}`, so its runs go one after the other: each adds to "
            "what the one before has left",
            fix="delete `max_active_runs`",
        )


RULE = Rule(check=check, level="error", stage="build")
