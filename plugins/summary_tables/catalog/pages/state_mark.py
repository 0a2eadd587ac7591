"""Which word and shape stand for the state of a table."""

from collections.abc import Iterable

from summary_tables.catalog.entry import Entry
from summary_tables.catalog.pages.words import STATE_WORDS, StateWords

_FROM_FILES = ("broken_file", "orphaned", "paused")


def is_known(entry: Entry) -> bool:
    """Somebody asked the warehouse of it, or its state needs no warehouse."""
    return entry.history is not None or entry.dag is not None or entry.state.state in _FROM_FILES


def any_was_asked(entries: Iterable[Entry]) -> bool:
    """The warehouse or Airflow was asked about some of them."""
    return any(entry.history is not None or entry.dag is not None for entry in entries)


def state_words(entry: Entry) -> StateWords:
    """Never a state that nobody looked up."""
    return STATE_WORDS[entry.state.state] if is_known(entry) else STATE_WORDS["unknown"]
