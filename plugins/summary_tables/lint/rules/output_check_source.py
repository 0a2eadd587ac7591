"""An output check has to do with the new table.

One of other tables alone says nothing about what was built.

PASS: `SELECT COUNT(1) FROM {schema}.temp_{table}`
FAIL: `SELECT COUNT(1) FROM raw_data.nps`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.check_queries import readable_checks
from summary_tables.lint.facts.source_tables import sources
from summary_tables.lint.rules.output_check_target import NEW_TABLE, is_meant_for_new_table, own_table
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for found in readable_checks(file, "output_check"):
        looked_at = tuple(source for source in sources(file, (found.query,)) if not source.is_catalog)
        if looked_at and not (own_table(found) or is_meant_for_new_table(found)):
            yield Finding(
                place=looked_at[0].place,
                message=f"this check looks at {looked_at[0].name} and not at the table that was built",
                fix=f"read `{NEW_TABLE}` in it, or move it to `input_check`",
            )


RULE = Rule(check=check, level="warning", certain="warehouse-table")
