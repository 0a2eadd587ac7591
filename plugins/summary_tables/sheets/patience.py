"""How long to wait before Google is asked again: as it says, or as its usage limits advise.

https://developers.google.com/workspace/sheets/api/limits#exponential
"""

import random
import time
from typing import Final

_LONGEST_WAIT: Final = 64.0


class Patience:
    """For one request. Made when it is sent first; `seconds`: how long all waiting together may take."""

    def __init__(self, seconds: float) -> None:
        self._ends_at = time.monotonic() + seconds
        self._waits = 0

    def wait(self, retry_after: float | None) -> bool:
        """Waits; False at once where that would take too long."""
        # No two workers shall come back at the same moment.
        own = min(2**self._waits + random.random(), _LONGEST_WAIT)
        seconds = own if retry_after is None else retry_after
        if time.monotonic() + seconds > self._ends_at:
            return False
        self._waits += 1
        time.sleep(seconds)
        return True
