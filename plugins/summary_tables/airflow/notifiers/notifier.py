"""What a notifier is, and how one is told of a message.

A notifier is a folder here whose module `notifier` has `tell` (`Tell`). The place of a message says which one tells it,
or the type of its Airflow connection does.
"""

import logging
from importlib import import_module
from typing import Final, Protocol

from summary_tables.model.incident import Answer, Message, NotTold

SLACK: Final = "slack"

_log = logging.getLogger(__name__)


class Tell(Protocol):
    """What a notifier does."""

    def __call__(self, message: Message) -> Answer:
        """Tells `message.notice` at `message.place`; what matters most of it is `notice.words`."""


def tell(message: Message) -> Answer:
    """Tells the message at its place; what could not be told goes to the log. Never raises."""
    name = message.place.notifier or SLACK
    try:
        return _tell_of(name)(message)
    except Exception as error:  # its text is not repeated: it may hold an address that is a password
        problem = f"the notifier `{name}` could not tell it ({type(error).__name__})"
        _log.error("%s: %s", f"{problem[:1].upper()}{problem[1:]}", message.notice.words)
        return NotTold(problem=problem)


def _tell_of(name: str) -> Tell:
    """Imported only now: what a notifier needs is no concern of a process that reads files or runs a task."""
    told: Tell = import_module(f"{__package__}.{name}.notifier").tell
    return told
