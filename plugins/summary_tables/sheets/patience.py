"""How long to wait before Google is asked again: as it says, or as its usage limits advise.

https://developers.google.com/workspace/sheets/api/limits#exponential
"""

import random
import time
from typing import Final

_LONGEST_WAIT: Final = 64.0
_MOST_WAITS: Final = 10
"""Without a word of Google's: some six minutes. It is then no moment's trouble, and the step fails with its words."""


class Patience:
    """For one request. `ends_at`, by the monotonic clock: until when it may wait."""

    def __init__(self, ends_at: float) -> None:
        self._ends_at = ends_at
        self._waits = 0

    def wait(self, retry_after: float | None) -> bool:
        """Waits; False at once where that would take too long."""
        # No two workers shall come back at the same moment.
        own = min(2**self._waits + random.random(), _LONGEST_WAIT)
        seconds = own if retry_after is None else retry_after
        if time.monotonic() + seconds > self._ends_at or self._waits == _MOST_WAITS:
            return False
        self._waits += 1
        time.sleep(seconds)
        return True
