"""`after` names tables that files of this folder build.

A table that waits for another would never start.

The tables of a dbt project are those that a file of it selects: no ephemeral model, none that is switched off, and by
the name of the table, which an alias, a version or a schema of its own makes another than the model's.

PASS: `schedule: {after: [analytics.mau_summary]}` beside `mau_summary.yaml`
FAIL: `schedule: {after: [analytics.mau_sumary]}`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule.places import table_paths
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.unbuilt import nobody_builds
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    for name, path in table_paths(file.config.table.schedule):
        if found := nobody_builds(name, folder, but=file.full_name):
            yield Finding(
                place=file.place_of_setting(path),
                message=f"`after` names {name}, {found.why}, so this table would never start",
                fix=found.fix,
            )


RULE = Rule(check=check, level="error", stage="waiting", needs="folder")
