"""The warehouse can read the SQL of `main_sql` and of every check.

PASS: `SELECT day, COUNT(1) AS users FROM raw_data.events GROUP BY day`
FAIL: `SELECT day, FROM raw_data.events`, `SELECT day FORM raw_data.events`
"""

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql import select_only
from summary_tables.sql.syntax_errors import dates
from summary_tables.sql.templates import placeholder_errors, template
from summary_tables.sql.tokens.characters import lookalikes


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        found = query.parsed
        if isinstance(found, Finding) and not _has_other_mistake(query, file):
            place = file.place_in(query, found.place.offset, found.place.length)
            yield Finding(place=place, message=found.message, fix=found.fix)


RULE = Rule(check=check, level="error", needs="place")


def _has_other_mistake(query: SourceQuery, file: TableFile) -> bool:
    """Whether another rule speaks of the query: what it says may be why the grammar stops, in better words."""
    text, dialect = query.text, query.dialect
    return bool(
        select_only.violation(text, dialect)
        or (file.document.joins_lines(query.path) and "--" in text)
        or placeholder_errors.mistakes(text, dialect, is_output_check=query.role == "output_check")
        or template.mistakes(text, dialect)
        or dates.mistakes(text, dialect)
        or any(lookalikes(text, dialect.lexical))
    )
