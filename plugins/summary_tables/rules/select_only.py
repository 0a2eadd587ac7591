"""A query only reads: one SELECT, no second statement, nothing that changes or locks data.

PASS: `SELECT COUNT(1) FROM raw_data.nps`
FAIL: `DELETE FROM raw_data.nps`, `SELECT 1; SELECT 2`, `SELECT a INTO b FROM c`, `SELECT a FROM b FOR UPDATE`
"""

from collections.abc import Iterator

from summary_tables import select_only
from summary_tables.config_folder import ConfigFolder
from summary_tables.problem import Level
from summary_tables.rules.rule import Finding
from summary_tables.table_file import TableFile

LEVEL: Level = "error"


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding]:
    for query in file.queries():
        if found := select_only.violation(query.text, query.dialect):
            yield Finding(place=file.place_in(query, found.offset), message=found.message, fix=found.fix)
