"""Which tables somebody means who types some words: names before columns before descriptions."""

from collections.abc import Iterator
from enum import IntEnum

from summary_tables.catalog.entry import Entry
from summary_tables.catalog.listing.folded import folded


class Match(IntEnum):
    """Where a word was found, the best place first."""

    NAME = 0
    START_OF_NAME = 1
    WITHIN_NAME = 2
    COLUMN = 3
    DESCRIPTION = 4


Rank = tuple[Match, ...]
"""Where the words of a search were found, the worst first; of two tables the one with the lower rank is meant."""


Places = tuple[tuple[Match, str], ...]
"""Where words are looked for: WITHIN_NAME, COLUMN and DESCRIPTION, each with all of its text, folded."""


def search_words(text: str) -> tuple[str, ...]:
    """The words that `text` asks for; all of them have to be found."""
    return tuple(dict.fromkeys(folded(text).split()))


def rank(entry: Entry, words: tuple[str, ...]) -> Rank | None:
    """How well `entry` is what `words` ask for; None where one of them is nowhere in it."""
    return rank_of(tuple(_places(entry)) if words else (), words)


def rank_of(places: Places, words: tuple[str, ...]) -> Rank | None:
    """The same of anything that has a name, columns and a description."""
    found: list[Match] = []
    for word in words:
        match = _match(word, places)
        if match is None:
            return None
        found.append(match)
    return tuple(sorted(found, reverse=True))


def found_columns(entry: Entry, words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The columns, each with its description, that have one of the words which the name of the table has not."""
    name = folded(entry.full_name)
    wanted = [word for word in words if word not in name]
    columns = entry.declared.columns if entry.declared else ()
    described = [(column.name, column.description) for column in columns] or [(each, "") for each in entry.column_names]
    return tuple(column for column in described if any(word in folded(" ".join(column)) for word in wanted))


def _places(entry: Entry) -> Iterator[tuple[Match, str]]:
    # One text a place, in lines: a search has no line break in it.
    yield Match.WITHIN_NAME, folded(entry.full_name)
    yield Match.COLUMN, folded("\n".join(entry.column_names))
    if declared := entry.declared:
        yield Match.DESCRIPTION, folded("\n".join((declared.description, *(c.description for c in declared.columns))))


def _match(word: str, places: Places) -> Match | None:
    for match, text in places:
        if word in text:
            return _within_name(word, text) if match is Match.WITHIN_NAME else match
    return None


def _within_name(word: str, full_name: str) -> Match:
    table = full_name.rpartition(".")[2]
    if word in (table, full_name):
        return Match.NAME
    return Match.START_OF_NAME if table.startswith(word) or full_name.startswith(word) else Match.WITHIN_NAME
