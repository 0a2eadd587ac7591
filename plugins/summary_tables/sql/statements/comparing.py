"""The rows of two tables are compared where they stand: nothing but numbers and a few values leaves the warehouse."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

ValueKind = Literal["whole", "number", "float", "time", "text", "list", "json", "other"]
"""What is asked of values besides whether they differ: by how much; the least and the greatest; their elements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedAs:
    """How values of two types are compared. `cast` is the type that both are cast to; empty: they stay as they are.

    `tolerance`: floating point that differs by no greater part of itself differs by noise.
    """

    kind: ValueKind
    cast: str = ""
    tolerance: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedColumn:
    """A column by its name on each side. `hidden`: none of its values is asked for, nor what is computed from them.

    `guess`: nobody says that the two belong together.
    """

    before: str
    after: str
    compared_as: ComparedAs
    hidden: bool = False
    guess: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two relations as SQL names them, and their columns. Without `key`, rows are compared as wholes.

    `every`: only rows are looked at whose key falls to one of so many parts. `careful`: keys may be NULL, which then
    is a value like others, and keys that both sides have, and one of them in several rows, are left to `repeated`.
    """

    before: str
    after: str
    key: tuple[ComparedColumn, ...]
    columns: tuple[ComparedColumn, ...]
    every: int = 1
    careful: bool = False

    @property
    def sure(self) -> tuple[ComparedColumn, ...]:
        """Without the guesses, which stand behind all others."""
        return tuple(column for column in self.columns if not column.guess)


Side = Literal["before", "after"]
SIDES: Final[tuple[Side, Side]] = ("before", "after")


class ComparingStatements(Protocol):
    """Each returns one SELECT. Values come as texts, numbers of rows as numbers."""

    def estimate(self, statement: str) -> str:
        """One value, JSON: what the planner thinks of the statement, which does not run."""

    def size(self, relation: str) -> str:
        """The bytes that a table takes."""

    def count_rows(self, comparison: Comparison, side: Side) -> str:
        """All rows, and those that are looked at."""

    def has_repeated_key(self, comparison: Comparison, side: Side) -> str:
        """Do two rows share their key, or has one a NULL in it?"""

    def matched(self, comparison: Comparison) -> str:
        """One row: rows with the same key on both sides; new rows, gone rows; of each those with a NULL in the key.

        Then how many changed; for new and gone rows the least and greatest value of each column of the key; and for
        each column: how many differ, how many by noise or in order only, by how much at most, how many are not NULL.
        """

    def repeated(self, comparison: Comparison) -> str:
        """Of the rows whose key one side has in several: those before and after; new and gone, as whole rows."""

    def whole_rows(self, comparison: Comparison) -> str:
        """New rows and gone rows, without a key."""

    def statistics(self, comparison: Comparison, side: Side, columns: Sequence[int]) -> str:
        """One row: all rows; of each of `columns`, by place from 0: NULLs, the least, the greatest, the average."""

    def frequent_values(self, comparison: Comparison, side: Side, column: int, count: int) -> str:
        """NULL and the number of values that are not; then at most `count` of the most frequent, with their rows."""

    def examples(
        self, comparison: Comparison, shown: Sequence[int], largest: Sequence[str | None], count: int, width: int
    ) -> str:
        """At most `count` rows of each kind: its name, the key, the columns `shown` before and after.

        `largest` is, for each column, the greatest change that there is, by which changes are weighed.
        """

    def whole_examples(self, comparison: Comparison, shown: Sequence[int], count: int, width: int) -> str:
        """The same of rows without a key: new and gone ones, with the columns `shown`."""
