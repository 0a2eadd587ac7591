"""What a notifier is, and how all that are set up are told of a run.

A notifier is a folder here, called as its key in `defaults.yaml`, whose module `notifier` has `tell` (`Tell`).
"""

import logging
from collections.abc import Iterable
from importlib import import_module
from typing import Any, Protocol

from summary_tables.model.settings import NotifierSettings
from summary_tables.runs.report import RunReport

_log = logging.getLogger(__name__)


class Tell(Protocol):
    """What a notifier does. `settings` are its own, of the class that `NOTIFIERS` has for it."""

    def __call__(self, report: RunReport, settings: Any) -> None:
        """Tells of one run. `report` has all that is said; what matters most is `str(report)`."""


def tell_all(report: RunReport, notifiers: Iterable[NotifierSettings]) -> None:
    """Tells each of them, whatever becomes of the others; what one could not tell goes to the log. Never raises."""
    for settings in notifiers:
        try:
            _tell_of(settings.NAME)(report, settings)
        except Exception as error:  # its text is not repeated: it may hold an address that is a password
            _log.error("The notifier `%s` could not tell it (%s): %s", settings.NAME, type(error).__name__, report)


def _tell_of(name: str) -> Tell:
    """Imported only now: what a notifier needs is no concern of a process that reads files or runs a task."""
    tell: Tell = import_module(f"{__package__}.{name}.notifier").tell
    return tell
