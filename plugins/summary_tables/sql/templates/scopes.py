"""What the names of a template mean where a run is, and whether a run comes there at all."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from summary_tables.sql.templates import moments
from summary_tables.sql.templates.names import DATE_NAMES

LOOP_NAMES = ("index", "index0", "first", "last", "length", "revindex", "revindex0")


class Scopes:
    """The dates of a run, then the names of each loop and block, from the outside inwards.

    `is_taken`: whether the dates lead here; a trial also visits the other branches.
    """

    def __init__(self, dates: Mapping[str, object]) -> None:
        self.is_taken = True
        self._scopes: list[dict[str, object]] = [{}]
        for name in DATE_NAMES:
            value = dates[name]
            self._scopes[0][name] = moments.plain(value) if isinstance(value, datetime) else str(value)

    def find(self, name: str) -> object:
        """What `name` means; None: nothing here."""
        return next((scope[name] for scope in reversed(self._scopes) if name in scope), None)

    def of_run(self, name: str) -> object:
        """The date of the run, whatever the template has called so since."""
        return self._scopes[0][name]

    def set(self, names: Mapping[str, object]) -> None:
        """From here to the end of the innermost scope."""
        self._scopes[-1].update(names)

    @contextmanager
    def scope(self, names: dict[str, object]) -> Iterator[None]:
        """A loop or a block, with names of its own."""
        self._scopes.append(names)
        try:
            yield
        finally:
            self._scopes.pop()

    @contextmanager
    def branch(self, *, taken: bool) -> Iterator[None]:
        """In a branch that is not taken, names keep what they were."""
        before, kept = self.is_taken, dict(self._scopes[-1])
        self.is_taken = before and taken
        try:
            yield
        finally:
            self.is_taken = before
            if not taken:
                self._scopes[-1] = kept


def loop_values(index: int, length: int) -> dict[str, object]:
    """`loop.index` and its like in the round `index`, the first of which is 0."""
    values = (index + 1, index, index == 0, index == length - 1, length, length - index, length - index - 1)
    return {f"loop.{name}": value for name, value in zip(LOOP_NAMES, values, strict=True)}
