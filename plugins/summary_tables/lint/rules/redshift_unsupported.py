"""A query for Redshift has no type, function, operator or clause that only PostgreSQL has.

Redshift grew out of PostgreSQL 8 and lacks much of it. What lint knows is what Amazon's Developer Guide says:
https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-functions.html and the pages beside it.

PASS: with `warehouse: {dialect: redshift}`, `LISTAGG(name, ', ')`, `JSON_EXTRACT_PATH_TEXT(payload, 'a')`
FAIL: `STRING_AGG(name, ', ')`, `payload::jsonb ->> 'a'`, `SELECT DISTINCT ON (a) ...` there
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        for found in query.dialect.refusals(query.text):
            place = file.place_in(query, found.place.offset, found.place.length)
            yield Finding(place=place, message=found.message, fix=found.fix)


RULE = Rule(check=check, level="error")
