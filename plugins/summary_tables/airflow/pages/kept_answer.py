"""An answer that is kept for a while and looked up by one thread at a time, however many ask."""

import time
from collections.abc import Callable
from threading import Lock
from typing import Final, Generic, TypeVar

T = TypeVar("T")

_NEVER: Final = float("-inf")


class KeptAnswer(Generic[T]):
    """`ask` is called anew `seconds` after it was called last.

    While one thread asks, the others go on with the answer from before; without one they wait. What `ask` raises is for
    the one who asked.
    """

    def __init__(self, ask: Callable[[], T], seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._ask = ask
        self._seconds = seconds
        self._now = now
        self._turn = Lock()
        self._kept: tuple[float, T] | None = None

    def get(self) -> T:
        """The answer."""
        kept = self._kept
        if kept and self._is_new(kept):
            return kept[1]
        if not self._turn.acquire(blocking=kept is None) and kept:
            return kept[1]
        try:
            return self._asked()
        finally:
            self._turn.release()

    def _asked(self) -> T:
        if self._kept and self._is_new(self._kept):
            return self._kept[1]
        answer = self._ask()
        self._kept = (self._now(), answer)
        return answer

    def _is_new(self, kept: tuple[float, T]) -> bool:
        return self._now() < kept[0] + self._seconds
