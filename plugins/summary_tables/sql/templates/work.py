"""How much a template has done so far: it is stopped, not waited for."""

from summary_tables.model.problem import Finding, Span
from summary_tables.sql.templates.bounds import LONGEST_RESULT, MOST_WORK
from summary_tables.sql.templates.error import TooMuchWorkError
from summary_tables.sql.templates.nodes import Node, Output, Text


class Work:
    """That of one run."""

    def __init__(self) -> None:
        self._done = 0
        self._size = 0

    def count(self, part: Node | Text | Output, done: int) -> None:
        """Raises `TooMuchWorkError`."""
        self._done += done
        if self._done > MOST_WORK:
            raise _too_much(part, "the template takes too long: its loops go round too often")

    def add(self, part: Text | Output, text: str) -> None:
        """`text` stands in the result. Raises `TooMuchWorkError`."""
        self._size += len(text)
        self.count(part, 1)
        if self._size > LONGEST_RESULT:
            raise _too_much(part, f"the query would have more than {LONGEST_RESULT:,} characters")

    def take_away(self, text: str) -> None:
        """What was added stands in a name, not in the result."""
        self._size -= len(text)


def _too_much(part: Node | Text | Output, message: str) -> TooMuchWorkError:
    return TooMuchWorkError(Finding(place=Span(part.start, max(part.end - part.start, 1)), message=message))
