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
from summary_tables.sql.tokens.characters import OddCharacter, odd_characters
from summary_tables.text.odd_characters import ODD_SIGNS


def check(file: TableFile, _: ConfigFolder) -> Iterator[Finding[Place]]:
    for query in file.queries():
        for odd in odd_characters(query.text, query.dialect.lexical):
            if odd.kind == "sign":
                yield _finding(file, query, odd)


RULE = Rule(check=check, level="error", stage="build", needs="place", has_edits=True)


def _finding(file: TableFile, query: SourceQuery, odd: OddCharacter) -> Finding[Place]:
    written, length = ODD_SIGNS[odd.character], len(odd.character)
    is_sign = length == 1
    return Finding(
        place=file.place_in(query, odd.offset, length),
        message=f"`{odd.character}` (U+{ord(odd.character):04X}) is no sign of SQL; the warehouse takes it for a letter"
        if is_sign
        else f"`{odd.character}` is how a web page spells `{written}`; SQL has the sign itself",
        fix=f"write `{written}`",
        edit=file.document.edit_in_text(query.path, odd.offset, length, written),
    )
