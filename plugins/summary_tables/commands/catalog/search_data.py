"""What the browser searches in, as a script: a page that is opened from a disk may load scripts, and no data."""

import json
from collections.abc import Iterable

from summary_tables.catalog.entry import Entry
from summary_tables.catalog.pages.links import Links
from summary_tables.catalog.pages.state_mark import is_known, state_words
from summary_tables.catalog.pages.words import first_words
from summary_tables.text.visible import visible_lines

_MOST_CHARACTERS = 300
"""Of a description; a site of a thousand tables has to stay small."""


def search_data(entries: Iterable[Entry], links: Links) -> str:
    """Assigns `summaryTables`: of each table its name, address, state, description and the names of its columns."""
    rows = [_row(entry, links) for entry in entries]
    # `<` and what ends a line in old browsers never stand in it, whatever people wrote.
    text = json.dumps(rows, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return f"window.summaryTables = {text};\n"


def _row(entry: Entry, links: Links) -> tuple[str, str, str, str, str]:
    declared = entry.declared
    words = [visible_lines(column.description) for column in declared.columns] if declared else []
    return (
        visible_lines(entry.full_name),
        links.table(entry.full_name),
        state_words(entry).word if is_known(entry) else "",
        first_words(visible_lines(declared.description), _MOST_CHARACTERS) if declared else "",
        " ".join([*map(visible_lines, entry.column_names), *words])[:2000],
    )
