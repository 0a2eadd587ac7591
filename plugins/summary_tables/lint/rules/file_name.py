"""The file is called after its table.

One table then cannot stand in two files, and a running task finds its file at once.

PASS: `table: nps_summary` in `nps_summary.yaml`
FAIL: `table: nps_summary` in `nps.yaml`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    table, path = file.config.table.table, file.config.path
    if path.stem == table:
        return
    if path.with_name(f"{table}.yaml").exists():
        fix = f"{path.parent.name}/{table}.yaml already builds it: delete this file, or give its table another name"
    else:
        fix = f"call the file {table}.yaml"
    message = f"the file {path.name} is not called after its table `{table}`"
    yield Finding(place=file.document.span_of_value(("table",)), message=message, fix=fix)


RULE = Rule(check=check, level="error", stage="build")
