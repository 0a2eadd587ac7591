"""Of a query beyond some length, neither grammar nor columns are known.

PASS: a query of 200 lines
FAIL: a query of 2,000 lines
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.parser import MAX_CHARACTERS


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        if len(query.text) > MAX_CHARACTERS:
            yield Finding(
                place=file.document.span_of_value(query.path),
                message=f"the SQL has {len(query.text):,} characters; lint reads the SQL of up to {MAX_CHARACTERS:,}",
                fix="leave it as it is, or build part of it as a summary table of its own",
            )


RULE = Rule(check=check, level="info")
