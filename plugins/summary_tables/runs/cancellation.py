"""A task that is told to stop, by a signal, while it works in the warehouse."""

from collections.abc import Iterator
from contextlib import contextmanager

STOPPED_WORDS = (
    "it was stopped from outside: somebody marked or cleared it in Airflow, or its worker was shut down. "
    "Its query was stopped in the warehouse, too."
)


class TaskStopped(BaseException):
    """Somebody wants the task to end now. No `Exception`: nothing on the way takes it for an error of its own."""


class StopSwitch:
    """Ends work at whatever line it stands, as soon as a signal handler calls `stop`; and keeps it from beginning."""

    def __init__(self) -> None:
        self._is_stopped = False
        self._is_working = False

    def stop(self) -> None:
        """Raises `TaskStopped` if work is under way, but only once: what undoes the work is not disturbed."""
        is_working, self._is_stopped, self._is_working = self._is_working, True, False
        if is_working:
            raise TaskStopped

    @contextmanager
    def work(self) -> Iterator[None]:
        """What may be interrupted. Raises `TaskStopped` if the task was stopped before it came here."""
        if self._is_stopped:
            raise TaskStopped
        self._is_working = True
        try:
            yield
        finally:
            self._is_working = False
