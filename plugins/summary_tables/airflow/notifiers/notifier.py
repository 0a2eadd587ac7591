"""What a notifier is, and how one is told of a message.

A notifier is a folder here whose module `notifier` has `tell` (`Tell`). Its `__init__` says in `CONN_TYPES` by
connections of which types it tells, and may say in `ADDRESS` what of an owner is an address of its own: where a place
names no channel, the message goes there.
"""

import logging
from dataclasses import replace
from importlib import import_module
from typing import Final, Protocol

from summary_tables.airflow.notifiers.by_type import NoNotifier, folder, notifier_of
from summary_tables.alerts.routes import default_places
from summary_tables.model.incident import Answer, Message, NotTold, Place, Told
from summary_tables.model.settings import Settings

SLACK: Final = "slack"

_log = logging.getLogger(__name__)


class Tell(Protocol):
    """What a notifier does."""

    def __call__(self, message: Message) -> Answer:
        """Tells `message.notice` at `message.place`; what matters most of it is `notice.words`."""


def tell(message: Message, settings: Settings) -> Answer:
    """Tells the message at its place; what could not be told goes to the log. Never raises.

    Where Airflow has no such connection, or nobody is told by one of its type, those are told who hear of all else:
    somebody has to hear of the table, and of the connection.
    """
    name = notifier_of(message.place)
    if isinstance(name, NoNotifier):
        _log.error("A message is told to others than it was meant for: %s.", name.problem)
        return _told_elsewhere(message, settings, name)
    return _told_by(name, message, settings)


def _told_elsewhere(message: Message, settings: Settings, problem: NotTold) -> Answer:
    """At each default place; one of them is enough."""
    said = f"Meant for `{message.place.conn_id}`: {problem.problem}"
    notice = replace(message.notice, context=(*message.notice.context, said))
    places = (_with_a_notifier(place, message.place.mention) for place in default_places(settings))
    answers = [_told_by(notifier_of(place), replace(message, place=place, notice=notice), settings) for place in places]
    return next((answer for answer in answers if isinstance(answer, Told)), answers[0])


def _with_a_notifier(place: Place, mention: str) -> Place:
    """Slack knows another way where there is no connection; and says what is to be set up where there is none."""
    notifier = SLACK if isinstance(notifier_of(place), NoNotifier) else place.notifier
    return replace(place, mention=mention, notifier=notifier)


def _told_by(name: str | NotTold, message: Message, settings: Settings) -> Answer:
    if isinstance(name, NotTold):
        return _unsaid(message, name.problem)
    try:
        return _tell_of(name)(_addressed(name, message, settings))
    except Exception as error:  # its text is not repeated: it may hold an address that is a password
        return _unsaid(message, f"the notifier `{name}` could not tell it ({type(error).__name__})")


def _unsaid(message: Message, problem: str) -> NotTold:
    _log.error("%s: %s", f"{problem[:1].upper()}{problem[1:]}", message.notice.words)
    return NotTold(problem=problem)


def _addressed(name: str, message: Message, settings: Settings) -> Message:
    address = getattr(folder(name), "ADDRESS", "")
    if message.place.channel or not address:
        return message
    return replace(message, place=replace(message.place, channel=getattr(settings.owner(message.owner), address)))


def _tell_of(name: str) -> Tell:
    """Imported only now: what a notifier needs is no concern of a process that reads files or runs a task."""
    told: Tell = import_module(f"{__package__}.{name}.notifier").tell
    return told
