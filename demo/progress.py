"""Tells the person at the terminal what is being done, and how long it took."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.status import Status


class Progress:
    """Lines of what was done; on a terminal also a moving line of what is being done.

    The time at the start of a line counts from the start of the demo.
    """

    def __init__(self) -> None:
        self._console = Console(highlight=False, soft_wrap=True)
        self._status: Status | None = None
        self._started = time.monotonic()

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._status = self._console.status("Starting")
            self._status.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if self._status:
            self._status.stop()

    @property
    def seconds(self) -> float:
        """Since the start of the demo."""
        return time.monotonic() - self._started

    def doing(self, text: str) -> None:
        """What is being done now; shown on a terminal only."""
        if self._status:
            self._status.update(text)

    def done(self, text: str, seconds: float | None = None) -> None:
        """Something that is finished."""
        took = "" if seconds is None else f" ({seconds:.1f} s)"
        self.say(f"{self.seconds:6.1f} s  {text}{took}")

    @contextmanager
    def step(self, doing: str, done: str) -> Iterator[None]:
        """Shows `doing` during the block and `done` with its seconds after it."""
        started = time.monotonic()
        self.doing(doing)
        yield
        self.done(done, time.monotonic() - started)

    def say(self, text: str = "") -> None:
        """Plain text. A terminal that has gone away is no error here: its hang-up signal ends the demo."""
        try:
            self._console.print(text, markup=False)
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
