"""Which dbt may run a project. An older one does not know how tests are written now, and leaves them out in silence."""

import re
from typing import Final

from summary_tables.dbt.events import Event

_LEAST: Final = (1, 8)
_RUNNING: Final = re.compile(r"Running with dbt=((\d+)\.(\d+)\S*)")
_TOO_OLD: Final = (
    "dbt-core {} is too old: it leaves out `data_tests` and `unit_tests` without a word. Take dbt-core 1.8 or newer."
)


class TooOldError(Exception):
    """Its words are for people."""


def refuse_older(event: Event) -> None:
    """Raises `TooOldError` where dbt says, as the first that it says, that it is one of these."""
    found = _RUNNING.fullmatch(event.message)
    if found and (int(found[2]), int(found[3])) < _LEAST:
        raise TooOldError(_TOO_OLD.format(found[1]))
