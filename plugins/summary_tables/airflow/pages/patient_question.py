"""A question that may take longer than anybody wants to wait: who asks is told so, and the answer is not lost."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")


class PatientQuestion(Generic[T]):
    """One question at a time: whoever asks while it is open waits for the same answer.

    It is asked in a thread of its own, which does not keep the process from ending.
    """

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask
        self._turn = threading.Lock()
        self._open: Future[T] | None = None

    def get(self, seconds: float) -> T:
        """The answer. Raises TimeoutError where it takes longer than `seconds`, and what asking raises."""
        return self._asked().result(seconds)

    def _asked(self) -> Future[T]:
        with self._turn:
            if self._open is None or self._open.done():
                self._open = Future()
                threading.Thread(target=self._answer, args=(self._open,), daemon=True).start()
            return self._open

    def _answer(self, question: Future[T]) -> None:
        try:
            question.set_result(self._ask())
        except BaseException as error:  # whatever it is, it is for those who wait
            question.set_exception(error)
