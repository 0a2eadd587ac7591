"""Why a text is not YAML, in plain words: guesses at common mistakes, each tried before it is told.

A guess that fixes the text is most likely right. They are asked from the surest to the vaguest, and only after the
parser has refused a file: a file that can be read never comes here.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import yaml

from summary_tables.configs.yaml.mistakes import (
    brackets,
    characters,
    indentation,
    keys,
    leftovers,
    no_value,
    parser_messages,
    quotes,
    rows,
    unblocked_sql,
    values,
)
from summary_tables.configs.yaml.mistakes.broken_text import BrokenText, broken_text
from summary_tables.configs.yaml.mistakes.suspicion import Suspicion, best
from summary_tables.configs.yaml.places import with_ends_of
from summary_tables.model.problem import Edit, Finding, Place

_SUSPECTS: tuple[Callable[[BrokenText], Iterator[Suspicion]], ...] = (
    leftovers.conflicts,
    leftovers.fences,
    leftovers.other_documents,
    leftovers.directives,
    no_value.merged_aliases,
    values.undefined_aliases,
    leftovers.only_sql,
    leftovers.triple_quotes,
    leftovers.python_dicts,
    leftovers.comments,
    characters.tab_behind_colon,
    characters.tabs,
    characters.any_tab,
    characters.foreign_line_ends,
    characters.invisible,
    characters.wide_colons,
    characters.curly_quotes,
    no_value.markdown_keys,
    no_value.hashes_in_brackets,
    no_value.languages,
    no_value.lone_signs,
    unblocked_sql.quotes_inside,
    unblocked_sql.comments_inside,
    keys.bullets,
    rows.on_one_line,
    quotes.on_one_line,
    quotes.escapes,
    quotes.never_closed,
    quotes.open_to_the_end,
    keys.no_space,
    keys.check_as_text,
    keys.no_dash,
    keys.compared_key,
    keys.no_colon,
    indentation.sql_outside_block,
    values.comparisons,
    values.text_behind_block,
    values.nested,
    brackets.no_comma,
    brackets.never_closed,
    brackets.closed_twice,
    values.first_characters,
    values.keys_behind_value,
    values.colons,
    keys.no_dash_among_items,
    indentation.wrong_column,
)


def finding(error: yaml.MarkedYAMLError, text: str) -> Finding[Place]:
    """The mistake in `text` at which `error` was raised."""
    broken = broken_text(error, text)
    found = _suspicion(broken)
    edit = _edit(found, text) if found.is_mechanical else None
    return Finding(place=found.place, rule="yaml", message=found.message, fix=found.fix, edit=edit)


def _edit(found: Suspicion, text: str) -> Edit | None:
    return replace(found.edit, text=with_ends_of(text, found.edit.text)) if found.edit else None


def _suspicion(broken: BrokenText) -> Suspicion:
    for suspect in _SUSPECTS:
        if found := best(suspect(broken), broken):
            return found
    return parser_messages.suspicion(broken)
