"""What every kind of check can do, whatever it looks at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, Protocol, Self

Severity = Literal["error", "warn"]
"""What a check that does not hold does: it stops the run, or it lets the run go on and people are told."""

Answer = Sequence[tuple[Any, ...]]
"""The rows that a check's query returned; NULL is None."""

MOST_ROWS = 6
"""So many rows are read at most of a query that may return any number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What one check found, in the words that people read: `expected` and `actual`."""

    passed: bool
    expected: str
    actual: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """Why a check says nothing of its table, whatever that holds.

    It is what stands at `key`: a key below the kind's own, or beside it where the kind is a query.
    """

    key: str
    why: str
    fix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTable:
    """A table, as `schema.table`, with which the check compares. `key` names it in the file, below the kind's own.

    `columns` are those of its columns that the file names, by their keys.
    """

    key: str
    table: str
    columns: Mapping[str, str] = field(default_factory=dict)


class Check(Protocol):
    """One item of `input_check` or `output_check`.

    A kind is spelt by its own key in the file: `- <KEY>: ...`, with the fields of `CheckItem` beside it.
    """

    KEY: ClassVar[str]
    IS_QUERY: ClassVar[bool]
    """What stands at `KEY` is a query that a person wrote."""

    ONE_VALUE: ClassVar[bool]
    """That query has to return one row with one value."""

    IS_COLUMNS: ClassVar[bool]
    """What stands at `KEY` is a column, or a list of columns."""

    IS_KEY: ClassVar[bool]
    """Where it holds, its columns tell the rows of the table apart."""

    NEEDS_COLUMN_ONLY: ClassVar[bool]
    """It asks for nothing but columns: below a column, its key alone is the check."""

    HAS_VALUES: ClassVar[bool]
    """Below `KEY` stand values of its column, of whatever type that has."""

    HAS_SHARES: ClassVar[bool]
    """Numbers below `KEY` are parts of 1, which people give in percent."""

    NUMBER_MEANS: ClassVar[str]
    """The key below `KEY` that somebody means who writes a number there; empty: none."""

    KEYS_BESIDE: ClassVar[tuple[str, ...]]
    """The keys that stand beside `KEY` and not below it, and belong to this kind alone."""

    NOT_OF_WHOLE_TABLE: ClassVar[str]
    """What it does instead of looking at the whole table, where that is not its nature; follows its name."""

    OTHER_NAMES: ClassVar[tuple[str, ...]]
    """What other tools, and plain English, call the kind."""

    OTHER_KEYS: ClassVar[Mapping[str, str]]
    """The same for the keys below `KEY`: another word -> the key."""

    WRONG_TYPES: ClassVar[frozenset[str]]
    """Types of its columns of which the warehouse answers the query, and the answer means nothing."""

    @property
    def sql(self) -> str:
        """The query that the check runs, with placeholders and dates still in it."""
        ...

    @property
    def width(self) -> int | None:
        """How many values the one row of the query has; None for a query that may return anything."""
        ...

    @property
    def looks_at(self) -> str:
        """The table, as `schema.table`, that the file names for the check; empty: the new one, or those of a query."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of that table which the file names for the check."""
        ...

    @property
    def others(self) -> tuple[OtherTable, ...]:
        """The tables that the file names for the check besides `looks_at`."""
        ...

    @property
    def patterns(self) -> Mapping[str, str]:
        """The regular expressions that the file names, by their keys below the kind's own."""
        ...

    @property
    def severity(self) -> Severity:
        """What the check does to the run when it does not hold."""
        ...

    @property
    def samples(self) -> bool:
        """The query may select values of the table, and messages show some."""
        ...

    @property
    def name(self) -> str:
        """What a person called the check in the file; empty: nothing."""
        ...

    @property
    def asks(self) -> str:
        """What is asked, in a few words, without the numbers that the answer is compared with: see `CheckName.key`."""
        ...

    @property
    def whole_table(self) -> bool:
        """It looks at the table as it will be, and not only at the part that a run adds."""
        ...

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        """The check that a valid item of the file spells."""
        ...

    def never_fails(self, *, counts: bool) -> Flaw | None:
        """Why it holds whatever the table has. `counts`: its query is known to return a number that is not below 0."""
        ...

    def never_passes(self, *, counts: bool) -> Flaw | None:
        """Why it does not hold, whatever the table has. `counts` as for `never_fails`."""
        ...

    def without_samples(self) -> Self:
        """The same check, whose query selects no value: numbers of rows, sums and the like only."""
        ...

    def label(self) -> str:
        """What the check is called in messages; the task's id is made from it."""
        ...

    @property
    def unexplained(self) -> str:
        """The query that a person wrote, where `label` does not tell what it asks; empty: it does."""
        ...

    def judge(self, answer: Answer) -> CheckResult:
        """What `answer`, as the warehouse returned it, means: one row of `width` values, or up to `MOST_ROWS`."""
        ...
