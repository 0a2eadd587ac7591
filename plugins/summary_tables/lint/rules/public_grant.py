"""`public` in `grants` is everybody who may connect to the warehouse, now and later.

PASS: `grants: {select: [reporting]}`
FAIL: `grants: {select: [public]}`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    """What `defaults.yaml` says is not said again for each table."""
    if "grants" not in file.data:
        return
    for place, role in enumerate(file.config.table.grants.select):
        if role.lower() == "public":
            yield Finding(
                place=file.place_of_setting(("grants", "select", place)),
                message=f"`{role}` lets everybody read the table who may connect to the warehouse",
                fix="name the roles that are to read it, or ignore this where it is meant so",
            )


RULE = Rule(check=check, level="warning")
