"""What `require` in `defaults.yaml` asks of every file.

`description`: a sentence on what the table holds. `owner`: the file itself names it. `column_descriptions`: `columns`
has all columns, each with a description. `row_count`: an output check looks at how many rows were built; a query that
counts them does, too.

PASS: `description: Visits per day.` with `require: [description]`
FAIL: no `description` there
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.requirements import lacking
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    yield from lacking(file, file.config.settings.require, "require")


RULE = Rule(check=check, level="error")
