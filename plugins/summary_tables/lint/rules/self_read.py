"""`main_sql` does not read the table that it builds.

It is not there before the first build, and each run that is repeated would build on its own result.

PASS: `FROM raw_data.nps` in `nps_summary.yaml`
FAIL: `FROM {schema}.{table}`, `FROM analytics.nps_summary` there
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.source_tables import main_sources
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for source in main_sources(file):
        if source.name == file.full_name:
            yield Finding(
                place=source.place,
                message=f"`main_sql` reads {source.name}, the table it builds: before the first build there is none",
                fix="read the tables from which it is made",
            )
            return


RULE = Rule(check=check, level="error")
