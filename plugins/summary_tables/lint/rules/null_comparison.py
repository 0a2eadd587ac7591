"""Nothing equals NULL, not even NULL: a comparison with it lets no row through.

PASS: `WHERE score IS NULL`, `WHERE score IS NOT NULL`
FAIL: `WHERE score = NULL`, `WHERE score <> NULL`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.query import Query


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        parsed = query.parsed
        for word in parsed.null_comparisons if isinstance(parsed, Query) else ():
            yield Finding(
                place=file.place_in(query, word.offset, len(word.text)),
                message=f"`{word.text}` is never true: nothing equals NULL",
                fix=_fix(word.text.upper()),
            )


RULE = Rule(check=check, level="warning")


def _fix(written: str) -> str:
    """Of `= NULL`, `NULL <>`, `= NOT NULL`; `<> NOT NULL` may mean anything."""
    is_same, has_not = "=" in written.replace("!=", ""), "NOT" in written
    if has_not and not is_same:
        return ""
    instead = "IS NULL" if is_same and not has_not else "IS NOT NULL"
    return f"write `{instead}` behind the value" if written.startswith("NULL") else f"write `{instead}`"
