"""What every kind of check can do, whatever it looks at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The outcome of one check, in the words that people read: `expected` and `actual`."""

    passed: bool
    expected: str
    actual: str


class Check(Protocol):
    """One item of `input_check` or `output_check`.

    A kind is spelt by its own key in the file: `- <KEY>: ...`, with `name` and what the kind defines beside it.
    """

    KEY: ClassVar[str]

    @property
    def sql(self) -> str:
        """The query that the check runs, with placeholders and dates still in it; it returns one value."""
        ...

    @classmethod
    def from_item(cls, item: Mapping[str, object]) -> Self:
        """The check that a valid item of the file spells."""
        ...

    def label(self) -> str:
        """What the check is called in messages; the task's id is made from it."""
        ...

    def judge(self, value: object) -> Verdict:
        """What `value`, as the warehouse returned it, means for this check."""
        ...
