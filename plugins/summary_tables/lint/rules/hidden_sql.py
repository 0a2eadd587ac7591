"""No `--` comment in SQL whose lines YAML joins: it would swallow the rest of the query.

PASS:
    main_sql: |
      SELECT score AS s  -- 0 to 10
      FROM raw_data.nps
FAIL:
    main_sql: >
      SELECT score AS s  -- 0 to 10
      FROM raw_data.nps
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        if file.document.joins_lines(query.path) and "--" in query.text:
            yield Finding(
                place=file.document.span_of_value(query.path),
                message="YAML joins these lines into one, so that `--` hides the rest of the query",
                fix=f"write `{query.path[-1]}: |` and begin the SQL on the next line",
            )


RULE = Rule(check=check, level="error", stage="build", needs="place")
