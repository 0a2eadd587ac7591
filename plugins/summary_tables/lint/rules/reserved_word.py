"""`table` and `schema` are no words of SQL's own.

Who reads the table would have to write them in quotes.

PASS: `table: order_summary`
FAIL: `table: order`, `schema: user`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place

# https://www.postgresql.org/docs/17/sql-keywords-appendix.html, those that are "reserved" for PostgreSQL, also those
# that "can be function or type".
_LISTED = """
all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation
column concurrently constraint create cross current_catalog current_date current_role current_schema current_time
current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign freeze
from full grant group having ilike in initially inner intersect into is isnull join lateral leading left like limit
localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing primary references
returning right select session_user similar some symmetric system_user table tablesample then to trailing true
union unique user using variadic verbose when where window with
"""
RESERVED_WORDS = frozenset(_LISTED.split())


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    table = file.config.table
    for key, name in (("table", table.table), ("schema", table.schema)):
        if name in RESERVED_WORDS:
            yield Finding(
                place=file.document.span_of_value((key,)),
                message=f"`{name}` is a word of SQL itself: whoever reads the table would have to write it in quotes",
                fix=f"choose another name, such as `{name}_summary`" if key == "table" else "choose another schema",
            )


RULE = Rule(check=check, level="error")
