"""No name in a query is longer than the warehouse takes: PostgreSQL cuts what follows the 63rd byte, without a word.

A letter of English is one byte, one of Korean three. In Redshift it is 127 bytes.

PASS: `SELECT COUNT(1) AS 월별_활성_사용자_수 FROM raw_data.sessions`
FAIL: `SELECT COUNT(1) AS 월별_활성_사용자_수_서울특별시_강남구_이십대_여성 FROM raw_data.sessions`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.pitfalls.long_names import long_names, too_long


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    # Of these the rule `columns` speaks, since nothing is built then.
    declared = {column.name for column in file.config.table.columns}
    for query in file.queries():
        for offset, name in long_names(query.text, query.dialect):
            if name not in declared:
                yield Finding(
                    place=file.place_in(query, offset, len(name)),
                    message=too_long(name, query.dialect),
                    fix="choose a shorter one, here and everywhere else in this file",
                )


RULE = Rule(check=check, level="warning")
