"""An output check looks at the new table by its name `{schema}.temp_{table}`.

What readers see is still the old one. A check may compare both.

PASS: `SELECT COUNT(1) FROM {schema}.temp_{table}`
FAIL: `SELECT COUNT(1) FROM analytics.nps_summary`, `SELECT COUNT(1) FROM analytics.temp_nps_summary`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.facts.check_queries import CheckQuery, readable_checks
from summary_tables.lint.facts.source_tables import Source, sources
from summary_tables.lint.rules import placeholder
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.templates import stand_ins

NEW_TABLE = "{schema}.temp_{table}"


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for found in readable_checks(file, "output_check"):
        named = own_table(found)
        if named and not is_meant_for_new_table(found):
            yield _finding(named)


RULE = Rule(check=check, level="error")


def is_meant_for_new_table(found: CheckQuery) -> bool:
    """It reads `{schema}.temp_{table}`, or tries to: `placeholder` speaks of misspelt ones."""
    new = (stand_ins.SCHEMA_NAME, f"temp_{stand_ins.TABLE_NAME}")
    reads = ((read.schema, read.name) for read in found.parsed.tables)
    return new in reads or bool(placeholder.mistakes(found.query))


def own_table(found: CheckQuery) -> Source | None:
    """Where the check names the table of its file, live or new."""
    return next((source for source in sources(found.file, (found.query,)) if _is_own(source)), None)


def _is_own(source: Source) -> bool:
    table = source.file.config.table
    named = source.read.name in (table.table, f"temp_{table.table}")
    return named and source.read.schema in ("", table.schema)


def _finding(own: Source) -> Finding[Place]:
    if own.read.name == own.file.config.table.table:
        message = f"{own.name} is the table that readers see now, not the new one"
    else:
        message = f"there is no table {own.name}: the new table has another name in each run"
    return Finding(place=own.place, message=message, fix=f"write `{NEW_TABLE}`, as it stands here")
