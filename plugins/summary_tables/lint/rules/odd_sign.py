"""Commas, brackets and comparisons are the ordinary ones.

A Korean keyboard, a word processor or a web page puts others in their place, which the warehouse takes for letters of
a name: `day，` is then a column, and `&lt;` ends the query.

PASS: `SELECT day, users FROM raw_data.visits WHERE users >= 2`
FAIL: the same with a full-width comma, with `≥`, or with `&gt;=`
"""  # noqa: RUF002 - the manual shows the characters that the rule is about

from collections.abc import Iterator

from summary_tables.configs.folder import ConfigFolder
from summary_tables.configs.table_file import SourceQuery, TableFile
from summary_tables.lint.rules.rule import Rule
from summary_tables.model.problem import Finding, Place
from summary_tables.sql.tokens.characters import Lookalike, lookalikes
from summary_tables.text.lookalikes import FOREIGN_SIGNS


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        for found in lookalikes(query.text, query.dialect.lexical):
            if found.kind == "sign":
                yield _finding(file, query, found)


RULE = Rule(check=check, level="error", stage="build", needs="place", has_edits=True)


def _finding(file: TableFile, query: SourceQuery, found: Lookalike) -> Finding[Place]:
    sign = found.character
    written, length = FOREIGN_SIGNS[sign], len(sign)
    is_sign = length == 1
    return Finding(
        place=file.place_in(query, found.offset, length),
        message=f"`{sign}` (U+{ord(sign):04X}) is no sign of SQL; the warehouse takes it for a letter"
        if is_sign
        else f"`{sign}` is how a web page spells `{written}`; SQL has the sign itself",
        fix=f"write `{written}`",
        edit=file.document.edit_in_text(query.path, found.offset, length, written),
    )
