"""A table of this folder is waited for by its name alone.

As an asset, or as a table of others, it would be waited for without being known as a table of this folder: in the order
of builds, in the catalogue, in circles.

PASS: `schedule: {after: [analytics.mau_summary]}`
FAIL: `schedule: {after: [{asset: analytics.mau_summary}]}` beside `mau_summary.yaml`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.schedule.places import parent_paths
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.builders import builder_of
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, folder: ConfigFolder) -> Iterator[Finding[Place]]:
    for parent, path in parent_paths(file.config.table.schedule):
        builder = None if isinstance(parent, str) else builder_of(parent.name, folder)
        if builder and not isinstance(parent, str):
            by = f"the dbt project {builder.project}" if builder.project else "a file of this folder"
            yield Finding(
                place=file.place_of_setting(path),
                message=f"{parent.name} is built by {by}",
                fix=f"write `{parent.name}` alone",
            )


RULE = Rule(check=check, level="warning", needs="folder")
