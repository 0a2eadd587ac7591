"""No table stands in the schema that holds the versions and the build log of all tables.

PASS: `schema: analytics`
FAIL: `schema: summary_tables` while `defaults.yaml` does not name another schema for versions
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    versions_schema = file.config.settings.warehouse.versions_schema
    if file.config.table.schema == versions_schema:
        message = f"`{versions_schema}` holds the versions and the build log of all tables; no table can stand there"
        fix = "name the schema in which people read the table"
        yield Finding(place=file.document.span_of_value(("schema",)), message=message, fix=fix)


RULE = Rule(check=check, level="error", stage="build")
