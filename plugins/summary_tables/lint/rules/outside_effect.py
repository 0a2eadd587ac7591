"""A query calls no function of the warehouse that does something else than compute.

Such a function acts outside of the query: it stops or tells other sessions something, takes locks, writes files or runs
SQL of its own. A step that runs the query refuses it, too, before the warehouse sees it. What somebody else's function
or view calls in turn, lint cannot see.

PASS: `SELECT NOW() AS at`, `SELECT tools.pg_notify(day) AS n`
FAIL: `SELECT pg_notify('done', day)`, `SELECT set_config('role', 'admin', false)`, `SELECT nextval('ids') AS id`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql import outside_effects
from summary_tables.sql.templates import stand_ins


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        for call in outside_effects.calls(stand_ins.filled(query.text) or "", query.dialect):
            yield Finding(
                place=file.place_in(query, call.offset, call.length),
                message=outside_effects.words(call.name, query.dialect),
            )


RULE = Rule(check=check, level="error", needs="place")
